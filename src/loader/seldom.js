// What few pages need: a file of its own, which the others do not load.

export { dialog } from "./dialog.js";
export { rehearse } from "./preview.js";
export { begin } from "./series.js";

// What `curtain-up.js` does when a page loads it: `<curtain-up>` becomes an element.

import { define } from "./curtain-up.js";

export { CurtainUp } from "./curtain-up.js";

define();

// With it come the types of the element and of its events.
import "./curtain-up.js";
export {};

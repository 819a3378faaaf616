import { define } from "./curtain-up.js";

define();

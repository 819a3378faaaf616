// Made by `cargo xtask docs` from the comment on the class in src/curtain-up.js.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { CurtainUp, CurtainUpEventMap } from "./curtain-up.js";

/** What `<curtain-up>` takes in JSX. */
export interface CurtainUpProps extends DetailedHTMLProps<HTMLAttributes<CurtainUp>, CurtainUp> {
  [own: `prefill-${string}`]: string | undefined;
  /** Address of the event: `https://events.example.com/e/launch`; or of a series, `https://events.example.com/s/canopy`, whose form offers its dates. */
  "event"?: string;
  /** `hide` shows a countdown without seconds. */
  "seconds"?: "hide" | "";
  /** What the surroundings are. `auto`, as without it: as the page says by its `color-scheme`. */
  "theme"?: "auto" | "light" | "dark" | "";
  /** What is shown first: the registration form (as without it), "Lost your access link?", "I already have a link", or the countdown. */
  "view"?: "form" | "resend" | "enter" | "countdown" | "";
  /** `button` shows a button that opens the rest in a dialog. */
  "layout"?: "inline" | "button" | "";
  /** First name, where the page knows it. What somebody typed wins. */
  "prefill-first-name"?: string;
  /** Last name. */
  "prefill-last-name"?: string;
  /** Email address. */
  "prefill-email"?: string;
  /** Whether the page's own `utm_…` parameters are kept with a registration. `forward`, as without it: yes. */
  "utm"?: "forward" | "off" | "";
  /** A campaign's parameter as the page gives it; wins over the address of the page. */
  "utm-source"?: string;
  /** As above. */
  "utm-medium"?: string;
  /** As above. */
  "utm-campaign"?: string;
  /** As above. */
  "utm-term"?: string;
  /** As above. */
  "utm-content"?: string;
  /** Shows a sample event in this state, without any request to a server of events. */
  "preview"?: "scheduled" | "waiting" | "live" | "ended" | "full" | "cancelled" | "not-yet-open" | "closed" | "";
  /** The first view is drawn. */
  "oncurtain-up:ready"?: (event: CurtainUpEventMap["curtain-up:ready"]) => void;
  /** Another view is shown: `form`, `not-yet-open`, `closed`, `enter`, `code`, `lost-link`, `resent`, `countdown`, `registered`, `entering`, `waiting`, `room`, `elsewhere`, `ended` or `cancelled`. */
  "oncurtain-up:view"?: (event: CurtainUpEventMap["curtain-up:view"]) => void;
  /** Something was submitted, in this view. */
  "oncurtain-up:submit"?: (event: CurtainUpEventMap["curtain-up:submit"]) => void;
  /** A registration was taken. Prevented, the form stays: the page goes on by itself. */
  "oncurtain-up:registered"?: (event: CurtainUpEventMap["curtain-up:registered"]) => void;
  /** A mail with the access link was asked for. */
  "oncurtain-up:resent"?: (event: CurtainUpEventMap["curtain-up:resent"]) => void;
  /** Somebody was let in, by link, key or code. */
  "oncurtain-up:entered"?: (event: CurtainUpEventMap["curtain-up:entered"]) => void;
  /** The event is live, be it that it starts or that the page opens late. Prevented, nobody is taken to the room. */
  "oncurtain-up:live"?: (event: CurtainUpEventMap["curtain-up:live"]) => void;
  /** The start has moved. */
  "oncurtain-up:moved"?: (event: CurtainUpEventMap["curtain-up:moved"]) => void;
  /** The event is over. */
  "oncurtain-up:ended"?: (event: CurtainUpEventMap["curtain-up:ended"]) => void;
  /** The event will not take place. */
  "oncurtain-up:cancelled"?: (event: CurtainUpEventMap["curtain-up:cancelled"]) => void;
  /** Something failed. Before the first view: `event_missing`, `event_not_found`, `event_refused`, `event_unreachable`, `event_unreadable`, `load_failed`, `wasm_refused`, `timeout`. Afterwards: `unreachable`, `busy`, `fields`, `access_refused`, `pass_refused`, `frame_refused`, `load_failed` (texts of another language, or the dialog), `other`. */
  "oncurtain-up:error"?: (event: CurtainUpEventMap["curtain-up:error"]) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "curtain-up": CurtainUpProps;
    }
  }
}

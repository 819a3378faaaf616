// Made by `cargo xtask docs` from the comment on the class in src/curtain-up.js.

/** The element's events, by name. */
export interface CurtainUpEventMap {
  /** The first view is drawn. */
  "curtain-up:ready": CustomEvent<{ version: 1; view: string }>;
  /** Another view is shown: `form`, `not-yet-open`, `closed`, `enter`, `code`, `lost-link`, `resent`, `countdown`, `registered`, `entering`, `waiting`, `room`, `elsewhere`, `ended` or `cancelled`. */
  "curtain-up:view": CustomEvent<{ version: 1; view: string }>;
  /** Something was submitted, in this view. */
  "curtain-up:submit": CustomEvent<{ version: 1; view: string }>;
  /** A registration was taken. Prevented, the form stays: the page goes on by itself. */
  "curtain-up:registered": CustomEvent<{ version: 1 }>;
  /** A mail with the access link was asked for. */
  "curtain-up:resent": CustomEvent<{ version: 1 }>;
  /** Somebody was let in, by link, key or code. */
  "curtain-up:entered": CustomEvent<{ version: 1 }>;
  /** The event is live, be it that it starts or that the page opens late. Prevented, nobody is taken to the room. */
  "curtain-up:live": CustomEvent<{ version: 1 }>;
  /** The start has moved. */
  "curtain-up:moved": CustomEvent<{ version: 1 }>;
  /** The event is over. */
  "curtain-up:ended": CustomEvent<{ version: 1 }>;
  /** The event will not take place. */
  "curtain-up:cancelled": CustomEvent<{ version: 1 }>;
  /** Something failed. Before the first view: `event_missing`, `event_not_found`, `event_refused`, `event_unreachable`, `event_unreadable`, `load_failed`, `wasm_refused`, `timeout`. Afterwards: `unreachable`, `busy`, `fields`, `access_refused`, `pass_refused`, `frame_refused`, `load_failed` (texts of another language, or the dialog), `other`. */
  "curtain-up:error": CustomEvent<{ version: 1; code: string }>;
}

/** Takes a visitor from the page to their seat in a live event: registers, counts down, lets in. */
export class CurtainUp extends HTMLElement {
  /** Address of the event: `https://events.example.com/e/launch`; or of a series, `https://events.example.com/s/canopy`, whose form offers its dates. */
  event: string;
  /** `hide` shows a countdown without seconds. */
  seconds: "hide" | "";
  /** What the surroundings are. `auto`, as without it: as the page says by its `color-scheme`. */
  theme: "auto" | "light" | "dark" | "";
  /** What is shown first: the registration form (as without it), "Lost your access link?", "I already have a link", or the countdown. */
  view: "form" | "resend" | "enter" | "countdown" | "";
  /** `button` shows a button that opens the rest in a dialog. */
  layout: "inline" | "button" | "";
  /** First name, where the page knows it. What somebody typed wins. */
  prefillFirstName: string;
  /** Last name. */
  prefillLastName: string;
  /** Email address. */
  prefillEmail: string;
  /** Whether the page's own `utm_…` parameters are kept with a registration. `forward`, as without it: yes. */
  utm: "forward" | "off" | "";
  /** A campaign's parameter as the page gives it; wins over the address of the page. */
  utmSource: string;
  /** As above. */
  utmMedium: string;
  /** As above. */
  utmCampaign: string;
  /** As above. */
  utmTerm: string;
  /** As above. */
  utmContent: string;
  /** Shows a sample event in this state, without any request to a server of events. */
  preview: "scheduled" | "waiting" | "live" | "ended" | "full" | "cancelled" | "not-yet-open" | "closed" | "";
  /** Parts of an event's document, such as `{ title: "My event" }`, which a preview shows in place of its own. It is read when the preview begins. */
  sample?: object;
  /** Opens the dialog of `layout="button"`; as soon as it is there, when it is not yet. */
  open(): void;
  /** Closes the dialog. */
  close(): void;
  /** Begins anew: forgets what was typed, who registered and who was let in. */
  reset(): void;
}

/** Makes `<curtain-up>` an element, unless another copy has done so. */
export function define(): void;

declare global {
  interface HTMLElementTagNameMap {
    "curtain-up": CurtainUp;
  }
  interface GlobalEventHandlersEventMap extends CurtainUpEventMap {}
}

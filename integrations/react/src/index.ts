"use client";
// `<curtain-up>` as a React component. React renders the element with its attributes; the events, which React 18 does not
// know of custom elements, are listened to here, so that both versions behave alike.

import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import type { HTMLAttributes, ReactNode } from "react";
import { loadElement } from "./load.js";

export { loadElement } from "./load.js";

/** What every event of the element tells; never an address, a key or a name. */
export interface Detail {
  /** Version of this shape. */
  version: number;
}

/** What `ready`, `view` and `submit` tell. */
export interface ViewDetail extends Detail {
  /** Such as `form`, `countdown`, `registered`, `waiting`, `room`. */
  view: string;
}

/** What `error` tells. */
export interface ErrorDetail extends Detail {
  /** Such as `load_failed`, `event_not_found`, `access_refused`. */
  code: string;
}

/** The events, by the names of their handlers. */
export interface CurtainUpHandlers {
  /** The first view is drawn. */
  onReady?: (event: CustomEvent<ViewDetail>) => void;
  /** Another view is shown. */
  onView?: (event: CustomEvent<ViewDetail>) => void;
  /** Something was submitted. */
  onSubmitted?: (event: CustomEvent<ViewDetail>) => void;
  /** A registration was taken. `preventDefault()`: the page goes on by itself. */
  onRegistered?: (event: CustomEvent<Detail>) => void;
  /** A mail with the access link was asked for. */
  onResent?: (event: CustomEvent<Detail>) => void;
  /** Somebody was let in. */
  onEntered?: (event: CustomEvent<Detail>) => void;
  /** The event is live. `preventDefault()`: nobody is taken to the room. */
  onLive?: (event: CustomEvent<Detail>) => void;
  /** The start has moved. */
  onMoved?: (event: CustomEvent<Detail>) => void;
  /** The event will not take place. */
  onCancelled?: (event: CustomEvent<Detail>) => void;
  /** The event is over. */
  onEnded?: (event: CustomEvent<Detail>) => void;
  /** Something failed. */
  onProblem?: (event: CustomEvent<ErrorDetail>) => void;
}

const EVENTS: Record<keyof CurtainUpHandlers, string> = {
  onReady: "ready",
  onView: "view",
  onSubmitted: "submit",
  onRegistered: "registered",
  onResent: "resent",
  onEntered: "entered",
  onLive: "live",
  onMoved: "moved",
  onCancelled: "cancelled",
  onEnded: "ended",
  onProblem: "error",
};

/** What the component takes; `id`, `className`, `style` and the like go to the element. */
export interface CurtainUpProps extends CurtainUpHandlers, Pick<HTMLAttributes<HTMLElement>, "id" | "className" | "style" | "hidden" | "slot"> {
  /** Address of the event, `https://events.example.com/e/launch`, or of a series, `https://events.example.com/s/canopy`. */
  event: string;
  /** Language of the element; without it the page's, then the event's, then the browser's. */
  lang?: string;
  /** `hide`: a countdown without seconds. */
  seconds?: "hide";
  /** What the surroundings are. */
  theme?: "auto" | "light" | "dark";
  /** What is shown first. */
  view?: "form" | "resend" | "enter" | "countdown";
  /** `button` shows a button that opens the rest in a dialog. */
  layout?: "inline" | "button";
  /** Answers that the page knows, by the ids of their fields: `{ first_name: "Ada", team_size: "7" }`. */
  prefill?: Readonly<Record<string, string>>;
  /** `utm` parameters as the page gives them: `{ source: "newsletter" }`. `forward`: those of the page's address. */
  utm?: "forward" | "off" | Readonly<Record<string, string>>;
  /** A sample in some state, for designers. */
  preview?: string;
  /** Where the element's program is. Without it, on the event's own server; `false`: the page loads it by itself. */
  script?: string | false;
  /** What is shown until the first view is drawn, and wherever it cannot be: a link to the event. */
  children?: ReactNode;
}

/** What a ref to the component gives. What is called before the element's program is there happens when it is. */
export interface CurtainUpElement extends HTMLElement {
  /** Opens the dialog of `layout="button"`. */
  open(): void;
  /** Closes it. */
  close(): void;
  /** Begins anew. */
  reset(): void;
}

const METHODS = ["open", "close", "reset"] as const;

/** Gives an element its methods before its program does, and calls then what was called meanwhile. */
function wait(target: CurtainUpElement): void {
  const early = target as Partial<Pick<CurtainUpElement, (typeof METHODS)[number]>>;
  if (early.open) return;
  const called: (typeof METHODS)[number][] = [];
  for (const name of METHODS) early[name] = () => void called.push(name);
  void customElements.whenDefined("curtain-up").then(() => {
    // What stands on the element itself hides what its class has.
    for (const name of METHODS) delete early[name];
    for (const name of called) early[name]?.();
  });
}

// On a server there is no layout, and React says so at length.
const useEarlyEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

/** The element. */
export const CurtainUp = forwardRef<CurtainUpElement, CurtainUpProps>(function CurtainUp(props, ref) {
  const { event, lang, seconds, theme, view, layout, prefill, utm, preview, script, children, className, ...rest } = props;
  const element = useRef<CurtainUpElement>(null);
  const handlers = useRef<CurtainUpHandlers>(props);
  useImperativeHandle(ref, () => {
    const target = element.current as CurtainUpElement;
    wait(target);
    return target;
  }, []);

  useEarlyEffect(() => {
    handlers.current = props;
  });

  useEarlyEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const stop = Object.entries(EVENTS).map(([name, type]) => {
      const listener = (happened: Event) => {
        // An element within this one has handlers of its own.
        if (happened.target !== target) return;
        const handler = handlers.current[name as keyof CurtainUpHandlers] as ((event: Event) => void) | undefined;
        handler?.(happened);
      };
      target.addEventListener(`curtain-up:${type}`, listener);
      return () => target.removeEventListener(`curtain-up:${type}`, listener);
    });
    return () => stop.forEach((end) => end());
  }, []);

  useEffect(() => {
    if (script !== false) loadElement(event, script);
  }, [event, script]);

  const attributes: Record<string, unknown> = { event, lang, seconds, theme, view, layout, preview };
  for (const name of Object.keys(EVENTS)) delete (rest as Record<string, unknown>)[name];
  for (const [field, answer] of Object.entries(prefill ?? {})) attributes[`prefill-${field.replaceAll("_", "-")}`] = answer;
  if (typeof utm === "string") attributes.utm = utm;
  else for (const [name, value] of Object.entries(utm ?? {})) attributes[`utm-${name}`] = value;
  // React 18 writes `className` of a custom element as it stands; both write `class`.
  if (className !== undefined) attributes.class = className;
  return createElement("curtain-up", { ...rest, ...attributes, ref: element }, children);
});

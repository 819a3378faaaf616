// What goes along with somebody who is in: it says now and then that they are there, shows the materials and the linked
// events, leads from one event to another, and says when another device has the seat.
//
// A file of its own, since nobody needs it before they are in: the form does not wait for it.

// Its words in every language: of `locales/`, those whose keys begin with `companion_`.
const TEXTS = __TEXTS__;

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(__STYLE__);

const MINUTE = 60_000;
const LONGEST = 60 * MINUTE;
// Before the page is left for the room, but not all at once.
const SOON = 5_000;

/// Goes along with `seat` until it is told to stop. A seat has: `element` and its shadow `root`; `container`, in which the
/// widget is; `delivery`, what the widget was given: where the event is, its document and the texts; `pass`, as the tab keeps
/// it; `refused`, what the page's policy has refused meanwhile, and `room`, what the server has told of the room; and what is to be done when another device has it: `leave()`
/// takes the widget away, `resume()` brings it back.
export function accompany(seat) {
  const { element, root, container, delivery } = seat;
  const { api } = delivery;
  const { pass, first_name: name } = JSON.parse(seat.pass);
  const byCode = JSON.parse(delivery.event).door === "code";
  const headers = { authorization: `Bearer ${pass}`, "content-type": "application/json" };
  const word = (name) => (TEXTS[delivery.language.split("-")[0]] ?? TEXTS.en)[name];
  let timer;
  let stopped = false;
  let leaving = false;
  let shown;
  let answer;

  const post = async (noun, body) => {
    const response = await fetch(`${api}/${noun}`, {
      method: "POST",
      credentials: "omit",
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return response.ok ? response.json() : response.status;
  };

  const signAfter = (milliseconds) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(sign, Math.min(milliseconds, LONGEST));
  };

  const whereabouts = () => (container.querySelector(".view-room") ? "room" : "waiting");

  async function sign(take = false) {
    const place = whereabouts();
    const said = await post("presence", take ? { place, take } : { place }).catch(() => undefined);
    if (stopped) return;
    // A pass that is refused is the widget's to deal with, which asks for the room.
    if (said === 401) return;
    // Who has gone into the room meanwhile says so soon, and not when the next sign would be due.
    const regular = (said?.next > 0 ? said.next : MINUTE) * (0.8 + 0.4 * Math.random());
    signAfter(place === whereabouts() ? regular : Math.random() * SOON);
    if (typeof said !== "object") return;
    const was = answer?.elsewhere;
    answer = said;
    if (said.elsewhere && !was) tellElsewhere();
    else if (was && !said.elsewhere) seat.resume();
    else if (!said.elsewhere) draw();
  }

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (attributes.class) made.setAttribute("part", attributes.class);
    made.append(...children);
    return made;
  }

  function tellElsewhere() {
    shown?.remove();
    seat.leave();
    const here = make("button", { class: "primary", type: "button" }, word("here"));
    here.addEventListener("click", () => sign(true));
    const heading = make("h2", { class: "heading", tabindex: "-1" }, word("elsewhere"));
    const view = make("section", { class: "view view-elsewhere" }, heading, make("p", { class: "text" }, word("one_device")), here);
    view.setAttribute("part", "view");
    container.replaceChildren(view);
    heading.focus();
  }

  /// A ticket is for one use: what is opened in another window asks for the code.
  async function go(event, address) {
    if (leaving) return;
    leaving = true;
    const ticket = await post("ticket", { to: event }).catch(() => undefined);
    leaving = false;
    if (!stopped) location.assign(isWeb(ticket?.address) ? ticket.address : address);
  }

  const isWeb = (address) => /^https?:\/\//i.test(address);

  // Of a refused address, browsers tell the origin or all; of what is none, a word.
  const originOf = (told) => {
    try {
      return new URL(told).origin;
    } catch {
      return undefined;
    }
  };

  function way({ title, description, address, event }) {
    const link = make("a", { class: "material", href: address, dir: "auto" }, title);
    if (event) {
      link.addEventListener("click", (click) => {
        if (click.ctrlKey || click.metaKey || click.shiftKey) return;
        click.preventDefault();
        go(event, address);
      });
    } else {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    return make("li", {}, link, ...(description ? [make("p", { class: "hint", dir: "auto" }, description)] : []));
  }

  function list(heading, links) {
    const safe = links.filter(({ address }) => isWeb(address));
    return safe.length ? [make("h3", { class: "title" }, word(heading)), make("ul", {}, ...safe.map(way))] : [];
  }

  /// Draws what is around the room, where it has changed or was taken away.
  function draw(anew) {
    if (!answer || answer.elsewhere) return;
    const rooms = answer.rooms.map((room) => ({ ...room, description: room.phase === "live" ? word("live") : "" }));
    // Before the start the widget greets by name itself.
    const welcome = byCode && name && whereabouts() === "room" ? word("welcome").replace("{name}", () => name) : "";
    const known = JSON.stringify([welcome, answer.materials, rooms]);
    if (!anew && shown?.dataset.known === known && shown.isConnected) return;
    const greeting = welcome ? [make("p", { class: "text" }, welcome)] : [];
    const parts = [...greeting, ...list("materials", answer.materials), ...list("rooms", rooms)];
    shown?.remove();
    shown = make("aside", { class: "around", lang: container.lang, dir: container.dir, "aria-label": word("rooms") }, ...parts);
    shown.dataset.known = known;
    if (!parts.length) return;
    if (!root.adoptedStyleSheets.includes(SHEET)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET];
    container.after(shown);
  }

  /// The widget asks for the room as soon as the host changes something; what is around it may be long before the next sign.
  function hear({ materials = [], rooms = [] }) {
    answer = { ...answer, materials, rooms };
    draw();
  }
  if (seat.room) hear(seat.room);

  /// A page's policy may forbid the room's frame, which shows nothing then: the room is a way to go.
  function offer({ effectiveDirective, blockedURI }) {
    const frame = container.querySelector("iframe:not([hidden])");
    if (!frame || !/^(frame|child|default)-src/.test(effectiveDirective) || originOf(blockedURI) !== originOf(frame.src)) return;
    frame.hidden = true;
    const way = make("a", { class: "primary", href: frame.src, target: "_self", rel: "noopener noreferrer" }, word("action_join"));
    frame.after(make("p", { class: "text", role: "alert" }, word("refused")), way);
    element.dispatchEvent(new CustomEvent("curtain-up:error", { bubbles: true, composed: true, detail: { version: 1, code: "frame_refused" } }));
  }
  document.addEventListener("securitypolicyviolation", offer);
  seat.refused.forEach(offer);

  // In the room, where attendance counts from.
  const onView = ({ detail }) => detail?.view === "room" && signAfter(Math.random() * SOON);
  element.addEventListener("curtain-up:view", onView);
  // Who comes by a code may have the seat elsewhere, and goes from room to room; a crowd by links is in no hurry.
  if (whereabouts() === "room") onView({ detail: { view: "room" } });
  if (byCode) sign();
  else if (!timer) signAfter(Math.random() * MINUTE);

  return {
    draw: () => draw(true),
    hear,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("securitypolicyviolation", offer);
      element.removeEventListener("curtain-up:view", onView);
      shown?.remove();
    },
  };
}

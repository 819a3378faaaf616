// The element `<curtain-up event="https://host/e/slug">`; with src/define.js before it, the one file with a stable address.
//
// It takes the secrets out of the page's address before anything else happens, fetches all that is needed at once, and
// hands over to WebAssembly. Until then, and whenever that fails, the page's own children of the element stay in sight.

import { campaign, keepEarly, mirror, prefill, read } from "./loader/attributes.js";
import { watchDivs } from "./loader/builders.js";
import { catalogue, companion, extras, load, seldom } from "./loader/files.js";
import { choose, languageOf } from "./loader/language.js";
import { isHere, takeLink } from "./loader/link.js";
import { fetchEvent } from "./loader/server.js";

const TIMEOUT = 10_000;

/// The pass that a tab keeps over a reload; `pass` takes its place. Storage that is forbidden, full or gone is no error:
/// then nothing is kept.
function kept(api, pass) {
  try {
    const name = `curtain-up:pass:${api}`;
    if (pass === undefined) return sessionStorage.getItem(name);
    if (pass) sessionStorage.setItem(name, pass);
    else sessionStorage.removeItem(name);
  } catch {
    // As if there were none.
  }
  return undefined;
}

/// A slot for what the page puts in.
const slot = (name = "") => Object.assign(document.createElement("slot"), { name });

/// What the page was opened by; one element takes it, once.
let link;
/// All that every element shares, once the first of them has asked for it.
let shared;

/**
 * Takes a visitor from the page to their seat in a live event: registers, counts down, lets in.
 *
 * Every attribute may be written with `data-` before it and takes effect whenever it changes; what was typed stays, unless
 * the event is another one.
 *
 * @attr {string} event - Address of the event: `https://events.example.com/e/launch`; or of a series, `https://events.example.com/s/canopy`, whose form offers its dates.
 * @attr {string} lang - Language of the element. Without it: the page's, then the event's, then the browser's.
 * @attr {"hide"} seconds - `hide` shows a countdown without seconds.
 * @attr {"auto" | "light" | "dark"} theme - What the surroundings are. `auto`, as without it: as the page says by its `color-scheme`.
 * @attr {"form" | "resend" | "enter" | "countdown"} view - What is shown first: the registration form (as without it), "Lost your access link?", "I already have a link", or the countdown.
 * @attr {"inline" | "button"} layout - `button` shows a button that opens the rest in a dialog.
 * @attr {string} prefill-first-name - First name, where the page knows it. What somebody typed wins.
 * @attr {string} prefill-last-name - Last name.
 * @attr {string} prefill-email - Email address.
 * @attr {string} prefill-* - Answer to an own field: `prefill-team-size` for the field `team_size`, `yes` for a box to tick.
 * @attr {"forward" | "off"} utm - Whether the page's own `utm_…` parameters are kept with a registration. `forward`, as without it: yes.
 * @attr {string} utm-source - A campaign's parameter as the page gives it; wins over the address of the page.
 * @attr {string} utm-medium - As above.
 * @attr {string} utm-campaign - As above.
 * @attr {string} utm-term - As above.
 * @attr {string} utm-content - As above.
 * @attr {"scheduled" | "waiting" | "live" | "ended" | "full" | "cancelled" | "not-yet-open" | "closed"} preview - Shows a sample event in this state, without any request to a server of events.
 *
 * @prop {object} sample - Parts of an event's document, such as `{ title: "My event" }`, which a preview shows in place of its own. It is read when the preview begins.
 *
 * @method open(): void - Opens the dialog of `layout="button"`; as soon as it is there, when it is not yet.
 * @method close(): void - Closes the dialog.
 * @method reset(): void - Begins anew: forgets what was typed, who registered and who was let in.
 *
 * @fires curtain-up:ready {view: string} - The first view is drawn.
 * @fires curtain-up:view {view: string} - Another view is shown: `form`, `not-yet-open`, `closed`, `enter`, `code`, `lost-link`, `resent`, `countdown`, `registered`, `entering`, `waiting`, `room`, `elsewhere`, `ended` or `cancelled`.
 * @fires curtain-up:submit {view: string} - Something was submitted, in this view.
 * @fires curtain-up:registered {} cancelable - A registration was taken. Prevented, the form stays: the page goes on by itself.
 * @fires curtain-up:resent {} - A mail with the access link was asked for.
 * @fires curtain-up:entered {} - Somebody was let in, by link, key or code.
 * @fires curtain-up:live {} cancelable - The event is live, be it that it starts or that the page opens late. Prevented, nobody is taken to the room.
 * @fires curtain-up:moved {} - The start has moved.
 * @fires curtain-up:ended {} - The event is over.
 * @fires curtain-up:cancelled {} - The event will not take place.
 * @fires curtain-up:error {code: string} - Something failed. Before the first view: `event_missing`, `event_not_found`, `event_refused`, `event_unreachable`, `event_unreadable`, `load_failed`, `wasm_refused`, `timeout`. Afterwards: `unreachable`, `busy`, `fields`, `access_refused`, `pass_refused`, `frame_refused`, `load_failed` (texts of another language, or the dialog), `other`.
 *
 * @slot - What is shown until the first view is drawn, and wherever it cannot be: a link to the event's page.
 * @slot header - Above the view.
 * @slot success - In the confirmation, once somebody has registered.
 * @slot footer - Below the view.
 * @slot button - The words on the button of `layout="button"`.
 *
 * @cssprop {color} --curtain-up-accent - Buttons, focus and boxes that are ticked.
 * @cssprop {color} --curtain-up-on-accent - Words on the accent.
 * @cssprop {color} --curtain-up-problem - What is wrong.
 * @cssprop {color} --curtain-up-color - Words. Without it: the page's.
 * @cssprop {color} --curtain-up-surface - Behind everything. Without it: nothing; in a dialog, the browser's own.
 * @cssprop {color} --curtain-up-line - Lines around fields and secondary buttons.
 * @cssprop {color} --curtain-up-tint - Behind fields and notes.
 * @cssprop {color} --curtain-up-soft - Words of less weight.
 * @cssprop {length} --curtain-up-radius - Round corners.
 * @cssprop {length} --curtain-up-gap - Between parts of a view.
 *
 * @csspart view - The whole view.
 * @csspart heading - Its heading.
 * @csspart title - The event's title, where it is not the heading.
 * @csspart when - When the event starts.
 * @csspart text - A paragraph.
 * @csspart description - What the event is about.
 * @csspart note - What matters now: live, full, closed.
 * @csspart hint - A remark beside the point.
 * @csspart form - A form.
 * @csspart field - A question with its answer.
 * @csspart control - What one types into, ticks or chooses from.
 * @csspart help - The help to a question.
 * @csspart problem - What is wrong with an answer.
 * @csspart trouble - The sentence above the list of what is wrong with a form.
 * @csspart alert - What is wrong with a form.
 * @csspart actions - Buttons or links side by side.
 * @csspart primary - The button or link that leads on.
 * @csspart secondary - Another one.
 * @csspart quiet - One that looks like a link.
 * @csspart countdown - The countdown.
 * @csspart zero - What stands in its place at its end.
 * @csspart frame - The room in a frame.
 * @csspart around - What is around the room: materials and linked events.
 * @csspart material - A link in it.
 * @csspart banner - What has changed or does not work.
 * @csspart moved - The banner that says that the start has moved.
 * @csspart heard - What is said to a screen reader alone.
 * @csspart open - The button of `layout="button"`.
 * @csspart dialog - The dialog that it opens.
 * @csspart close - The dialog's button to close it.
 */
export class CurtainUp extends (globalThis.HTMLElement ?? Object) {
  #root;
  #container;
  #delivery;
  #mounted;
  #arriving;
  #dialog;
  /// What goes along with somebody who is in, and the pass that they are in by.
  #companion;
  #pass;
  /// What the page was opened by, where this element took it; and whether a pass that the tab has kept is to be forgotten.
  #link;
  #forgets;
  /// The latest change of language; an older one that comes late does not count.
  #translating;
  /// Whether the dialog is to be open, once there is one.
  #opens = false;
  // `sample`, where somebody has set it, holds parts of an event's document that a preview shows. It is no field: it may be
  // set before this class is there, and a field would take it away.

  /// What is being fetched of the event; others look at it to find out whose link it is.
  arrival;

  // Not `observedAttributes`: names such as `prefill-company` are not known beforehand, and several changes are one.
  #observer = new MutationObserver((changes) => {
    const real = changes.filter(({ target, attributeName, oldValue }) => target.getAttribute(attributeName) !== oldValue);
    if (this.isConnected && this.#root) this.#change(new Set(real.map(({ attributeName }) => attributeName.replace(/^data-/, ""))));
  });

  connectedCallback() {
    keepEarly(this);
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      this.#root.append(slot());
      // Whoever has closed the dialog is taken to the room all the same: they are told, and can stay.
      this.addEventListener("curtain-up:view", ({ target, detail }) => {
        if (target !== this || detail.view !== "room") return;
        this.open();
        // A dialog that opens takes the focus, from wherever they were, to a view that goes away.
        this.#attend();
      });
    }
    // Moved within the page: everything is still there.
    if (!this.#mounted && !this.#arriving) this.#start();
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  open() {
    this.#opens = true;
    if (this.isConnected && this.#dialog?.open === false) this.#dialog.showModal();
  }

  close() {
    this.#opens = false;
    this.#dialog?.close();
  }

  reset() {
    this.#delivery?.keep();
    this.#forgets = true;
    this.#link = undefined;
    this.#restart();
  }

  #change(names) {
    const some = (wanted) => [...names].some((name) => wanted.test(name));
    if (some(/^(event|preview)$/) || (this.#arriving && some(/^(lang|layout)$/))) return this.#restart();
    if (!this.#mounted) return undefined;
    if (some(/^lang$/)) this.#translate();
    if (some(/^layout$/)) this.#rearrange();
    if (some(/^view$/)) this.#mounted.show(read(this, "view"));
    if (some(/^(prefill-|seconds$)/)) this.#redraw();
    return undefined;
  }

  async #start() {
    const arriving = (this.#arriving = {});
    const watched = { attributes: true, attributeOldValue: true };
    this.#observer.observe(this, watched);
    // Pages change their language without a reload, too. The observer ends when the element goes: nothing holds it then.
    this.#observer.observe(this.parentElement?.closest("[lang]") ?? document.documentElement, { ...watched, attributeFilter: ["lang"] });
    const wanted = () => this.#arriving === arriving;
    const told = new Set();
    const fail = (code) => wanted() && !told.has(code) && told.add(code) && this.#tell("error", { code });
    const late = setTimeout(() => fail("timeout"), TIMEOUT);
    try {
      const preview = read(this, "preview");
      const address = new URL(read(this, "event"), this.baseURI);
      const [, base, kind, slug] = /^(.*)\/([es])\/([^/?#]+)\/?([?#].*)?$/.exec(address.href) ?? [];
      if (!preview && (!read(this, "event") || !kind)) throw new Error("event_missing");
      shared ??= load();
      const sample = preview ? (await seldom()).rehearse(preview, this.sample) : undefined;
      if (!wanted()) return;
      const at = (date) => `${base}/api/events/${date}`;
      const arrive = async () => {
        if (sample) return sample.event;
        if (kind === "e") return fetchEvent(at(slug), wanted, fail);
        const [{ begin }, series] = await Promise.all([seldom(), fetchEvent(`${base}/api/series/${slug}`, wanted, fail)]);
        return series && begin(series, (date) => kept(at(date)));
      };
      this.arrival = arrive();
      const [bindings, sheet, [language, words], event] = await Promise.all([
        shared.ready,
        shared.style,
        this.#texts(),
        this.arrival,
        read(this, "layout") === "button" && seldom(),
      ]);
      if (!wanted()) return;
      const api = at(kind === "s" ? event.slug : slug);
      const mine = !sample && link && (await this.#takesLink(event, api)) && link;
      if (!wanted()) return;
      if (mine) {
        link = undefined;
        mine.api = api;
      }
      this.#link = mine;
      this.#root.adoptedStyleSheets = [sheet];
      this.#delivery = this.#deliver(event, language, words, at, api, sample, sample?.link ?? mine);
      const mounted = this.#mount(bindings);
      // A page may have begun anew when it was told of the first view.
      if (!wanted()) return mounted.free();
      this.#mounted = mounted;
      // Whoever comes by their link, or has been let in, need not press a button.
      if (this.#container.querySelector(".view-entering, .view-waiting, .view-room")) this.open();
    } catch (error) {
      const known = /^(event|wasm)_/.test(error.message);
      // The next element, or this one put in anew, tries again.
      if (!known) shared = undefined;
      if (wanted()) this.#clear();
      fail(known ? error.message : "load_failed");
    } finally {
      clearTimeout(late);
      if (wanted()) this.#arriving = undefined;
    }
  }

  /// All that the widget starts with, and what it needs of the page later.
  #deliver(event, language, texts, at, api, sample, mine) {
    const element = this;
    const { search } = location;
    if (this.#forgets) kept(api, "");
    this.#forgets = false;
    return {
      ...event,
      ...mine,
      event: event.text,
      // Elements of one event learn its state together; a sample has nothing to do with any other.
      api: sample ? read(this, "preview") : api,
      language,
      texts,
      view: read(this, "view"),
      pass: sample ? undefined : (kept(api) ?? this.#pass?.[api]),
      get query() {
        return campaign(element, search);
      },
      get prefill() {
        return prefill(element);
      },
      get seconds() {
        return read(element, "seconds");
      },
      rehearse: (path) => sample?.answer(path),
      keep(pass) {
        if (sample) return;
        kept(this.api, pass ?? "");
        element.#accompany(this, pass ?? undefined);
      },
      choose(date) {
        this.api = at(date);
        this.event = JSON.stringify(event.dates.find(({ slug }) => slug === date));
      },
      attend: (same) => this.#attend(same),
      around(room) {
        // By itself, since nobody waits at the door for what is around the room; and not from an event that was here before.
        queueMicrotask(() => element.#delivery === this && element.#companion?.hear(JSON.parse(room)));
      },
      go: (room) => sample || location.assign(room),
    };
  }

  #mount(bindings) {
    this.#container = document.createElement("div");
    this.#container.className = "curtain-up";
    this.#speak();
    // The first view is drawn before anybody sees this: the page's own children have done their duty.
    this.#arrange();
    const mounted = bindings.mount(this.#container, this, this.#delivery);
    if (!mounted) throw new Error("event_unreadable");
    return mounted;
  }

  /// Goes along with somebody who is in, for as long as this pass is theirs.
  async #accompany(delivery, pass) {
    this.#companion?.stop();
    this.#companion = undefined;
    // Storage may be forbidden; what has to come back knows it from here.
    this.#pass = pass && { [delivery.api]: pass };
    if (!pass) return;
    // The page's policy may refuse the room's frame before the file is here.
    const refused = [];
    let room;
    const keep = (violation) => refused.push(violation);
    document.addEventListener("securitypolicyviolation", keep);
    this.#companion = { draw() {}, hear: (told) => (room = told), stop: () => document.removeEventListener("securitypolicyviolation", keep) };
    // Without the file, everything works but what is around the room.
    const file = await companion().catch(() => undefined);
    if (!file || this.#pass?.[delivery.api] !== pass || this.#delivery !== delivery || !this.#mounted) return;
    this.#companion.stop();
    this.#companion = file.accompany({
      element: this,
      root: this.#root,
      container: this.#container,
      delivery,
      pass,
      refused,
      room,
      leave: () => {
        this.#mounted?.free();
        this.#mounted = undefined;
        this.#tell("view", { view: "elsewhere" });
      },
      resume: () => this.#restart(),
    });
  }

  async #rearrange() {
    try {
      await seldom();
      if (this.#mounted) this.#arrange();
    } catch {
      this.#tell("error", { code: "load_failed" });
    }
  }

  /// Puts the view where the layout wants it.
  #arrange() {
    // A dialog that is made anew, in another language, stays open.
    this.#opens ||= this.#dialog?.open;
    this.#dialog = undefined;
    const content = [slot("header"), this.#container, slot("footer")];
    queueMicrotask(() => this.#companion?.draw());
    if (read(this, "layout") !== "button" || !extras) return this.#root.replaceChildren(...content);
    const { event, texts } = this.#delivery;
    this.#dialog = extras.dialog(this.#root, JSON.parse(event).title, texts, this.#container, content);
    this.#dialog.addEventListener("close", () => (this.#opens = false));
    if (this.#opens) this.open();
    return undefined;
  }

  async #translate() {
    const wanted = (this.#translating = {});
    try {
      const [language, texts] = await this.#texts();
      if (!this.#mounted || this.#translating !== wanted) return;
      Object.assign(this.#delivery, { language, texts });
      this.#speak();
      if (this.#dialog) this.#arrange();
      this.#companion?.draw();
      this.#redraw();
    } catch {
      this.#tell("error", { code: "load_failed" });
    }
  }

  /// Draws the view again from what the page says now. What was typed stays, and so does the focus.
  #redraw() {
    if (this.#root.activeElement?.name) this.#attend(true);
    this.#mounted.redraw();
  }

  /// Before the view is drawn anew: whoever types into the same one goes on where they were; others are at its heading, but
  /// for those who are busy elsewhere on the page, which may be another component's shadow root.
  #attend(same) {
    const { name, value, selectionStart: caret } = (same && this.#root.activeElement) || {};
    const { activeElement, body } = document;
    if (!name && activeElement && activeElement !== body && this.getRootNode().activeElement !== this) return;
    requestAnimationFrame(() => {
      const found = [...this.#container.querySelectorAll(`.heading, [name="${name}"]`)];
      // Boxes to tick may share a name. A heading has no value, and is all there is when a field is asked about no longer.
      const control = found.find((one) => one.value === value) ?? found.at(-1);
      control?.focus();
      // Not every kind of control has a caret.
      if (typeof caret === "number") control?.setSelectionRange?.(caret, caret);
    });
  }

  #restart() {
    this.#stop();
    if (this.isConnected) this.#start();
  }

  #stop() {
    this.#observer.disconnect();
    // What was to be opened before there was anything to open still is.
    if (this.#mounted) this.#opens = false;
    this.#arriving = undefined;
    // Whose element was taken away while they were being let in, by a framework that puts another in its place, still is.
    if (this.#container?.querySelector(".view-entering")) link ||= this.#link;
    this.#companion?.stop();
    this.#companion = undefined;
    const gone = this.#mounted;
    // Not while the widget itself is telling the page something.
    queueMicrotask(() => gone?.free());
    this.#mounted = undefined;
    if (this.#root) this.#clear();
  }

  #clear() {
    this.#dialog = undefined;
    this.#root.replaceChildren(slot());
  }

  /// With one element on the page the link is for it; with several it is for the one whose event lives at this address,
  /// or else for the first. What was put back is for the event that it was taken for, and for no other server.
  async #takesLink(event, api) {
    if (link.api) return link.api === api;
    const all = [...document.querySelectorAll("curtain-up")];
    if (all.length < 2) return true;
    if (link.ticket) return link.ticket.startsWith(`${JSON.parse(event.text).slug}.`);
    if (isHere(event)) return true;
    if (all[0] !== this) return false;
    const others = await Promise.all(all.slice(1).map((other) => other.arrival?.catch(() => undefined)));
    return link && !others.some((other) => other && isHere(other));
  }

  /// The language to speak, and its texts: that of the attribute, of the page around the element, of the event, or of the
  /// browser, the first that there is a catalogue for. Only where neither attribute nor page decides, the event is waited for.
  async #texts() {
    const { name, tag } =
      choose(this.lang || read(this, "lang"), this.closest("[lang]")?.lang, document.documentElement.lang) ??
      choose(languageOf(await this.arrival), ...navigator.languages, "en");
    return [tag, await catalogue(shared, name)];
  }

  /// Says which language the view is in, and which way it is read.
  #speak() {
    const { language } = this.#delivery;
    this.#container.lang = language;
    this.#container.dir = /^ar/.test(language) ? "rtl" : "ltr";
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`curtain-up:${name}`, { bubbles: true, composed: true, detail: { version: 1, ...detail } }));
  }
}

mirror(CurtainUp.prototype);

/// Makes `<curtain-up>` an element, unless another copy of this file has done so.
export function define() {
  // On a server, which renders pages, there are none.
  if (!globalThis.customElements || customElements.get("curtain-up")) return;
  link = takeLink();
  customElements.define("curtain-up", CurtainUp);
  watchDivs();
}

// The element `<curtain-up event="https://host/e/slug">`: the one file with a stable address.
//
// It takes the secrets out of the page's address before anything else happens, fetches all that is needed at once, and
// hands over to WebAssembly. Until then, and whenever that fails, the page's own children of the element stay in sight.

// Filled in by `cargo xtask build` with the names of the files beside this one.
const FILES = __FILES__;

const TIMEOUT = 10_000;
const beside = (name) => new URL(name, import.meta.url).href;

/// The query of the access link that the page was opened by; one element takes it, once.
let link = takeLink();
/// All that every element shares, once the first of them has asked for it.
let shared;

function takeLink() {
  const page = new URL(location.href);
  if (!page.searchParams.get("email") || !page.searchParams.get("key")) return undefined;
  const query = page.search;
  // By hand, since `searchParams` writes every other parameter anew.
  const rest = page.search.slice(1).split("&").filter((pair) => !/^(email|key|sig)(=|$)/.test(pair));
  page.search = rest.join("&");
  try {
    history.replaceState(history.state, "", page.href);
  } catch {
    // A document without an address of its own, such as `about:srcdoc`.
  }
  return query;
}

async function text(address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error("status");
  return response.text();
}

function load() {
  try {
    // The smallest module there is: a page that forbids WebAssembly, or a browser without it, says so at once.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    throw new Error("wasm_refused");
  }
  const module = import(beside(FILES.module));
  const wasm = fetch(beside(FILES.wasm), { credentials: "omit" });
  const style = text(beside(FILES.style)).then((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  const ready = module.then(async (bindings) => {
    await bindings.default({ module_or_path: wasm }).catch((error) => {
      // A file that does not come is a TypeError. WebKit refuses as late as here.
      throw error instanceof TypeError ? error : new Error("wasm_refused");
    });
    return bindings;
  });
  // Whoever waits for the module hears of it; nobody else should.
  wasm.catch(() => undefined);
  return { ready, style, texts: new Map() };
}

/// The event document as text, when it was asked for and when it came. Tries for as long as `wanted` says so.
async function fetchEvent(api, wanted, failed) {
  for (let tries = 0; ; tries++) {
    const sent = performance.now();
    try {
      const response = await fetch(api, { credentials: "omit" });
      const received = performance.now();
      const age = response.headers.get("age");
      if (response.ok) return { sent, received, age: age === null ? undefined : Number(age), text: await response.text() };
      // Only a server in trouble will answer otherwise the next time.
      if (response.status < 500 && response.status !== 429) throw new TypeError(response.status === 404 ? "event_not_found" : "event_refused");
    } catch (error) {
      if (error.message.startsWith("event_")) throw error;
    }
    failed("event_unreachable");
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(60_000, 2_000 * 2 ** tries)));
    if (!wanted()) return undefined;
  }
}

const isHere = (permalink) => {
  const bare = (address) => address.split(/[?#]/)[0].replace(/(\/live)?\/*$/, "");
  return bare(permalink) === bare(location.href);
};

/// The first tag that there is a catalogue for. The tag in full says how dates and numbers are written: words in `en` stand
/// beside dates in `en-GB`.
function choose(...tags) {
  for (const wanted of tags) {
    try {
      const { language, baseName } = new Intl.Locale(wanted);
      if (Object.hasOwn(FILES.locales, language)) return { catalogue: language, tag: baseName };
    } catch {
      // Not a language tag.
    }
  }
}

const languageOf = (event) => {
  try {
    return JSON.parse(event.text).language;
  } catch {
    return undefined;
  }
};

class CurtainUp extends HTMLElement {
  static observedAttributes = ["event", "lang"];
  #root;
  #mounted;
  #arriving;
  /// What is being fetched of the event; others look at it to find out whose link it is.
  arrival;

  connectedCallback() {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      this.#root.append(document.createElement("slot"));
    }
    // Moved within the page: everything is still there.
    if (!this.#mounted && !this.#arriving) this.#start();
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected || !this.#root) return;
    this.#stop();
    this.#start();
  }

  async #start() {
    const arriving = (this.#arriving = {});
    const wanted = () => this.#arriving === arriving;
    const told = new Set();
    const fail = (code) => wanted() && !told.has(code) && told.add(code) && this.#tell("error", { code });
    const late = setTimeout(() => fail("timeout"), TIMEOUT);
    try {
      const address = new URL(this.getAttribute("event") ?? "", this.baseURI);
      const api = address.href.replace(/\/e\/([^/?#]+)\/?([?#].*)?$/, "/api/events/$1");
      if (!this.getAttribute("event") || api === address.href) throw new Error("event_missing");
      shared ??= load();
      this.arrival = fetchEvent(api, wanted, fail);
      const [bindings, sheet, [language, texts], event] = await Promise.all([shared.ready, shared.style, this.#texts(shared.texts), this.arrival]);
      if (!wanted()) return;
      const mine = link && (await this.#takesLink(event)) && wanted() ? link : undefined;
      if (!wanted()) return;
      if (mine) link = undefined;
      this.#mount(bindings, sheet, address.href, api, texts, language, event, mine);
    } catch (error) {
      const known = /^(event|wasm)_/.test(error.message);
      // The next element, or this one put in anew, tries again.
      if (!known) shared = undefined;
      fail(known ? error.message : "load_failed");
    } finally {
      clearTimeout(late);
      if (wanted()) this.#arriving = undefined;
    }
  }

  #mount(bindings, sheet, address, api, texts, language, event, mine) {
    const container = document.createElement("div");
    container.className = "curtain-up";
    container.lang = language;
    container.dir = /^ar/.test(language) ? "rtl" : "ltr";
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(container);
    const delivery = { ...event, event: event.text, address, api, texts, language, query: location.search, link: mine };
    this.#mounted = bindings.mount(container, this, delivery);
    if (!this.#mounted) {
      container.remove();
      throw new Error("event_unreadable");
    }
    // The first view is drawn: the page's own children have done their duty.
    this.#root.querySelector("slot").remove();
  }

  #stop() {
    this.#arriving = undefined;
    this.#mounted?.free();
    this.#mounted = undefined;
    this.#root?.replaceChildren(document.createElement("slot"));
  }

  /// With one element on the page the link is for it; with several it is for the one whose event lives at this address,
  /// or else for the first.
  async #takesLink(event) {
    const all = [...document.querySelectorAll("curtain-up")];
    if (all.length < 2 || isHere(JSON.parse(event.text).permalink)) return true;
    if (all[0] !== this) return false;
    const others = await Promise.all(all.slice(1).map((other) => other.arrival?.catch(() => undefined)));
    return link && !others.some((other) => other && isHere(JSON.parse(other.text).permalink));
  }

  /// The language to speak, and its texts: that of the attribute, of the page around the element, of the event, or of the
  /// browser, the first that there is a catalogue for. Only where neither attribute nor page decides, the event is waited for.
  async #texts(known) {
    const { catalogue, tag } =
      choose(this.lang, this.closest("[lang]")?.lang, document.documentElement.lang) ??
      choose(languageOf(await this.arrival), ...navigator.languages, "en");
    if (!known.has(catalogue)) known.set(catalogue, text(beside(FILES.locales[catalogue])));
    return [tag, await known.get(catalogue)];
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`curtain-up:${name}`, { bubbles: true, composed: true, detail: { version: 1, ...detail } }));
  }
}

if (!customElements.get("curtain-up")) customElements.define("curtain-up", CurtainUp);

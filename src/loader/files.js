// The files beside the loader. All elements of a page share them, once the first has asked.

// Filled in by `cargo xtask build` with the names of the files beside this one.
export const FILES = __FILES__;

const beside = (name) => new URL(name, import.meta.url).href;

async function text(name) {
  const response = await fetch(beside(name), { credentials: "omit" });
  if (!response.ok) throw new Error("status");
  return response.text();
}

/// What few pages need, once it is there.
export let extras;

/// Fetches what few pages need.
export const seldom = async () => (extras = await import(beside(FILES.seldom)));

/// The packed catalogue of a language.
export async function catalogue(shared, language) {
  if (!shared.texts.has(language)) shared.texts.set(language, text(FILES.locales[language]));
  try {
    return await shared.texts.get(language);
  } catch (error) {
    shared.texts.delete(language);
    throw error;
  }
}

let accompanying;

/// What goes along with somebody who is in: fetched when the first of them is.
export function companion() {
  accompanying ??= import(beside(FILES.companion)).catch((error) => {
    accompanying = undefined;
    throw error;
  });
  return accompanying;
}

/// Starts fetching all at once: whoever waits for the module hears of a failure, nobody else should.
export function load() {
  try {
    // The smallest module there is: a page that forbids WebAssembly, or a browser without it, says so at once.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    throw new Error("wasm_refused");
  }
  const module = import(beside(FILES.module));
  const wasm = fetch(beside(FILES.wasm), { credentials: "omit" });
  const style = text(FILES.style).then((css) => {
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
  wasm.catch(() => undefined);
  return { ready, style, texts: new Map() };
}

// What a page says by attributes: each may be written with `data-` before it, and is a property too.

/// Attributes with a property of the same name; those of an open set, such as `prefill-company`, have none.
const MIRRORED = [
  "event",
  "theme",
  "view",
  "layout",
  "preview",
  "seconds",
  "prefill-first-name",
  "prefill-last-name",
  "prefill-email",
  "utm",
  "utm-source",
  "utm-medium",
  "utm-campaign",
  "utm-term",
  "utm-content",
];

const property = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/// The value of an attribute; empty where there is none.
export const read = (element, name) => element.getAttribute(name) ?? element.getAttribute(`data-${name}`) ?? "";

/// Gives a class the properties that mirror its attributes.
export function mirror(prototype) {
  for (const name of MIRRORED) {
    Object.defineProperty(prototype, property(name), {
      // What a page has put on every object there is does not count as part of this description.
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() {
        return read(this, name);
      },
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
    });
  }
}

/// Properties that were set before the element knew what it is become attributes.
export function keepEarly(element) {
  for (const name of MIRRORED.map(property)) {
    if (Object.hasOwn(element, name)) {
      const value = element[name];
      delete element[name];
      element[name] = value;
    }
  }
}

/// The attributes that begin like this, by the rest of their names.
function* beginning(element, start) {
  for (const { name, value } of element.attributes) {
    const bare = name.replace(/^data-/, "");
    // As in `read`: without `data-` it counts more.
    if (bare.startsWith(start) && (bare === name || !element.hasAttribute(bare))) yield [bare.slice(start.length).replaceAll("-", "_"), value];
  }
}

/// What the page knows of the person's answers.
export const prefill = (element) => Array.from(beginning(element, "prefill-"), ([field, value]) => ({ field, value }));

/// The page's query, with what the element's attributes say of its campaign.
export function campaign(element, query) {
  const said = new URLSearchParams(query);
  if (read(element, "utm") === "off") for (const name of [...said.keys()]) if (name.startsWith("utm_")) said.delete(name);
  for (const [name, value] of beginning(element, "utm-")) said.set(`utm_${name}`, value);
  return `${said}`;
}

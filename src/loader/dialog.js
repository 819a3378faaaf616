// The layout `button`: a button, and the native dialog that it opens. The browser sees to focus, Escape and the rest.

// Filled in with the lines of a catalogue on which these few words stand.
const WORDS = __WORDS__;

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(__STYLE__);

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/// Puts the button into `root`, and the dialog, which shows `content` and is returned. The words are those of a catalogue,
/// `texts`; their language is said as it is of the view, which is not around them.
export function dialog(root, title, texts, { lang, dir }, content) {
  const word = (name) => texts.split("\n")[WORDS[name]];
  const words = make("slot", { name: "button" }, word("open"));
  const button = make("button", { type: "button", class: "primary", part: "open", "aria-haspopup": "dialog", lang, dir }, words);
  // Last, so that the heading gets the focus first; the style sheet shows it in the corner.
  const close = make("button", { type: "button", class: "close", part: "close", "aria-label": word("close") }, "✕");
  const shown = make("dialog", { class: "dialog", part: "dialog", "aria-label": title, closedby: "any", lang, dir }, ...content, close);
  button.addEventListener("click", () => shown.showModal());
  close.addEventListener("click", () => shown.close());
  if (!root.adoptedStyleSheets.includes(SHEET)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET];
  root.replaceChildren(button, shown);
  return shown;
}

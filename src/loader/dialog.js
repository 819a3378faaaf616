// The layout `button`: a button, and the native dialog that it opens. The browser sees to focus, Escape and the rest.

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/// A slot for what the page puts in.
export const slot = (name, ...children) => make("slot", name ? { name } : {}, ...children);

/// The button and the dialog, which shows `content`.
export function dialog(title, labels, content) {
  const button = make("button", { type: "button", class: "primary", part: "open", "aria-haspopup": "dialog" }, slot("button", labels.open));
  // Last, so that the heading gets the focus first; the style sheet shows it in the corner.
  const close = make("button", { type: "button", class: "close", part: "close", "aria-label": labels.close }, "✕");
  const shown = make("dialog", { class: "dialog", part: "dialog", "aria-label": title, closedby: "any" }, ...content, close);
  button.addEventListener("click", () => shown.showModal());
  close.addEventListener("click", () => shown.close());
  return [button, shown];
}

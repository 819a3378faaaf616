// Site builders that drop unknown tags keep a `<div data-curtain-up data-event="…">`: the element goes inside.

function fill(div) {
  if (div.querySelector(":scope > curtain-up")) return;
  const element = document.createElement("curtain-up");
  for (const { name, value } of div.attributes) {
    // As they stand: without `data-`, what a site lets its visitors write would be handlers of events and inline style.
    if (name.startsWith("data-") && name !== "data-curtain-up") element.setAttribute(name, value);
  }
  element.append(...div.childNodes);
  div.append(element);
}

/// Fills every such div, and those that come later.
export function watchDivs() {
  const selector = "[data-curtain-up]";
  document.querySelectorAll(selector).forEach(fill);
  const added = (node) => {
    if (node.matches?.(selector)) fill(node);
    else node.querySelectorAll?.(selector).forEach(fill);
  };
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(added))).observe(document, {
    childList: true,
    subtree: true,
  });
}

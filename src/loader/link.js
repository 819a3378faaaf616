// The access link that the page was opened by. Its secrets leave the address before the first request goes out.

/// Takes the link's query out of the page's address and returns it.
export function takeLink() {
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

/// Whether an event lives at the address that the page has.
export function isHere(event) {
  const bare = (address) => address.split(/[?#]/)[0].replace(/(\/live)?\/*$/, "");
  return bare(JSON.parse(event.text).permalink) === bare(location.href);
}

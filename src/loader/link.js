// What the page was opened by: an access link, a ticket from another event, a link that a platform signed. Its secrets leave the address before the first request goes out.

/// Takes it out of the page's address and returns it. Other sites have parameters of these names too, but not of this shape.
export function takeLink() {
  const page = new URL(location.href);
  const value = (name) => page.searchParams.get(name);
  const found = [
    value("email")?.includes("@") && /^(\d{4}|\d{6}|[a-z\d]{8})$/i.test((value("key") ?? "").replace(/[\s-]/g, "")) && ["link", page.search, /^(email|key|sig)(=|$)/],
    /^[a-z\d-]+\.[\w-]{22}$/.test(value("ticket")) && ["ticket", value("ticket"), /^ticket=/],
    /^[\w-]{40,}=*\.[\w-]{43}=?$/.test(value("i")) && ["signed", value("i"), /^i=/],
  ].find(Boolean);
  if (!found) return undefined;
  const [kind, secret, names] = found;
  // By hand, since `searchParams` writes every other parameter anew.
  const rest = page.search.slice(1).split("&").filter((pair) => !names.test(pair));
  page.search = rest.join("&");
  try {
    history.replaceState(history.state, "", page.href);
  } catch {
    // A document without an address of its own, such as `about:srcdoc`.
  }
  return { [kind]: secret };
}

/// Whether an event lives at the address that the page has.
export function isHere(event) {
  const bare = (address) => address.split(/[?#]/)[0].replace(/(\/live)?\/*$/, "");
  return bare(JSON.parse(event.text).permalink) === bare(location.href);
}

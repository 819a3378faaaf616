/**
 * Loads the element's program once for the whole page, from the event's own server.
 *
 * @param event Address of the event.
 * @param script Address of the program, where it is elsewhere.
 */
export function loadElement(event: string, script?: string): void {
  if (typeof document === "undefined" || customElements.get("curtain-up")) return;
  const address = script ?? /^(https?:\/\/[^/?#]+)\/[es]\//.exec(event)?.[1]?.concat("/curtain-up.js");
  if (!address) return;
  const there = [...document.scripts].some((loaded) => /\/curtain-up\.js$/.test(loaded.src.split(/[?#]/)[0] ?? ""));
  if (there) return;
  const tag = document.createElement("script");
  tag.type = "module";
  tag.crossOrigin = "anonymous";
  tag.src = address;
  // A later component tries again.
  tag.addEventListener("error", () => tag.remove());
  document.head.append(tag);
}

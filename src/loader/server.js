// Requests to the event's own server: no cookies, never longer than twenty seconds.

const asked = new Map();

/// What came back, with the times that tell the server's clock; nothing where no whole answer came.
async function request(address, options) {
  const sent = performance.now();
  try {
    const response = await fetch(new Request(address, { credentials: "omit", signal: AbortSignal.timeout(20_000), ...options }));
    const received = performance.now();
    const seconds = (name) => {
      const number = Number.parseInt(response.headers.get(name), 10);
      return number >= 0 ? number : undefined;
    };
    const { status } = response;
    return { status, sent, received, age: seconds("age"), retryAfter: seconds("retry-after"), text: await response.text() };
  } catch {
    return undefined;
  }
}

/// Asks, and POSTs where there is a body. Waiting people must see what the server says now, so the browser's cache has no
/// part in it. Elements that ask for the same state at once ask once.
export function ask(address, pass, body) {
  const headers = {};
  if (pass) headers.Authorization = `Bearer ${pass}`;
  if (body) headers["Content-Type"] = "application/json";
  const send = () => request(address, { cache: "no-store", method: body ? "POST" : "GET", headers, body });
  if (pass || body) return send();
  if (!asked.has(address)) asked.set(address, send().finally(() => asked.delete(address)));
  return asked.get(address);
}

/// The event document as text, when it was asked for and when it came. Tries for as long as `wanted` says so.
export async function fetchEvent(api, wanted, failed) {
  for (let tries = 0; ; tries++) {
    const answer = await request(api);
    if (answer?.status === 200) return answer;
    // Only a server in trouble will answer otherwise the next time.
    if (answer && answer.status < 500 && answer.status !== 429) throw new TypeError(answer.status === 404 ? "event_not_found" : "event_refused");
    failed("event_unreachable");
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(60_000, 2_000 * 2 ** tries)));
    if (!wanted()) return undefined;
  }
}

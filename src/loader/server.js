// The first request to the event's own server. All later ones are the widget's.

/// The event document as text, when it was asked for and when it came. Tries for as long as `wanted` says so.
export async function fetchEvent(api, wanted, failed) {
  for (let tries = 0; ; tries++) {
    try {
      const sent = performance.now();
      const response = await fetch(api, { credentials: "omit", signal: AbortSignal.timeout(20_000) });
      const received = performance.now();
      const age = response.headers.get("age");
      if (response.ok) return { sent, received, age: age && Number(age), text: await response.text() };
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

// Sample data, for hosts and designers: an event in any state, and a server that answers without being asked.

const HOUR = 3_600_000;
const PHASES = { live: "live", ended: "ended", cancelled: "cancelled" };
const ADMISSIONS = { full: "full", closed: "closed", "not-yet-open": "not_yet_open" };

/// The sample event in the state of this name, as `fetchEvent` would give it, and the answers of a server of its own.
/// `own` parts of its document stand in for the sample's: the desk shows what a host is writing.
export function rehearse(name, own) {
  const now = Date.now();
  const phase = PHASES[name] ?? "scheduled";
  const startsAt = now + HOUR * ({ live: -0.1, ended: -3 }[name] ?? 50);
  const state = () => ({ version: 1, phase, starts_at: startsAt, ends_at: startsAt + HOUR, now: Date.now() });
  const event = () => ({
    slug: "sample",
    title: "A sample event",
    description: "What your event is about stands here.",
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    permalink: "https://example.com/",
    state: state(),
    admission: ADMISSIONS[name] ?? "open",
    opens_at: now + 24 * HOUR,
    fields: [],
    consents: [],
    ...own,
  });
  const answers = {
    "": event,
    "/state.json": state,
    "/pass": () => ({ pass: "sample", expires_at: now + 99 * HOUR, first_name: "Ada" }),
    "/presence": () => ({ next: HOUR }),
    "/room": () => ({ phase, room: phase === "live" ? { kind: "address", address: "https://example.com/" } : null }),
  };
  const answer = (path) => {
    const time = performance.now();
    return { status: 200, sent: time, received: time, text: JSON.stringify(answers[path]?.() ?? {}) };
  };
  const link = /^(waiting|live)$/.test(name) ? { link: "?email=ada%40example.com&key=0000" } : undefined;
  return { event: answer(""), link, answer };
}

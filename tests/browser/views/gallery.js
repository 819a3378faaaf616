// A page with an element for every view, each before answers of its own. The clock stands still, so that a countdown shows
// the same whenever it is looked at; nothing is polled unless the page asks for it.

const { language, event: wording } = window.gallery;
const NOW = Date.UTC(2027, 2, 1, 9), HOUR = 3_600_000, START = NOW + 200.5 * HOUR;
performance.now = () => 1000;
Math.random = () => 0.5;
// Nobody is taken to a room while axe looks, for which the clock has to go on.
const later = window.setTimeout;
window.setTimeout = (what, wait, ...given) => later(what, wait > 5000 ? 2 ** 31 - 1 : wait, ...given);

const field = (id, kind, label, more) => ({ id, kind, label, help: "", required: false, choices: [], min: null, max: null, ...more });
const colours = wording.colours;
const FIELDS = [
  field("question", "long_text", wording.question, { help: wording.help, required: true }),
  field("colour", "choice", wording.colour, { choices: colours }),
  field("colours", "choices", wording.colour, { choices: colours }),
  field("country", "country", wording.country),
  field("team", "number", wording.team),
];
const CONSENTS = [{ id: "privacy", version: 1, text: wording.consent, required: true }];
const pass = { pass: "sample", expires_at: NOW + 900 * HOUR, first_name: "Ada" };
const never = new Promise(() => undefined);
const room = (kind) => ({ phase: "live", room: { kind, address: "https://room.example.com/launch" } });
const around = {
  materials: [{ title: wording.help, description: wording.description, address: "https://www.example.com/slides" }],
  rooms: [{ event: "form", title: wording.title, address: "https://events.example.com/e/form", phase: "live" }],
};
const signed = { next: 1000 * HOUR, elsewhere: false, materials: [], rooms: [] };
const live = { phase: "live" }, ended = { phase: "ended" };

const root = (name) => document.getElementById(name).shadowRoot;
const type = (name, values) => {
  for (const [field, value] of Object.entries(values)) {
    const control = root(name).querySelector(`[name="${field}"]`);
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }
};
const submit = (name) => root(name).querySelector("form").requestSubmit();
const person = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.com" };
const registers = (name) => (type(name, person), submit(name));

// What is told of each: the class of its view; its state and document; what the server answers to requests below the event;
// whether a pass was kept; the element's attributes; what a person does once the first view is drawn.
const VIEWS = {
  form: { view: "form", event: { fields: FIELDS, consents: CONSENTS } },
  "form-with-problems": { view: "form", event: { consents: CONSENTS }, act: submit, sign: ".alert:not([hidden])" },
  full: { view: "form", event: { admission: "full" } },
  "not-yet-open": { view: "not-yet-open", event: { admission: "not_yet_open", opens_at: START - 48 * HOUR } },
  closed: { view: "closed", event: { admission: "closed" } },
  series: { view: "form", dates: ["open", "full", "closed"] },
  registered: { view: "registered", act: registers },
  "registered-waiting-list": { view: "registered", event: { admission: "full" }, act: registers },
  "registered-while-live": { view: "registered", state: live, act: registers },
  enter: { view: "enter", attributes: { view: "enter" } },
  refused: {
    view: "enter", attributes: { view: "enter" }, answers: { "/pass": { code: "access_refused", fields: [] } },
    act: (name) => (type(name, { email: "ada@example.com", key: "0000" }), submit(name)), sign: ".alert:not([hidden])",
  },
  code: { view: "code", event: { door: "code", admission: "closed" } },
  "open-door": { view: "code", event: { door: "open", admission: "closed" } },
  "lost-link": { view: "lost-link", attributes: { view: "resend" } },
  resent: { view: "resent", attributes: { view: "resend" }, act: (name) => (type(name, { email: "ada@example.com" }), submit(name)) },
  countdown: { view: "countdown", attributes: { view: "countdown" } },
  entering: { view: "entering", answers: { "/pass": never }, event: { permalink: location.href.split("?")[0] } },
  waiting: { view: "waiting", pass },
  "waiting-without-seconds": { view: "waiting", pass, attributes: { seconds: "hide" } },
  moved: { view: "waiting", pass, answers: { "/state.json": () => state({ version: 2, starts_at: START + 24 * HOUR }) }, looks: true, sign: ".moved:not(:empty)" },
  offline: { view: "waiting", pass, answers: { "/state.json": "unreachable" }, looks: true, sign: ".banner:not(.moved):not(:empty)" },
  "any-moment": { view: "waiting", pass, state: { starts_at: NOW - 1000 }, sign: ".zero:not(:empty)" },
  doors: { view: "waiting", pass, state: live, answers: { "/room": never } },
  "room-elsewhere": { view: "room", pass, state: live, answers: { "/room": room("address") } },
  "room-in-a-frame": { view: "room", pass, state: live, answers: { "/room": room("frame") }, sign: "iframe" },
  "room-with-materials": { view: "room", pass, state: live, event: { title: wording.help }, answers: { "/room": { ...room("frame"), ...around }, "/presence": { ...signed, ...around } }, sign: ".around" },
  elsewhere: { view: "elsewhere", pass, state: live, event: { door: "code" }, answers: { "/presence": { ...signed, elsewhere: true } } },
  ended: { view: "ended", state: ended },
  "ended-with-replay": { view: "ended", pass, state: ended, answers: { "/room": { phase: "ended", room: null, replay: "https://replay.example.com/" } }, sign: ".primary" },
  cancelled: { view: "cancelled", state: { phase: "cancelled" } },
  button: { view: "form", attributes: { layout: "button" }, sign: "[part=open]" },
};

const state = (more) => ({ version: 1, phase: "scheduled", starts_at: START, ends_at: START + HOUR, now: NOW, ...more });
const document_of = (slug, view, more) => ({
  slug, title: wording.title, description: wording.description, language, zone: "Europe/Berlin", permalink: `https://www.example.com/${slug}`,
  state: state(view.state), admission: "open", opens_at: null, key_format: "four_digits", fields: [], consents: [], ...view.event, ...more,
});
const series = (slug, view) => ({
  slug, title: wording.title, description: "", language,
  dates: view.dates.map((admission, day) => document_of(`${slug}-${admission}`, view, { admission, state: state({ starts_at: START + day * 24 * HOUR }) })),
});

function answer(path) {
  const [, kind, slug, rest = ""] = /\/api\/(events|series)\/([\w-]+)(\/.*)?$/.exec(path);
  const view = VIEWS[slug] ?? VIEWS.series;
  const own = view.answers?.[rest];
  if (own === "unreachable") return Promise.reject(new TypeError("unreachable"));
  if (own === never) return never;
  const usual = { "": () => (kind === "series" ? series(slug, view) : document_of(slug, view)), "/state.json": () => state(view.state), "/room": () => ({ phase: "live", room: null }), "/presence": () => signed };
  const told = typeof own === "function" ? own() : (own ?? usual[rest]?.() ?? {});
  return Promise.resolve(new Response(JSON.stringify(told), { status: told.code ? 401 : 200, headers: { "content-type": "application/json" } }));
}

const fetched = window.fetch.bind(window);
window.fetch = (asked, options) => {
  const address = asked.url ?? String(asked);
  return address.includes("/api/") ? answer(new URL(address).pathname) : fetched(asked, options);
};

for (const [slug, view] of Object.entries(VIEWS)) {
  if (view.pass) sessionStorage.setItem(`curtain-up:pass:https://events.example.com/api/events/${slug}`, JSON.stringify(view.pass));
}

addEventListener("DOMContentLoaded", () => {
  for (const [slug, { dates, attributes }] of Object.entries(VIEWS)) {
    const element = document.createElement("curtain-up");
    element.id = slug;
    element.setAttribute("event", `https://events.example.com/${dates ? "s" : "e"}/${slug}`);
    for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
    document.querySelector("main").append(element);
  }
});

const first = new Set();
addEventListener("curtain-up:ready", ({ target }) => {
  first.add(target.id);
  if (first.size < Object.keys(VIEWS).length) return;
  for (const [slug, { act }] of Object.entries(VIEWS)) act?.(slug);
  if (Object.values(VIEWS).some(({ looks }) => looks)) dispatchEvent(new Event("online"));
});

/// The views that are not there yet.
window.missing = () => {
  const there = ([slug, { view, sign }]) => root(slug).querySelector(`.view-${view}`) && (!sign || root(slug).querySelector(sign));
  return Object.entries(VIEWS).filter((one) => !document.getElementById(one[0])?.shadowRoot || !there(one)).map(([slug]) => slug);
};
window.views = () => Object.keys(VIEWS);

// What the tests of the ways in share: the real server with one event, Chromium by WebDriver, and a host for built pages.
// `cargo xtask test --only ways-in` runs them, and tells by variables where everything is.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What the test is told by a variable. */
export const needed = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run \`cargo xtask test --only ways-in\``);
  return value;
};

/** Where the tools from npm are. */
export const tools = () => needed("CURTAIN_UP_TOOLS");

const sleep = (time) => new Promise((done) => setTimeout(done, time));

/** A free port of this machine. */
export async function freePort() {
  const socket = createSocket().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Asks until there is an answer. */
export async function until(what, ask) {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    await sleep(100);
  }
  throw new Error(`${what} did not come`);
}

/** Runs a program to its end; its output is told where it fails. */
export function run(program, options, cwd, { input = "", env = {} } = {}) {
  try {
    return execFileSync(program, options, { cwd, input, env: { ...process.env, ...env }, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${program} ${options.join(" ")} ended with ${error.status}:\n${error.stdout}${error.stderr}`);
  }
}

/** Plays a test with a folder of its own, within that of the tools, so that projects find them. All it started ends with it. */
export async function play(test) {
  mkdirSync(join(tools(), "projects"), { recursive: true });
  const folder = mkdtempSync(join(tools(), "projects", "try-"));
  const ends = [];
  try {
    await test({ folder, ...stage(folder, (end) => ends.unshift(end)) });
  } finally {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function stage(folder, atTheEnd) {
  /** Starts a program that runs until the end. */
  const start = (program, options) => {
    const child = spawn(program, options, { stdio: "ignore" });
    const gone = once(child, "exit");
    atTheEnd(async () => {
      child.kill();
      await gone;
    });
  };

  /** A server with an event, planned as told; its origin. */
  async function serve(plan = {}) {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const program = needed("CURTAIN_UP_SERVER");
    const whole = { slug: "launch", title: "The launch", start: "2037-03-10T18:00", zone: "Europe/Berlin", duration_minutes: 60, ...plan };
    const data = ["--data", join(folder, "data")];
    run(program, ["event", "add", "-", ...data], folder, { input: JSON.stringify(whole) });
    start(program, ["serve", ...data, "--listen", `127.0.0.1:${port}`, "--public-url", origin, "--dev-mailbox"]);
    await until("the server", async () => (await fetch(`${origin}/healthz`)).ok);
    return { origin, host: (...words) => run(program, ["event", ...words, ...data], folder) };
  }

  /** Serves what was built, with this policy; the page's address. */
  async function host(dist, policy) {
    const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
    const server = createServer((request, response) => {
      const path = request.url.split("?")[0];
      const file = join(dist, path.startsWith("/assets/") ? path : "index.html");
      response.setHeader("content-type", kinds[extname(file)] ?? "text/plain");
      if (policy) response.setHeader("content-security-policy", policy);
      createReadStream(file).on("error", () => response.writeHead(404).end()).pipe(response);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    atTheEnd(() => server.closeAllConnections() ?? server.close());
    return `http://localhost:${server.address().port}/`;
  }

  /** Just enough of WebDriver. */
  async function browser() {
    const port = await freePort();
    start(needed("CURTAIN_UP_CHROMEDRIVER"), [`--port=${port}`]);
    const send = async (path, body) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: JSON.stringify(body) });
      const { value } = await response.json();
      if (value?.error) throw new Error(`${value.error}: ${value.message}`);
      return value;
    };
    const args = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en-US", "--window-size=1300,1000"];
    args.push("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run");
    const alwaysMatch = {
      "goog:chromeOptions": { binary: needed("CURTAIN_UP_CHROMIUM"), args },
      "goog:loggingPrefs": { browser: "ALL" },
    };
    const { sessionId } = await until("the browser", () => send("/session", { capabilities: { alwaysMatch } }));
    atTheEnd(() => fetch(`http://127.0.0.1:${port}/session/${sessionId}`, { method: "DELETE" }));
    const of = (path) => `/session/${sessionId}${path}`;
    const element = async (script) => Object.values(await send(of("/execute/sync"), { script, args: [] }))[0];
    return {
      open: (url) => send(of("/url"), { url }),
      script: (script) => send(of("/execute/sync"), { script, args: [] }),
      click: async (script) => send(of(`/element/${await element(script)}/click`), {}),
      type: async (script, text) => send(of(`/element/${await element(script)}/value`), { text }),
      console: async () => (await send(of("/se/log"), { type: "browser" })).map((entry) => entry.message),
      picture: async () => (await (await fetch(`http://127.0.0.1:${port}${of("/screenshot")}`)).json()).value,
    };
  }

  return { serve, host, browser, start };
}

// The package as people get it: packed, installed from its tarball into a Vite project, built, and opened in Chromium
// before the real server, with React 18 and 19, in StrictMode. Run `cargo xtask build` and
// `cargo build -p curtain-up-server` first. Everything happens in a folder that goes away.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const folder = mkdtempSync(join(tmpdir(), "curtain-up-react."));
const ended = [];
const run = (program, options, cwd, input, env) =>
  execFileSync(program, options, { cwd, input, env: { ...process.env, ...env }, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
const freePort = async () => {
  const socket = createSocket().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
};
const sleep = (time) => new Promise((done) => setTimeout(done, time));
async function until(what, ask) {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    await sleep(100);
  }
  throw new Error(`${what} did not come`);
}

/** A server with one event. */
async function serve() {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = join(root, "target/debug/curtain-up");
  const plan = { slug: "launch", title: "The launch", start: "2037-03-10T18:00", zone: "Europe/Berlin", duration_minutes: 60 };
  run(program, ["event", "add", "-", "--data", join(folder, "data")], folder, JSON.stringify(plan));
  const options = ["serve", "--data", join(folder, "data"), "--listen", `127.0.0.1:${port}`, "--public-url", origin, "--dev-mailbox"];
  const server = spawn(program, options, { stdio: "ignore" });
  ended.push(() => server.kill());
  await until("the server", async () => (await fetch(`${origin}/healthz`)).ok);
  return origin;
}

/** The package in a new Vite project, with this version of React; the folders that it was built into, by the mode. */
function build(version, tarball, origin) {
  const project = join(folder, `react-${version}`);
  mkdirSync(join(project, "src"), { recursive: true });
  const dependencies = { react: `^${version}`, "react-dom": `^${version}`, "curtain-up-react": `file:${tarball}` };
  const devDependencies = { vite: "^6", typescript: "^5.6", "@types/react": `^${version}`, "@types/react-dom": `^${version}` };
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "page", private: true, type: "module", dependencies, devDependencies }));
  writeFileSync(join(project, "index.html"), '<!doctype html><html lang="en"><body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>');
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { jsx: "react-jsx", strict: true, noEmit: true, module: "ESNext", moduleResolution: "bundler", target: "ES2021", lib: ["ES2021", "DOM"], skipLibCheck: true },
      include: ["src"],
    }),
  );
  writeFileSync(
    join(project, "src/main.tsx"),
    `import { StrictMode, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { CurtainUp, type CurtainUpElement } from "curtain-up-react";
function Page() {
  const [log, setLog] = useState<string[]>([]);
  const [shown, setShown] = useState(true);
  const [dark, setDark] = useState(false);
  const element = useRef<CurtainUpElement>(null);
  const say = (words: string) => setLog((before) => [...before, words]);
  return <>
    <button id="toggle" onClick={() => setShown(!shown)}>toggle</button>
    <button id="dark" onClick={() => setDark(!dark)}>dark</button>
    <button id="ask" onClick={() => say("ref " + element.current?.localName)}>ask</button>
    <pre>{log.join(" ")}</pre>
    {shown && <CurtainUp ref={element} event="${origin}/e/launch" className="mine" id="launch" theme={dark ? "dark" : "light"}
      prefill={{ first_name: "Ada" }} utm={{ source: "react" }}
      onReady={(happened) => say("ready:" + happened.detail.version)}
      onRegistered={() => say("registered:" + (dark ? "dark" : "light"))}
      onProblem={(happened) => say("problem:" + happened.detail.code)}>
      <a href="${origin}/e/launch">Register</a>
    </CurtainUp>}
  </>;
}
createRoot(document.getElementById("root")!).render(<StrictMode><Page /></StrictMode>);
`,
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], project);
  run("npx", ["tsc"], project);
  // StrictMode mounts everything twice, in development only.
  return ["development", "production"].map((mode) => {
    run("npx", ["vite", "build", "--mode", mode, "--outDir", mode], project, "", { NODE_ENV: mode });
    return [mode, join(project, mode)];
  });
}

async function host(dist) {
  const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const server = createServer((request, response) => {
    const path = request.url.split("?")[0];
    const file = join(dist, path.startsWith("/assets/") ? path : "index.html");
    response.setHeader("content-type", kinds[extname(file)] ?? "text/plain");
    createReadStream(file).on("error", () => response.writeHead(404).end()).pipe(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  ended.push(() => server.close());
  return `http://localhost:${server.address().port}/`;
}

/** Just enough of WebDriver. */
async function browser() {
  const port = await freePort();
  const driver = spawn(process.env.CURTAIN_UP_CHROMEDRIVER ?? "/usr/bin/chromedriver", [`--port=${port}`], { stdio: "ignore" });
  ended.push(() => driver.kill());
  const send = async (path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: JSON.stringify(body) });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const binary = process.env.CURTAIN_UP_CHROMIUM ?? "/usr/bin/chromium";
  const args = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en-US"];
  const alwaysMatch = { "goog:chromeOptions": { binary, args }, "goog:loggingPrefs": { browser: "ALL" } };
  const { sessionId } = await until("the browser", () => send("/session", { capabilities: { alwaysMatch } }));
  ended.unshift(() => fetch(`http://127.0.0.1:${port}/session/${sessionId}`, { method: "DELETE" }));
  const of = (path) => `/session/${sessionId}${path}`;
  return {
    open: (url) => send(of("/url"), { url }),
    script: (script) => send(of("/execute/sync"), { script, args: [] }),
    console: async () => (await send(of("/se/log"), { type: "browser" })).map((entry) => entry.message),
  };
}

async function play(page, address) {
  const inside = "const e = document.querySelector('curtain-up'); const r = e?.shadowRoot; const field = name => r?.querySelector(`[name=\"${name}\"]`);";
  const log = () => page.script("return document.querySelector('pre').textContent");
  await page.open(address);
  await until("the form", () => page.script(`${inside} return !!field('email')`));
  assert.equal(await log(), "ready:1", "once, in StrictMode too");
  assert.equal(await page.script("return document.querySelectorAll('script[src$=\"/curtain-up.js\"]').length"), 1);
  assert.deepEqual(
    await page.script(`${inside} return [e.getAttribute('class'), e.id, e.getAttribute('theme'), e.getAttribute('prefill-first-name'), e.getAttribute('utm-source'), e.hasAttribute('classname'), e.hasAttribute('lang')]`),
    ["mine", "launch", "light", "Ada", "react", false, false],
  );

  await page.script("document.querySelector('#dark').click(); document.querySelector('#ask').click()");
  await until("another theme", () => page.script(`${inside} return e.getAttribute('theme') === 'dark'`));
  assert.match(await log(), /ref curtain-up$/);

  const type = (name, value) =>
    page.script(`${inside} field('${name}').value = '${value}'; field('${name}').dispatchEvent(new Event('input', { bubbles: true, composed: true }))`);
  await type("first_name", "Ada");
  await type("last_name", "Lovelace");
  await type("email", "ada@example.com");
  await page.script(`${inside} r.querySelector('form').requestSubmit()`);
  // The handler of now, not the one of the first rendering.
  await until("the registration", async () => (await log()).includes("registered:dark"));
  assert.equal((await log()).match(/registered/g).length, 1);

  const before = await log();
  await page.script("document.querySelector('#toggle').click()");
  await until("nothing", () => page.script("return !document.querySelector('curtain-up')"));
  await page.script("document.querySelector('#toggle').click()");
  await until("the element again", async () => (await log()) !== before && (await log()).endsWith("ready:1"));
  assert.deepEqual((await page.console()).filter((message) => !/favicon|React DevTools/.test(message)), [], "nothing in the console");
}

try {
  run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], here);
  run("npm", ["pack", "--pack-destination", folder], here);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
  const origin = await serve();
  const page = await browser();
  for (const version of ["18", "19"]) {
    for (const [mode, dist] of build(version, tarball, origin)) {
      await play(page, await host(dist));
      console.log(`ok    React ${version}, ${mode}`);
    }
  }
} finally {
  for (const end of ended) await end();
  await sleep(300);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

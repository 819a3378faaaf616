// The package as people get it: packed, installed from its tarball into a Vite project, built, and opened in Chromium
// before the real server, with React 18 and 19, in StrictMode. Everything happens in a folder that goes away.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { play, run, tools, until } from "../stage.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The package, compiled and packed; its tarball. */
function pack(folder) {
  const source = join(folder, "package");
  for (const name of ["package.json", "tsconfig.json", "src"]) cpSync(join(here, name), join(source, name), { recursive: true });
  run(join(tools(), "node_modules/.bin/tsc"), [], source);
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], source);
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
}

/** The package in a new Vite project, with this version of React; the folders that it was built into, by the mode. */
function build(folder, version, tarball, origin) {
  const project = join(folder, `react-${version}`);
  mkdirSync(join(project, "src"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "page", private: true, type: "module" }));
  run("npm", ["install", "--offline", "--legacy-peer-deps", "--no-audit", "--no-fund", "--no-package-lock", tarball], project);
  // The tools have 19; a copy of its own is nearer.
  if (version === "18") {
    for (const name of ["react", "react-dom"]) {
      cpSync(join(tools(), `node_modules/${name}-18`), join(project, "node_modules", name), { recursive: true });
    }
  }
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
    `import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { CurtainUp, type CurtainUpElement } from "curtain-up-react";
function Page() {
  const [log, setLog] = useState<string[]>([]);
  const [shown, setShown] = useState(true);
  const [dark, setDark] = useState(false);
  const element = useRef<CurtainUpElement>(null);
  // Before any program could have come.
  useEffect(() => element.current?.open(), [shown]);
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
      onMoved={() => say("moved")} onCancelled={() => say("cancelled")}
      onProblem={(happened) => say("problem:" + happened.detail.code)}>
      <a href="${origin}/e/launch">Register</a>
    </CurtainUp>}
  </>;
}
createRoot(document.getElementById("root")!).render(<StrictMode><Page /></StrictMode>);
`,
  );
  run(join(tools(), "node_modules/.bin/tsc"), [], project);
  // StrictMode mounts everything twice, in development only.
  return ["development", "production"].map((mode) => {
    run(join(tools(), "node_modules/.bin/vite"), ["build", "--mode", mode, "--outDir", mode], project, { env: { NODE_ENV: mode } });
    return [mode, join(project, mode)];
  });
}

async function walk(page, address, host) {
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

  assert.equal(await page.script(`${inside} return Object.hasOwn(e, 'open')`), false, "the element's own method is there");
  await page.script(`${inside} e.layout = 'button'`);
  await until("the dialog, which was opened before there was a program", () => page.script(`${inside} return r.querySelector('dialog')?.open`));
  await page.script(`${inside} e.close(); e.layout = 'inline'`);
  await until("the form on the page", () => page.script(`${inside} return !r.querySelector('dialog') && !!field('email')`));

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

  host("move", "launch", "--start", "2037-04-10T18:00");
  await page.script("dispatchEvent(new Event('online'))");
  await until("the new start", async () => (await log()).endsWith("moved"));

  const before = await log();
  await page.script("document.querySelector('#toggle').click()");
  await until("nothing", () => page.script("return !document.querySelector('curtain-up')"));
  await page.script("document.querySelector('#toggle').click()");
  await until("the element again", async () => (await log()) !== before && (await log()).endsWith("ready:1"));
  host("cancel", "launch");
  await page.script("dispatchEvent(new Event('online'))");
  await until("the cancellation", async () => (await log()).endsWith("cancelled"));
  host("move", "launch", "--start", "2037-03-10T18:00");
  assert.deepEqual((await page.console()).filter((message) => !/favicon|React DevTools/.test(message)), [], "nothing in the console");
}

await play(async ({ folder, serve, host, browser }) => {
  const { origin, host: says } = await serve();
  const tarball = pack(folder);
  const page = await browser();
  for (const version of ["18", "19"]) {
    for (const [mode, dist] of build(folder, version, tarball, origin)) {
      await walk(page, await host(dist), says);
      console.log(`ok    React ${version}, ${mode}`);
    }
  }
});
process.exit(0);

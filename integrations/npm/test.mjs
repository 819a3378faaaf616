// The package `curtain-up` as people get it: packed by `cargo xtask pack`, installed from its tarball into a Vite project,
// checked by TypeScript, built, and opened in Chromium under a strict policy, before the real server.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { play, run, tools, until } from "../stage.mjs";

const INSIDE = "const e = document.querySelector('curtain-up'), field = name => e?.shadowRoot?.querySelector(`[name=\"${name}\"]`);";

/** A Vite project with this program, built; the folder that holds it. */
function build(folder, name, origin, program) {
  const project = join(folder, name);
  mkdirSync(join(project, "src"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
  writeFileSync(
    join(project, "index.html"),
    `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,"><script type="module" src="/src/main.ts"></script></head>
    <body><curtain-up event="${origin}/e/launch"><a href="${origin}/e/launch">Register</a></curtain-up></body></html>`,
  );
  const compilerOptions = { strict: true, noEmit: true, module: "ESNext", moduleResolution: "bundler", target: "ES2022", lib: ["ES2022", "DOM"], types: [] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  writeFileSync(join(project, "src/main.ts"), program);
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", process.env.CURTAIN_UP_TARBALL], project);
  run(join(tools(), "node_modules/.bin/tsc"), [], project);
  run(join(tools(), "node_modules/.bin/vite"), ["build", "--outDir", "built"], project);
  return join(project, "built");
}

await play(async ({ folder, serve, host, browser }) => {
  const { origin } = await serve();
  const page = await browser();
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${origin}; style-src 'self'; img-src data:`;

  const defining = `import "curtain-up/define";
    document.addEventListener("curtain-up:ready", (event) => { document.title = event.detail.view satisfies string; });`;
  await page.open(await host(build(folder, "defining", origin, defining), policy));
  await until("the form", () => page.script(`${INSIDE} return !!field('email')`));
  assert.equal(await page.script("return document.title"), "form");
  const foreign = `return performance.getEntriesByType('resource').map(e => e.name).filter(name => name.startsWith('${origin}'))`;
  assert.deepEqual(await page.script(foreign), [`${origin}/api/events/launch`], "all files come from the page's own site");
  assert.deepEqual(await page.console(), [], "nothing in the console");
  console.log("ok    curtain-up/define in a Vite project, under a strict policy");

  // As pages are rendered: without a document, the element is nothing yet, and nothing fails.
  const rendered = run("node", ["--input-type=module", "-e", "import 'curtain-up/define'; console.log('rendered')"], join(folder, "defining"));
  assert.equal(rendered, "rendered\n");
  console.log("ok    curtain-up/define where a server renders the page");

  const later = `import { CurtainUp, define } from "curtain-up";
    const known = () => String(customElements.get("curtain-up") === CurtainUp);
    document.documentElement.dataset.before = known();
    Object.assign(window, { defines: () => { define(); return known(); } });
    export const theme: "light" | "dark" | "auto" | "" = document.querySelector("curtain-up")!.theme;`;
  await page.open(await host(build(folder, "later", origin, later), policy));
  await until("the program", () => page.script("return !!window.defines"));
  assert.equal(await page.script("return document.documentElement.dataset.before"), "false", "importing it changes nothing");
  assert.equal(await page.script("return document.querySelector('a').checkVisibility()"), true);
  assert.equal(await page.script("return defines()"), "true");
  await until("the form", () => page.script(`${INSIDE} return !!field('email')`));
  await page.script("document.querySelector('curtain-up').preview = 'live'");
  await until("a sample", () => page.script("return document.querySelector('curtain-up').shadowRoot.textContent.includes('A sample event') || document.querySelector('curtain-up').shadowRoot.textContent.includes('The room is open')"));
  assert.deepEqual(await page.console(), [], "nothing in the console");
  console.log("ok    curtain-up without a side effect, defined when the page says so");
});
process.exit(0);

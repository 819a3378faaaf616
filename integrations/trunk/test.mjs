// `trunk serve`, as people expect of a Leptos project: index.html at Trunk's own address, with the widget as the sources are,
// before the real server.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, needed, play, root, until } from "../stage.mjs";

const INSIDE = "const r = document.querySelector('curtain-up')?.shadowRoot, field = name => r?.querySelector(`[name=\"${name}\"]`);";

/** As Trunk.toml says, but for the port of the server: others use this machine, too. */
function configuration(folder, origin) {
  const absolute = (list) => list.replace(/"([^"]+)"/g, (_, name) => JSON.stringify(join(root, name)));
  const told = readFileSync(join(root, "Trunk.toml"), "utf8").replaceAll("http://127.0.0.1:3000", origin).replace(/^watch = .*$/m, absolute);
  const file = join(folder, "Trunk.toml");
  writeFileSync(file, told);
  return file;
}

await play(async ({ folder, serve, start, browser }) => {
  const { origin } = await serve();
  const page = await browser();
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  start(needed("CURTAIN_UP_TRUNK"), ["serve", "--config", configuration(folder, origin), "--port", `${port}`, join(root, "index.html")]);
  await until("Trunk", async () => (await fetch(home)).ok);

  await page.open(home);
  await until("the form", () => page.script(`${INSIDE} return !!field('email')`));
  const requests = await page.script("return performance.getEntriesByType('resource').map(e => new URL(e.name).origin)");
  assert.deepEqual([...new Set(requests)], [home], "everything comes from Trunk's own address");
  console.log("ok    index.html shows the form under trunk serve");

  const person = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.com" };
  for (const [name, text] of Object.entries(person)) await page.type(`${INSIDE} return field('${name}')`, text);
  if (process.env.CURTAIN_UP_PICTURES) writeFileSync(join(process.env.CURTAIN_UP_PICTURES, "trunk.png"), await page.picture(), "base64");
  await page.click(`${INSIDE} return r.querySelector("[type=submit]")`);
  await until("the confirmation", () => page.script(`${INSIDE} return !!r.querySelector('.view-registered')`));
  assert.deepEqual(await page.console(), [], "nothing in the console");
  console.log("ok    somebody registers by it");
});
process.exit(0);

// The block in the editor of a real WordPress, in Chromium: put in, filled in, published, seen by a visitor, opened again.
// test.sh has set the site up; its address is the argument.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { play, until } from "../stage.mjs";

const [site] = process.argv.slice(2);
const labelled = (words) => `[...document.querySelectorAll('label')].find(label => label.textContent.trim() === '${words}')?.control`;

await play(async ({ serve, browser }) => {
  const { origin } = await serve();
  const page = await browser();
  const keep = async (name) => {
    if (process.env.CURTAIN_UP_PICTURES) writeFileSync(`${process.env.CURTAIN_UP_PICTURES}/${name}.png`, await page.picture(), "base64");
  };
  await page.open(`${site}/wp-login.php`);
  await page.script("document.querySelector('#user_login').value = 'author'; document.querySelector('#user_pass').value = 'secret'; document.querySelector('#loginform').submit()");
  await until("the desk of WordPress", () => page.script("return location.pathname.startsWith('/wp-admin')"));

  await page.open(`${site}/wp-admin/post-new.php?post_type=page`);
  await until("the editor", () => page.script("return !!window.wp?.data?.select('core/block-editor') && !!document.querySelector('.block-editor-writing-flow, .edit-post-visual-editor')"));
  // As for somebody who has seen the tour.
  await page.script("wp.data.dispatch('core/preferences')?.set('core/edit-post', 'welcomeGuide', false)");
  const known = await page.script("const type = wp.blocks.getBlockType('curtain-up/event'); return type && [type.title, type.category]");
  assert.deepEqual(known, ["Curtain Up", "embed"]);
  await page.script("const block = wp.blocks.createBlock('curtain-up/event'); wp.data.dispatch('core/block-editor').insertBlocks(block); wp.data.dispatch('core/block-editor').selectBlock(block.clientId)");
  await until("the block's fields", () => page.script(`return !!${labelled("Address of the event")}`));
  await page.type(`return ${labelled("Address of the event")}`, `${origin}/e/launch`);
  await page.type(`return ${labelled("Words of the link, where the form cannot be shown")}`, "Come in");
  await keep("wordpress-editor");
  await page.script("wp.data.dispatch('core/editor').editPost({ title: 'A launch', slug: 'by-hand', status: 'publish' }); wp.data.dispatch('core/editor').savePost()");
  await until("the page to be published", () => page.script("const editor = wp.data.select('core/editor'); return editor.isCurrentPostPublished() && !editor.isSavingPost() && !editor.isEditedPostDirty()"));
  const saved = await page.script("return wp.data.select('core/editor').getEditedPostContent()");
  assert.equal(saved, `<!-- wp:curtain-up/event {"event":"${origin}/e/launch","text":"Come in"} /-->`);
  const edit = await page.script("return '/wp-admin/post.php?action=edit&post=' + wp.data.select('core/editor').getCurrentPostId()");
  console.log("ok    the block is put in, filled in and published in the editor");

  await page.open(`${site}/by-hand/`);
  await until("the form", () => page.script("return !!document.querySelector('curtain-up')?.shadowRoot?.querySelector('[name=email]')"));
  assert.equal(await page.script("return document.querySelector('curtain-up a').textContent"), "Come in");
  await keep("wordpress-page");
  console.log("ok    a visitor sees the form");

  await page.open(site + edit);
  await until("the block again", () => page.script(`return ${labelled("Address of the event")}?.value === '${origin}/e/launch'`));
  const valid = await page.script("return wp.data.select('core/block-editor').getBlocks().map(block => [block.name, block.isValid])");
  assert.deepEqual(valid, [["curtain-up/event", true]]);
  console.log("ok    the editor opens it again as it was");
});
process.exit(0);

//! The element in the hands of frameworks, which draw again, take away and put back as they like.

use crate::stage::play;
use std::{
    io::Write,
    process::{Command, Stdio},
};

/// Draws the element twice in development, as strict mode does, and again whenever it is asked to.
const REACT: &str = "
    import { StrictMode, createElement as h, useEffect, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    const App = () => {
        const [shown, show] = useState(true);
        const [times, draw] = useState(0);
        useEffect(() => { window.app = { show, draw: () => draw(times => times + 1) }; });
        return h('main', { 'data-times': times }, shown && h('curtain-up', { event: window.address, 'data-times': times }, h('a', { href: window.address }, 'Register')));
    };
    createRoot(document.querySelector('#app')).render(h(StrictMode, null, h(App)));
";

const VUE: &str = "
    import { createApp, h, ref } from 'vue';
    const shown = ref(true), times = ref(0);
    window.app = { show: value => { shown.value = value; }, draw: () => { times.value++; } };
    createApp({
        render: () => h('main', { 'data-times': times.value },
            shown.value ? [h('curtain-up', { event: window.address, 'data-times': times.value }, [h('a', { href: window.address }, 'Register')])] : []),
    }).mount('#app');
";

const SVELTE: &str = "
    <script>
        import { untrack } from 'svelte';
        let shown = $state(true), times = $state(0);
        untrack(() => { window.app = { show: value => { shown = value; }, draw: () => { times++; } }; });
    </script>
    <main data-times={times}>
        {#if shown}<curtain-up event={window.address} data-times={times}><a href={window.address}>Register</a></curtain-up>{/if}
    </main>
";

/// Navigation without a reload: a page is fetched and takes the other's place, and one that was seen before is shown from
/// a copy of its elements.
const TURBO: &str = "import { visit } from '@hotwired/turbo'; window.visit = path => visit(path);";

/// Swaps what a page shows for another and back, as libraries for navigation without a reload do.
const SWAP: &str = "
    const body = document.querySelector('#app'), html = `<curtain-up event=\"${window.address}\"><a href=\"${window.address}\">Register</a></curtain-up>`;
    body.innerHTML = html;
    window.app = {
        draw: () => body.replaceWith(body),
        show: value => { body.innerHTML = value ? html : '<p>Another page</p>'; },
    };
";

#[test]
fn react_in_strict_mode_draws_again_takes_away_and_puts_back() {
    draws_again_takes_away_and_puts_back(REACT);
}

#[test]
fn vue_draws_again_takes_away_and_puts_back() {
    draws_again_takes_away_and_puts_back(VUE);
}

#[test]
fn svelte_draws_again_takes_away_and_puts_back() {
    let compiled = compiled(SVELTE);
    draws_again_takes_away_and_puts_back(&format!(
        "{compiled}; import {{ mount }} from 'svelte'; mount(Page, {{ target: document.querySelector('#app') }});"
    ));
}

#[test]
fn turbo_leaves_the_page_and_comes_back() {
    let program = bundled(TURBO);
    play(
        |_| {},
        async |stage| {
            let browser = &stage.browser;
            let (with, without) = (format!("<curtain-up event='{}/e/launch'></curtain-up>", stage.server), "<p>Another page</p>");
            let site = stage.site_with(&[("/", &with), ("/other", without)], &program).await;
            browser.open_page(&site).await;
            let forms = "everything.filter(e => e.localName === 'form').length";
            browser.until("the form", "labelled('Email')").await;
            browser.script("window.same = true").await;
            for _ in 0..3 {
                browser.script("visit('/other')").await;
                browser.sees("Another page").await;
                browser.until("no form", &format!("{forms} === 0")).await;
                browser.script("history.back()").await;
                browser.until("one form", &format!("{forms} === 1")).await;
                browser.script("visit('/')").await;
                browser.until("one form, fetched anew", &format!("{forms} === 1 && labelled('Email')")).await;
            }
            browser.fills("First name", "Ada").await;
            assert!(browser.script("return window.same").await == true, "no reload");
            assert_eq!(browser.console().await, Vec::<String>::new());
        },
    );
}

#[test]
fn a_page_that_swaps_what_it_shows_draws_again_takes_away_and_puts_back() {
    draws_again_takes_away_and_puts_back(SWAP);
}

fn draws_again_takes_away_and_puts_back(source: &str) {
    let program = bundled(source);
    play(
        |_| {},
        async |stage| {
            let browser = &stage.browser;
            stage.open_marketing_page().await;
            browser.until("the form", "labelled('Email')").await;
            let address = format!("{}/e/{}", stage.server, stage.slug);
            browser.script(&format!("window.address = '{address}'; document.body.innerHTML = '<div id=\"app\"></div>'; {program}")).await;
            let forms = "everything.filter(e => e.localName === 'form').length";
            browser.fills("First name", "Ada").await;
            browser.script("app.draw()").await;
            browser.until("another drawing", "document.querySelector('main')?.dataset.times !== '0'").await;
            assert_eq!(browser.value_of("First name").await, "Ada");
            for _ in 0..3 {
                browser.script("app.show(false)").await;
                browser.until("no form", &format!("{forms} === 0")).await;
                browser.script("app.show(true)").await;
                browser.until("one form", &format!("{forms} === 1")).await;
            }
            browser.fills("First name", "Ada").await;
            let console = browser.console().await;
            let of_ours: Vec<_> =
                console.iter().filter(|line| !line.contains("development build") && !line.contains("React DevTools")).collect();
            assert!(of_ours.is_empty(), "{of_ours:?}");
        },
    );
}

/// A program with all that it imports, as a page loads it.
fn bundled(source: &str) -> String {
    let mut esbuild = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/node_modules/.bin/esbuild"));
    esbuild.args(["--bundle", "--format=iife", "--define:process.env.NODE_ENV=\"development\"", "--log-level=warning"]);
    esbuild.args([
        "--define:__VUE_OPTIONS_API__=true",
        "--define:__VUE_PROD_DEVTOOLS__=false",
        "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false",
    ]);
    piped(&mut esbuild, source)
}

/// What Svelte's compiler makes of a component, by the name of `Page`.
fn compiled(component: &str) -> String {
    let compile = "import('svelte/compiler').then(({ compile }) => process.stdout.write(compile(require('fs').readFileSync(0, 'utf8'), { name: 'Page', dev: true }).js.code))";
    let code = piped(Command::new("node").args(["-e", compile]), component);
    assert!(code.contains("export default function Page"), "{code}");
    code.replace("export default function Page", "function Page").replace("export default Page", "")
}

/// Runs one of the tools, with this for its input.
fn piped(tool: &mut Command, input: &str) -> String {
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools");
    let mut running =
        tool.current_dir(tools).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a tool; run `cargo xtask setup`");
    running.stdin.take().expect("its input").write_all(input.as_bytes()).expect("read");
    let output = running.wait_with_output().expect("a tool");
    assert!(output.status.success(), "{tool:?} ended with {}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

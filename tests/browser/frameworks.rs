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
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools");
    let mut esbuild = Command::new(format!("{tools}/node_modules/.bin/esbuild"))
        .args(["--bundle", "--format=iife", "--define:process.env.NODE_ENV=\"development\"", "--log-level=warning"])
        .args([
            "--define:__VUE_OPTIONS_API__=true",
            "--define:__VUE_PROD_DEVTOOLS__=false",
            "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false",
        ])
        .current_dir(tools)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("esbuild; run `cargo xtask setup`");
    esbuild.stdin.take().expect("its input").write_all(source.as_bytes()).expect("read");
    let output = esbuild.wait_with_output().expect("esbuild");
    assert!(output.status.success(), "esbuild ended with {}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

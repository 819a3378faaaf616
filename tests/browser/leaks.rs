//! A thousand times put in and taken out: nothing of it stays.

use crate::{browser::Browser, stage::play};

/// Counts what runs and what listens, from before the widget is there.
const COUNTS: &str = "
    const timers = window.timers = new Set(), listeners = window.listeners = new Map();
    const { setTimeout: set, clearTimeout: clear, setInterval: every, clearInterval: stop } = window;
    window.setTimeout = (work, after, ...rest) => { const id = set((...given) => { timers.delete(id); work(...given); }, after, ...rest); timers.add(id); return id; };
    window.setInterval = (...given) => { const id = every(...given); timers.add(id); return id; };
    window.clearTimeout = id => { timers.delete(id); clear(id); };
    window.clearInterval = id => { timers.delete(id); stop(id); };
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const outside = target => target === window || target === document || target === document.documentElement || target === document.body;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
        const target = this ?? window;
        if (outside(target)) listeners.set(type, (listeners.get(type) ?? 0) + 1);
        return add.call(target, type, ...rest);
    };
    EventTarget.prototype.removeEventListener = function (type, ...rest) {
        const target = this ?? window;
        if (outside(target)) listeners.set(type, (listeners.get(type) ?? 0) - 1);
        return remove.call(target, type, ...rest);
    };
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
        const made = await instantiateStreaming(...given);
        window.memory = made.instance.exports.memory;
        return made;
    };
    window.running = () => timers.size;
    window.listening = () => [...listeners].filter(([, count]) => count).map(([type, count]) => `${type}: ${count}`).join(' ');
    // One element after the other, each until its first view is drawn.
    window.mounts = async times => {
        const html = window.html ??= document.querySelector('curtain-up').outerHTML;
        for (const old of document.querySelectorAll('curtain-up')) old.remove();
        for (let time = 0; time < times; time++) {
            const place = document.createElement('div');
            const ready = new Promise(done => place.addEventListener('curtain-up:ready', done, { once: true }));
            place.innerHTML = html;
            document.body.append(place);
            await ready;
            place.remove();
        }
        await new Promise(done => set(done, 1000));
    };
";

#[test]
fn a_thousand_mounts_and_unmounts_leave_no_memory_no_timer_and_no_listener() {
    play(
        |_| {},
        async |stage| {
            let browser = &stage.browser;
            browser.before_every_page(COUNTS).await;
            stage.open_marketing_page().await;
            browser.until("the form", "labelled('Email')").await;
            // What is made once, such as compiled code, tables and the pages of the heap, is there after some.
            browser.plays_long("await mounts(200)").await;
            let before = taken(browser).await;
            for _ in 0..4 {
                browser.plays_long("await mounts(250)").await;
            }
            let grown = taken(browser).await - before;
            eprintln!("1,000 mounts and unmounts: {grown} bytes more");
            assert!(grown < 1_000_000, "{grown} bytes more");
            assert_eq!(browser.script("return running()").await, 0, "timers");
            assert_eq!(browser.script("return listening()").await, "", "listeners");
            assert_eq!(browser.console().await, Vec::<String>::new());
        },
    );
}

/// What the page takes, and the WebAssembly's own memory, which never shrinks.
async fn taken(browser: &Browser) -> i64 {
    browser.memory().await + browser.script("return memory.buffer.byteLength").await.as_i64().expect("a size")
}

#[test]
fn five_countdowns_share_one_ticker() {
    play(
        |_| {},
        async |stage| {
            let browser = &stage.browser;
            browser.before_every_page(COUNTS).await;
            let beats = "{ const set = window.setTimeout; window.beats = 0;
                window.setTimeout = (work, after, ...rest) => { if (after <= 1000) beats++; return set(work, after, ...rest); }; }";
            browser.before_every_page(beats).await;
            let element = format!("<curtain-up view=countdown event='{}/e/launch'></curtain-up>", stage.server);
            browser.open_page(&stage.page_with(&element.repeat(5)).await).await;
            browser.until("five countdowns", "everything.filter(e => e.getAttribute('role') === 'timer').length === 5").await;
            // What each of them waits for, a mark or the next poll, which they share; and the ticker.
            browser.until("what runs once they stand", "running() === 6").await;
            browser.script("window.beats = 0").await;
            tokio::time::sleep(std::time::Duration::from_millis(4_500)).await;
            let beats = browser.script("return beats").await.as_i64().expect("a number");
            assert!((1..=6).contains(&beats), "{beats} beats in four and a half seconds");
        },
    );
}

#[test]
fn somebody_who_was_let_in_leaves_no_timer_and_no_listener_either() {
    play(
        |_| {},
        async |stage| {
            let browser = &stage.browser;
            browser.before_every_page(COUNTS).await;
            browser.open_page(&stage.link_of_somebody_registered("ada@example.com").await).await;
            browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
            // What goes along with them listens for as long as they are there.
            browser.until("the companion", "performance.getEntriesByType('resource').some(e => e.name.includes('/companion-'))").await;
            browser.until("that it listens", "listening().includes('securitypolicyviolation: 1')").await;
            browser.script("document.querySelector('curtain-up').remove()").await;
            browser.until("nothing", "running() === 0 && listening() === ''").await;
        },
    );
}

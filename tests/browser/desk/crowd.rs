//! A hundred thousand people: the table keeps few of them in the page, wherever one scrolls to.

use super::host::AtTheDesk;
use crate::stage::{Stage, play};
use serde_json::json;
use sqlx::{Connection, Executor, SqliteConnection};
use std::time::Instant;

/// So many rows are never in the page at once.
const BOUND: u64 = 80;

impl Stage {
    async fn seeds_a_hundred_thousand_people(&self) {
        let event = self.store.event(&self.slug).await.expect("an event");
        let mut connection = SqliteConnection::connect(&self.database()).await.expect("the database");
        let crowd = format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
             INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat,
                sealed_key, registered_at, updated_at, search_text)
             SELECT printf('01957ab0-0000-7000-8000-%012x', i), '{}', 'p' || i || '@example.com', 'p' || i || '@example.com', 'Person', i,
                '[]', '[]', '{{}}', 'confirmed', '', {now} + i, {now} + i, i || ' person p' || i || '@example.com' FROM n",
            event.id,
            now = self.clock.now().0
        );
        connection.execute(sqlx::AssertSqlSafe(crowd)).await.expect("a crowd");
    }
}

impl AtTheDesk<'_> {
    async fn rows(&self) -> u64 {
        self.browser()
            .script("return document.querySelectorAll('.scroller tbody tr[aria-rowindex]').length")
            .await
            .as_u64()
            .expect("a number")
    }

    /// Scrolls to the end of what came so far, until the person with this number is in the page.
    async fn scrolls_to(&self, person: usize) {
        let script = format!(
            "const scroller = document.querySelector('.scroller'); let most = 0, made = 0, blocked = 0;
             const added = record => [...record.addedNodes].filter(node => node.localName === 'tr').length;
             const making = new MutationObserver(records => records.forEach(record => made += added(record)));
             making.observe(scroller.querySelector('tbody'), {{ childList: true }});
             const blocking = new PerformanceObserver(list => list.getEntries().forEach(task => blocked += task.duration));
             blocking.observe({{ entryTypes: ['longtask'] }});
             const begun = performance.now();
             const rows = () => document.querySelectorAll('.scroller tbody tr[aria-rowindex]').length;
             const there = () => [...document.querySelectorAll('.scroller .person')].some(e => e.textContent === 'Person {person}');
             for (const until = Date.now() + 120000; !there() && Date.now() < until;) {{
                 scroller.scrollTop = scroller.scrollHeight;
                 await new Promise(done => setTimeout(done, 20));
                 most = Math.max(most, rows());
             }}
             making.disconnect();
             blocking.disconnect();
             Object.assign(window, {{ mostRows: most, madeRows: made, blocked: blocked / (performance.now() - begun) }});
             if (!there()) throw new Error('never came to person {person}');"
        );
        self.browser().plays_long(&script).await;
    }
}

#[test]
fn a_hundred_thousand_people_are_scrolled_searched_and_sorted_with_few_rows_in_the_page() {
    play(
        |_| (),
        async |stage| {
            stage.seeds_a_hundred_thousand_people().await;
            let host = stage.host().await;
            let browser = host.browser();
            let begun = Instant::now();
            host.goes_to_the_people_dashboard().await;
            browser.sees("Person 1").await;
            browser.sees("100,000 people").await;
            let first = begun.elapsed();
            assert!(host.rows().await < BOUND);
            let begun = Instant::now();
            host.scrolls_to(4_000).await;
            let scrolled = begun.elapsed();
            let most = browser.script("return window.mostRows").await;
            assert!(most.as_u64().is_some_and(|most| 0 < most && most < BOUND), "{most} rows");
            // However far one scrolls, the work is that of the rows that one sees: each is made once at most.
            let made = browser.script("return window.madeRows").await;
            assert!(made.as_u64().is_some_and(|made| 0 < made && made < 4_000), "{made} rows made");
            let blocked = browser.script("return window.blocked").await.as_f64().expect("a share") * 100.0;
            let begun = Instant::now();
            browser.fills("Search", "p77777@").await;
            browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
            browser.sees("Person 77777").await;
            let searched = begun.elapsed();
            browser.fills("Search", " ").await;
            browser.until("all of them", "everything.some(e => words(e) === '100,000 people')").await;
            browser.clicks("Registered at ↑").await;
            browser.sees("Person 100000").await;
            assert_eq!(browser.script("return document.querySelector('.scroller').scrollTop").await, json!(0));
            // Figures for whoever reads along; a busy machine must break nothing.
            eprintln!("first page {first:?}, 4,000 people scrolled {scrolled:?} (blocked {blocked:.1} % of it), search {searched:?}");
        },
    );
}

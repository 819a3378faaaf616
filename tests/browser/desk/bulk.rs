//! Links for many: to whom, how far it is, and a button that stops it.

use super::host::AtTheDesk;
use crate::stage::{Stage, play};
use curtain_up_server::{
    mail::bounce::{Bounce, Returned},
    store::address::BounceKind,
};
use sqlx::{Connection, Executor, SqliteConnection};

/// For so many something is done at once.
const BATCH: usize = 100;

impl Stage {
    pub(super) async fn database_does(&self, sql: &str) {
        let mut connection = SqliteConnection::connect(&self.database()).await.expect("the database");
        connection.execute(sqlx::AssertSqlSafe(sql)).await.expect(sql);
    }

    /// A host who has begun to resend to all of so many people; every job is held up after its first part.
    async fn host_with_a_job_held_up(&self, people: usize) -> AtTheDesk<'_> {
        self.database_does("CREATE TRIGGER held BEFORE UPDATE ON jobs WHEN NEW.done > 100 BEGIN SELECT RAISE(ABORT, 'held'); END").await;
        let host = self.host_at_the_people().await;
        host.browser().sees("Ada Lovelace").await;
        host.resends_to("Everybody the filter shows").await;
        host.browser().sees(&format!("{BATCH} of {people}")).await;
        host
    }

    async fn lets_jobs_go_on(&self) {
        self.database_does("DROP TRIGGER held").await;
    }

    /// To whom the mails went that came since there were so many.
    async fn recipients_since(&self, before: usize, count: usize) -> Vec<String> {
        let mut recipients = Vec::new();
        for number in before..before + count {
            let link = self.link_in_mail(number).await;
            recipients.push(curtain_up_protocol::AccessLink::parse(&link).expect("a link").email);
        }
        recipients.sort();
        recipients
    }
}

impl AtTheDesk<'_> {
    async fn resends_to(&self, whom: &str) {
        self.browser().clicks("Resend to many").await;
        self.chooses_in("To", whom).await;
        self.submits().await;
    }
}

#[test]
fn a_job_shows_how_far_it_is_and_is_stopped() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(BATCH + 20).await;
            let before = stage.mails();
            let host = stage.host_with_a_job_held_up(BATCH + 20).await;
            let browser = host.browser();
            browser
                .until("the bar", "document.querySelector('progress')?.value === 100 && document.querySelector('progress').max === 120")
                .await;
            browser.picture("desk-job").await;
            browser.clicks("Stop").await;
            browser.sees("Stopped. What was sent is sent.").await;
            browser.until("no bar", "!document.querySelector('progress')").await;
            stage.lets_jobs_go_on().await;
            assert_eq!(stage.recipients_since(before, BATCH).await.len(), BATCH);
            // Whoever comes next is the first of another job, so nobody of the stopped one is left.
            host.goes_to("#/events/launch/people").await;
            browser.fills("Search", "hopper").await;
            stage.registers(&[("first_name", "Grace"), ("last_name", "Hopper"), ("email", "hopper@example.com")]).await;
            stage.mail_text(before + BATCH).await;
            stage.clock.advance(chrono::TimeDelta::minutes(1));
            browser.fills("Search", "hopper@").await;
            browser.until("nobody else", "everything.some(e => words(e) === '1 person')").await;
            host.resends_to("Everybody the filter shows").await;
            browser.sees("Access links are resent").await;
            assert_eq!(stage.recipients_since(before + BATCH, 2).await, ["hopper@example.com", "hopper@example.com"]);
        },
    );
}

#[test]
fn jobs_are_shown_and_stopped_by_whoever_opens_the_page_while_they_run() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(BATCH + 20).await;
            let host = stage.host_with_a_job_held_up(BATCH + 20).await;
            let browser = host.browser();
            browser.fills("Search", "turing").await;
            browser.until("few people", "everything.some(e => words(e) === '10 people')").await;
            host.resends_to("Everybody the filter shows").await;
            browser.sees("0 of 10").await;
            assert!(browser.shows("100 of 120").await, "a note each");

            browser.clicks("Overview").await;
            browser.sees("Copy the snippet").await;
            browser.clicks("People").await;
            browser.sees("100 of 120").await;
            browser.sees("0 of 10").await;
            browser.open_page("about:blank").await;
            browser.open_page(&format!("{}/desk#/events/launch/people", stage.server)).await;
            browser.sees("0 of 10").await;
            let stop = "everything.find(e => e.matches('.note') && words(e).startsWith('100 of 120'))?.querySelector('button')";
            browser.until("its button", stop).await;
            browser.clicks_on(stop).await;
            browser.until("the other job alone", "document.querySelectorAll('progress').length === 1").await;
            stage.lets_jobs_go_on().await;
            browser.sees("Access links are resent").await;
            browser.until("no bar", "!document.querySelector('progress')").await;
        },
    );
}

#[test]
fn a_job_goes_on_to_its_end_and_says_so() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(BATCH + 5).await;
            let before = stage.mails();
            let host = stage.host_with_a_job_held_up(BATCH + 5).await;
            stage.lets_jobs_go_on().await;
            host.browser().sees("Access links are resent").await;
            let mut recipients = stage.recipients_since(before, BATCH + 5).await;
            recipients.dedup();
            assert_eq!(recipients.len(), BATCH + 5, "everybody once");
        },
    );
}

#[test]
fn links_are_resent_to_all_whose_mail_bounced() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(4).await;
            for email in ["alan@example.com", "edsger@example.com"] {
                let bounce = Bounce { of: Returned::Address(email.to_owned()), kind: BounceKind::Hard };
                assert!(stage.store.take_bounce(&bounce, stage.clock.now()).await.expect("written down"));
            }
            let before = stage.mails();
            let host = stage.host_at_the_people().await;
            host.browser().sees("Bounced").await;
            host.resends_to("Everybody whose mail bounced").await;
            host.browser().sees("Access links are resent").await;
            assert_eq!(stage.recipients_since(before, 2).await, ["alan@example.com", "edsger@example.com"]);
        },
    );
}

#[test]
fn links_are_resent_to_all_who_never_opened_the_mail() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(3).await;
            let event = stage.store.event("launch").await.expect("an event");
            let people = stage.store.registrants(&event.id).await.expect("people");
            let alan = people.iter().find(|person| person.email == "alan@example.com").expect("Alan");
            stage.store.count_click(&alan.id, stage.clock.now()).await.expect("counted");
            let before = stage.mails();
            let host = stage.host_at_the_people().await;
            host.browser().sees("Clicked").await;
            host.resends_to("Everybody who never opened the mail").await;
            host.browser().sees("Access links are resent").await;
            assert_eq!(stage.recipients_since(before, 2).await, ["ada@example.com", "katherine@example.com"]);
        },
    );
}

#[test]
fn links_are_resent_to_whom_the_filter_shows() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(5).await;
            let before = stage.mails();
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.fills("Search", "turing").await;
            browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
            host.resends_to("Everybody the filter shows").await;
            browser.sees("Access links are resent").await;
            assert_eq!(stage.recipients_since(before, 1).await, ["alan@example.com"]);
            assert_eq!(stage.mails(), before + 1);
        },
    );
}

#[test]
fn a_job_that_cannot_be_looked_at_for_a_while_keeps_its_note_and_its_button() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(BATCH + 20).await;
            let host = stage.host_with_a_job_held_up(BATCH + 20).await;
            let browser = host.browser();
            let busy = "window.asked = 0; window.heard = fetch; window.fetch = (r, o) => {
                if (!/\\/jobs\\/[^/]+$/.test(r.url) || r.method !== 'GET') return heard(r, o);
                asked++;
                const [status, code] = asked % 2 ? [503, 'unavailable'] : [429, 'too_many_requests'];
                return Promise.resolve(new Response(JSON.stringify({ code }), { status }));
            }";
            browser.script(busy).await;
            browser.until("several looks", "window.asked >= 3").await;
            assert!(browser.shows("100 of 120").await);
            browser.script("window.fetch = heard").await;
            browser.clicks("Stop").await;
            browser.sees("Stopped. What was sent is sent.").await;
        },
    );
}

//! What else hosts and registrants fill in is text, wherever it is shown.

use super::host::AtTheDesk;
use crate::stage::{Stage, play};
use curtain_up_protocol::{
    Email, Phase, Room, RoomKind,
    desk::{MailKind, OwnWords, Role, Scope},
};
use curtain_up_server::{
    event_plan::EventPlan,
    store::{
        audit::{Actor, Deed},
        event::DEFAULT_ORGANISATION,
        host::NewHost,
    },
};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

const CORPUS: [&str; 3] = [
    "<img src=x onerror=window.hacked=1>\"><svg onload=window.hacked=1>",
    "\"><script>window.hacked=1</script>'-window.hacked=1-'",
    "</title></textarea></pre><iframe srcdoc='<script>parent.hacked=1</script>'>&lt;b&gt;",
];

/// Nothing of the corpus has become a part of the page or has run.
const HARMED: &str =
    "return !!window.hacked || everything.some(e => e.matches('img[src=x], svg[onload], iframe[srcdoc], script:not([src])'))
    || [...document.querySelectorAll('img[src=x], svg[onload], iframe[srcdoc]')].length > 0";

impl Stage {
    async fn is_unharmed(&self, place: &str) {
        assert_eq!(self.browser.script(HARMED).await, json!(false), "{place}");
    }

    /// A host of a hostile name, in an organisation of a hostile name, signed in.
    async fn hostile_host(&self, words: &str) -> AtTheDesk<'_> {
        let mut connection = SqliteConnection::connect(&self.database()).await.expect("the database");
        sqlx::query("UPDATE organisations SET name = $1").bind(words).execute(&mut connection).await.expect("a name");
        let (email, actor) = (Email::parse("mallory@example.com").expect("an address"), Actor::command_line(DEFAULT_ORGANISATION));
        let new = NewHost { email: &email, name: words, role: Role::Host };
        let host = self.store.add_host(&actor, &new, self.clock.now()).await.expect("a host");
        self.store.add_token(&actor, words, &[Scope::Read], self.clock.now()).await.expect("a token");
        let deed = Deed { detail: words, ..Deed::at("event_edited", &self.slug) };
        self.store.note(&Actor { name: format!("token {words}"), ..actor }, &deed, self.clock.now()).await.expect("noted");
        self.opens_sign_in_link(&self.sign_in_link(&host).await).await;
        self.browser.sees("Sign out").await;
        AtTheDesk { stage: self }
    }
}

/// An address with the words in it, which no parser of addresses minds.
fn address(words: &str) -> String {
    format!("https://room.example.com/?{words}").replace(' ', "%20")
}

fn hostile(words: &'static str) -> impl FnOnce(&mut EventPlan) {
    move |plan| {
        plan.title = format!("Launch {words}");
        plan.series = None;
        plan.room = Some(Room { kind: RoomKind::Frame, address: address(words) });
        plan.replay = Some(address(words));
        let own =
            |kind| OwnWords { kind, language: "en".into(), subject: format!("Subject {words}"), text: format!("Text {words}\n\n{{link}}") };
        plan.settings.words = vec![own(MailKind::Confirmation), own(MailKind::Resend)];
    }
}

/// Registers somebody by a link that carries the words as campaign, page and language.
async fn registers_from_a_hostile_page(stage: &Stage, words: &str) {
    let answer = |field: &str, value: &str| json!({ "field": field, "values": [value] });
    let body = json!({
        "answers": [answer("first_name", words), answer("last_name", words), answer("email", "eve@example.com")],
        "source": { "utm": [{ "name": "source", "value": words }, { "name": "campaign", "value": words }], "ref": words, "referrer": address(words) },
        "zone": words,
    });
    let address = format!("{}/api/events/{}/registrations", stage.server, stage.slug);
    let sent = reqwest::Client::new().post(address).header("content-type", "application/json").body(body.to_string()).send().await;
    let (status, text) = {
        let answer = sent.expect("an answer");
        (answer.status().as_u16(), answer.text().await.unwrap_or_default())
    };
    assert_eq!(status, 202, "{text}");
}

#[test]
fn names_of_hosts_organisations_tokens_series_and_all_that_the_trail_holds_are_words_at_the_desk() {
    for words in CORPUS {
        play(hostile(words), async |stage| {
            registers_from_a_hostile_page(&stage, words).await;
            let host = stage.hostile_host(words).await;
            let browser = host.browser();
            browser.sees(&format!("{words} · {words}")).await;
            stage.is_unharmed("who is signed in").await;
            host.goes_to("#/settings/hosts").await;
            browser
                .until("the name in the table", &format!("everything.some(e => e.localName === 'td' && words(e) === {})", json!(words)))
                .await;
            stage.is_unharmed("hosts").await;
            browser.clicks_on("document.querySelector('tbody .more')").await;
            host.chooses("Remove").await;
            browser.sees("They are signed out everywhere").await;
            browser.clicks("No, go back").await;
            host.goes_to("#/settings/tokens").await;
            browser.until("the token", &format!("everything.some(e => e.localName === 'td' && words(e) === {})", json!(words))).await;
            browser.clicks("Revoke").await;
            browser.sees(&format!("{words}: Programs")).await;
            stage.is_unharmed("tokens").await;
            browser.clicks("No, go back").await;
            host.goes_to("#/settings/audit").await;
            browser.sees(&format!("token {words}")).await;
            browser.until("the detail", &format!("everything.some(e => e.localName === 'td' && words(e) === {})", json!(words))).await;
            stage.is_unharmed("audit trail").await;

            host.goes_to("#/events/launch/people").await;
            browser.fills("Search", words).await;
            browser.until("them or nobody", "everything.some(e => ['0 people', '1 person'].includes(words(e)))").await;
            browser.until("what is searched for", &format!("labelled('Search').value === {}", json!(words))).await;
            stage.is_unharmed("search").await;
            browser.fills("Search", "eve@").await;
            browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
            browser.clicks_on("document.querySelector('tbody .person')").await;
            browser.until("the side pane", "words(document.querySelector('aside')).includes('Confirmation')").await;
            browser.sees(&format!("source={words}")).await;
            stage.is_unharmed("side pane").await;

            host.goes_to("#/events/launch").await;
            browser.clicks("More dates").await;
            browser.clicks("Make 4 dates").await;
            browser.until("the series", "document.querySelector('dialog[open] pre')").await;
            stage.is_unharmed("dates and series").await;
            browser.clicks("Close").await;
            host.goes_to("#/events/launch/edit").await;
            browser
                .until("the address of the room", &format!("labelled('Address of the room')?.value === {}", json!(address(words))))
                .await;
            stage.is_unharmed("plan").await;
            host.goes_to("#/events/launch/mails").await;
            browser.until("the own words", &format!("labelled('Subject')?.value === {}", json!(format!("Subject {words}")))).await;
            browser.clicks("Show the preview").await;
            browser.until("the preview", "document.querySelector('.mail-text')").await;
            stage.is_unharmed("mails").await;
        });
    }
}

#[test]
fn series_rooms_replays_and_own_words_are_words_in_pages_widget_and_mails() {
    for words in CORPUS {
        play(hostile(words), async |stage| {
            let browser = &stage.browser;
            let link = stage.link_of_somebody_registered("ada@example.com").await;
            assert!(stage.mail_text(0).await.contains(&format!("Text {words}")));
            browser.open_page(&format!("{}/dev/mailbox/0/html", stage.server)).await;
            browser.sees(&format!("Text {words}")).await;
            stage.is_unharmed("own words in a mail").await;
            assert_eq!(browser.script("return document.querySelectorAll('script, iframe, svg').length").await, json!(0), "{words}: mail");

            let plan = stage.store.event("launch").await.expect("an event").plan;
            let series = curtain_up_server::event_plan::SeriesPlan::new("talks", &format!("Talks {words}"), words, "en").expect("a series");
            stage.store.add_series(&series, stage.clock.now()).await.expect("a series");
            stage.store.set_series(&plan.slug, Some("talks"), stage.clock.now()).await.expect("a date");
            browser.open_page(&format!("{}/s/talks", stage.server)).await;
            browser.until("the widget", "everything.some(e => e.getRootNode() !== document && e.localName === 'form')").await;
            assert_eq!(browser.script("return document.title").await, json!(format!("Talks {words}")));
            stage.is_unharmed("page of the series").await;
            assert!(!reqwest::get(format!("{}/s/talks", stage.server)).await.expect("a page").text().await.expect("text").contains(words));

            stage.host_says(Phase::Live).await;
            browser.open_page(&link).await;
            browser.until("the room", "everything.some(e => e.getRootNode() !== document && e.localName === 'iframe' && e.src.startsWith('https://room.example.com/'))").await;
            stage.is_unharmed("room").await;
            stage.host_says(Phase::Ended).await;
            browser.open_page("about:blank").await;
            // For so long any cache may say that it is live.
            tokio::time::sleep(std::time::Duration::from_secs(7)).await;
            browser.open_page(&link).await;
            browser.until("the replay", "everything.some(e => e.getRootNode() !== document && e.localName === 'a' && e.href.startsWith('https://room.example.com/'))").await;
            stage.is_unharmed("replay").await;
        });
    }
}

//! Every step of the help article "How do I resend access links?", followed to the letter.

use super::host::AtTheDesk;
use crate::stage::{Stage, play};
use curtain_up_protocol::AccessLink;
use serde_json::json;

const ADA: &str = "ada@example.com";

/// Keeps what is clicked that opens a mail program, which this browser has none of.
const NO_MAIL_PROGRAM: &str = "window.mails = []; addEventListener('click', event => {
    const link = event.target.closest?.('a[href^=\"mailto:\"]'); if (link) { window.mails.push(link.href); event.preventDefault(); } }, true)";

/// A mail that somebody's own mail program was opened with.
struct OwnMail {
    to: String,
    subject: String,
    body: String,
}

impl AtTheDesk<'_> {
    async fn has_no_mail_program(&self) {
        self.browser().script(NO_MAIL_PROGRAM).await;
    }

    /// Waits until the host's mail program is opened.
    async fn opens_the_email_client(&self) -> OwnMail {
        self.browser().until("the e-mail client", "window.mails.length").await;
        let parts = "const mail = new URL(window.mails.at(-1)), part = name => mail.searchParams.get(name) ?? '';
            return JSON.stringify([decodeURIComponent(mail.pathname), part('subject'), part('body')])";
        let parts: [String; 3] = serde_json::from_str(self.browser().script(parts).await.as_str().expect("text")).expect("parts");
        let [to, subject, body] = parts;
        OwnMail { to, subject, body }
    }
}

impl OwnMail {
    /// The access link in its body.
    fn link(&self) -> String {
        self.body.split_whitespace().find(|word| word.contains("/live?")).expect("a link in the body").to_owned()
    }
}

/// The link opens the waiting page with its countdown.
async fn opens_the_waiting_page(stage: &Stage, link: &str) {
    stage.browser.open_page("about:blank").await;
    stage.browser.open_page(link).await;
    stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer' && e.getRootNode() !== document)").await;
}

#[test]
fn hover_over_the_registrant_click_the_dots_next_to_their_name_and_resend_the_access_link() {
    play(
        |_| (),
        async |stage| {
            let mailed = stage.link_of_somebody_registered(ADA).await;
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_people_dashboard().await;
            host.has_no_mail_program().await;
            browser.sees("Ada Lovelace").await;
            browser.hovers("called('Ada Lovelace')").await;
            let dots = "everything.find(e => e.matches('tbody .more') && words(e) === '•••')";
            browser.until("the ••• next to the name", &format!("{dots} && getComputedStyle({dots}).opacity === '1'")).await;
            browser.clicks_on(dots).await;
            host.chooses("Resend access link").await;
            let mail = host.opens_the_email_client().await;
            assert_eq!(mail.to, ADA);
            assert!(!mail.subject.is_empty());
            assert_eq!(mail.link(), mailed);
            opens_the_waiting_page(&stage, &mail.link()).await;
        },
    );
}

#[test]
fn click_a_registrant_and_resend_the_access_link_from_the_side_pane() {
    play(
        |_| (),
        async |stage| {
            let mailed = stage.link_of_somebody_registered(ADA).await;
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_people_dashboard().await;
            host.has_no_mail_program().await;
            // On the row beside the name: anywhere will do.
            browser.until("the registrant", "everything.find(e => e.localName === 'td' && words(e) === 'ada@example.com')").await;
            browser.clicks_on("everything.find(e => e.localName === 'td' && words(e) === 'ada@example.com')").await;
            browser
                .until(
                    "their profile in the side pane",
                    "everything.some(e => e.localName === 'aside' && words(e).includes('Ada Lovelace'))",
                )
                .await;
            host.opens_the_menu_in_the_side_pane().await;
            host.chooses("Resend access link").await;
            let mail = host.opens_the_email_client().await;
            assert_eq!((mail.to.as_str(), mail.link()), (ADA, mailed));
        },
    );
}

#[test]
fn the_server_sends_the_link_at_once_where_the_host_has_no_mail_program() {
    play(
        |_| (),
        async |stage| {
            let mailed = stage.link_of_somebody_registered(ADA).await;
            // The server sends nobody two links in a breath.
            stage.clock.advance(chrono::TimeDelta::minutes(1));
            let host = stage.host().await;
            let before = stage.mails();
            host.goes_to_the_people_dashboard().await;
            host.browser().clicks("Ada Lovelace").await;
            host.opens_the_menu_in_the_side_pane().await;
            host.chooses("Send now").await;
            host.browser().sees("The access link is on its way").await;
            assert_eq!(stage.link_in_mail(before).await, mailed);
            host.browser().sees("Access link, sent again").await;
        },
    );
}

#[test]
fn click_on_active_columns_and_select_access_key() {
    play(
        |_| (),
        async |stage| {
            let key = Stage::key_in(&stage.link_of_somebody_registered(ADA).await);
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_people_dashboard().await;
            browser.sees("Ada Lovelace").await;
            let head = "everything.some(e => e.localName === 'th' && words(e) === 'Access key')";
            assert_eq!(browser.script(&format!("return {head}")).await, json!(false), "the key is off by default");
            browser.clicks("Active columns").await;
            browser.clicks("Access key").await;
            browser.clicks("Close").await;
            browser.until("the column", head).await;
            browser.until("the key", &format!("everything.some(e => e.localName === 'td' && words(e) === '{key}')")).await;
            // The choice is the host's, and is kept.
            browser.open_page("about:blank").await;
            browser.open_page(&format!("{}/desk#/events/launch/people", stage.server)).await;
            browser.until("the key again", &format!("everything.some(e => e.localName === 'td' && words(e) === '{key}')")).await;
            browser.clicks("Settings").await;
            browser.clicks("Audit trail").await;
            browser.sees("Keys shown").await;
        },
    );
}

#[test]
fn a_link_built_by_hand_from_permalink_address_and_key_works() {
    play(
        |_| (),
        async |stage| {
            let mailed = stage.link_of_somebody_registered(ADA).await;
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("The launch").await;
            browser.sees("Permalink").await;
            let permalink = browser
                .script("return words(everything.find(e => e.localName === 'dt' && words(e) === 'Permalink').nextElementSibling)")
                .await;
            let permalink = permalink.as_str().expect("an address").to_owned();
            host.goes_to_the_people_dashboard().await;
            browser.clicks("Ada Lovelace").await;
            host.opens_the_menu_in_the_side_pane().await;
            host.chooses("Show access key").await;
            browser.sees("Read it aloud").await;
            let key = browser.script("return words(document.querySelector('dialog[open] .key'))").await;
            let key = key.as_str().expect("a key").to_owned();
            assert_eq!(key, Stage::key_in(&mailed));
            opens_the_waiting_page(&stage, &format!("{permalink}/live?email={ADA}&key={key}")).await;
        },
    );
}

#[test]
fn click_export_select_all_columns_run_the_export_and_get_it_by_email() {
    play(
        |_| (),
        async |stage| {
            let mailed = stage.link_of_somebody_registered(ADA).await;
            let host = stage.host().await;
            let browser = host.browser();
            let before = stage.mails();
            host.goes_to_the_people_dashboard().await;
            browser.clicks("Export").await;
            browser.clicks("All columns").await;
            browser.clicks("Run the export").await;
            browser.sees("The export comes to you by email").await;
            let text = stage.mail_text(before).await;
            let link = text.split_whitespace().find(|word| word.contains("/desk#/exports/")).expect("a link in the mail").to_owned();
            browser.open_page("about:blank").await;
            browser.open_page(&link).await;
            browser.sees("Download the file").await;
            // What the button downloads, this very session may fetch.
            browser
                .script("window.file = null; fetch(called('Download the file').href).then(r => r.text()).then(text => window.file = text)")
                .await;
            browser.until("the file", "window.file").await;
            let file = browser.script("return window.file").await.as_str().expect("text").to_owned();
            let head = file.lines().next().expect("a head");
            assert!(head.contains("access_link") && head.contains("access_key"), "{head}");
            let exported = file.split(['"', ',', '\n', '\r']).find(|cell| cell.contains("/live?")).expect("a link in the file").to_owned();
            assert_eq!(AccessLink::parse(&exported).map(|link| link.key), AccessLink::parse(&mailed).map(|link| link.key));
            opens_the_waiting_page(&stage, &exported).await;
            // Who is not signed in gets nothing.
            let id = link.rsplit_once('/').expect("an id").1;
            let refused = reqwest::get(format!("{}/api/desk/exports/{id}", stage.server)).await.expect("an answer");
            assert_eq!(refused.status().as_u16(), 401);
        },
    );
}

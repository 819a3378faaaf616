//! What mails say, written at the desk.

use crate::stage::play;
use curtain_up_protocol::desk::{MailKind, OwnWords};
use curtain_up_server::mail::words;

const MAILS: &str = "#/events/launch/mails";

#[test]
fn a_host_rewrites_the_confirmation_sees_it_and_has_it_mailed_to_them() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("The launch").await;
            browser.clicks("Mails").await;
            browser.sees("Filled in here: {first_name}").await;
            browser.sees("The built-in words").await;
            assert!(browser.value_of("Text").await.contains("{link}"), "the form begins with the words of now");

            browser.fills("Subject", "Bring a coat, {frist_name}").await;
            browser.fills("Text", "It is cold up there, {first_name}.\n\n{link}").await;
            browser.clicks("Save").await;
            browser.until("the marked field", "labelled('Subject')?.getAttribute('aria-invalid') === 'true'").await;
            browser.until("the focus at it", "document.activeElement === labelled('Subject')").await;
            browser.sees("Something in braces is not filled in here").await;

            browser.fills("Subject", "Bring a coat, {first_name}").await;
            browser.clicks("Show the preview").await;
            browser.sees("Bring a coat, Ada").await;
            browser.sees("It is cold up there, Ada.").await;
            browser.until("no marked field", "!document.querySelector('[aria-invalid=true]')").await;

            let before = stage.mails();
            browser.clicks("Send me a test").await;
            browser.sees("Save first").await;
            browser.clicks("Save").await;
            browser.sees("Your own words").await;
            browser.clicks("Send me a test").await;
            browser.sees("A test mail is on its way").await;
            let mail = stage.mail_text(before).await;
            assert!(mail.contains("It is cold up there, Ada."), "{mail}");

            browser.clicks("Back to the built-in words").await;
            browser.sees("Go back to the built-in words?").await;
            browser.clicks_on("document.querySelector('dialog[open] .primary')").await;
            browser.sees("Mails say the built-in words again").await;
            assert!(!browser.value_of("Subject").await.contains("coat"));
            assert_eq!(stage.store.event("launch").await.expect("an event").plan.settings.words, []);

            browser.clicks("Overview").await;
            browser.clicks("Start now").await;
            browser.sees("Start the event now?").await;
            browser.clicks_on("document.querySelector('dialog[open] .primary')").await;
            browser.sees("The event is live.").await;
        },
    );
}

#[test]
fn what_is_written_waits_while_another_mail_and_another_language_are_looked_at() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            let chooses = async |label: &str, value: &str| {
                let choose = format!("const s = labelled('{label}'); s.value = '{value}'; s.dispatchEvent(new Event('change'))");
                browser.script(&choose).await;
            };
            host.goes_to(MAILS).await;
            browser.fills("Subject", "Bring a coat").await;
            chooses("Mail", "thank_you").await;
            browser.until("no way in, in a mail of thanks", "labelled('Text')?.value.includes('{link}') === false").await;
            chooses("Language", "de").await;
            browser.until("German", "labelled('Text')?.value.startsWith('Guten Tag')").await;
            chooses("Language", "en").await;
            chooses("Mail", "confirmation").await;
            browser.until("what was written", "labelled('Subject')?.value === 'Bring a coat'").await;
        },
    );
}

#[test]
fn a_viewer_reads_what_mails_say_and_changes_nothing() {
    let own = OwnWords {
        kind: MailKind::Confirmation,
        language: "en".into(),
        subject: "Bring a coat".into(),
        text: "It is cold.\n\n{link}".into(),
    };
    play(
        |plan| plan.settings.words = vec![own],
        async |stage| {
            let viewer = stage.viewer().await;
            let browser = viewer.browser();
            viewer.goes_to(MAILS).await;
            browser.sees("Your own words").await;
            assert_eq!(browser.value_of("Subject").await, "Bring a coat");
            browser.until("fields to read", "labelled('Subject')?.readOnly && labelled('Text')?.readOnly").await;
            for name in ["Save", "Send me a test", "Show the preview", "Back to the built-in words"] {
                assert!(!browser.shows(name).await, "{name}");
            }
        },
    );
}

#[test]
fn mails_can_be_written_in_every_language_that_the_server_speaks() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            host.goes_to(MAILS).await;
            host.browser().until("the languages", "labelled('Language')?.options.length").await;
            let offered = host.browser().script("return [...labelled('Language').options].map(option => option.value).sort()").await;
            let mut spoken = words::ALL.map(|words| words.tag);
            spoken.sort_unstable();
            assert_eq!(offered, serde_json::json!(spoken));
        },
    );
}

//! Who may sign in, programs, and one's own password.

use super::host::{AtTheDesk, HOST};
use crate::stage::play;

impl AtTheDesk<'_> {
    /// Opens the menu of somebody or something in a table.
    async fn opens_the_menu_of(&self, about: &str) {
        let more = format!("document.querySelector('[aria-label=\"More for {about}\"]')");
        self.browser().until(&more, &more).await;
        self.browser().clicks_on(&more).await;
    }
}

#[test]
fn a_host_lets_somebody_in_changes_what_they_may_and_removes_them() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            let before = stage.mails();
            browser.clicks("Settings").await;
            browser.clicks("Add somebody").await;
            browser.fills("Email", "alan@example.com").await;
            browser.fills("Name", "Alan Turing").await;
            host.chooses_in("Role", "Viewer: sees events and people, but no keys; changes nothing").await;
            host.submits().await;
            browser.sees("They get a link by mail to sign in with").await;
            browser.sees("Alan Turing").await;
            let text = stage.mail_text(before).await;
            assert!(text.contains("/desk#sign-in="), "{text}");
            let row = |role: &str| {
                format!(
                    "everything.some(e => e.localName === 'tr' && words(e).startsWith('alan@example.com') && words(e).includes('{role}'))"
                )
            };
            browser.until("a viewer", &row("Viewer")).await;

            host.opens_the_menu_of("alan@example.com").await;
            host.chooses("Make a host").await;
            browser.sees("Changed.").await;
            browser.until("a host", &row("Host")).await;

            // Who is known already is told at the field, and nothing is lost.
            browser.clicks("Add somebody").await;
            browser.fills("Email", "alan@example.com").await;
            host.submits().await;
            browser.sees("This is taken already").await;
            browser.clicks("No, go back").await;

            host.opens_the_menu_of("alan@example.com").await;
            host.chooses("Remove").await;
            browser.sees("alan@example.com: They are signed out everywhere").await;
            host.confirms().await;
            browser.sees("They cannot sign in any more").await;
            browser.until("nobody of that name", "!document.querySelector('[aria-label=\"More for alan@example.com\"]')").await;
            let link = text.split_whitespace().find(|word| word.contains("#sign-in=")).expect("a link").to_owned();

            // An organisation keeps its last host.
            for deed in ["Make a viewer", "Remove"] {
                host.opens_the_menu_of(HOST).await;
                host.chooses(deed).await;
                if deed == "Remove" {
                    host.confirms().await;
                }
                browser.sees("An organisation needs one host at least").await;
                browser.clicks("Close").await;
            }
            assert_eq!(stage.store.hosts("default").await.expect("hosts").len(), 1);
            browser.clicks("Audit trail").await;
            for deed in ["Host added", "Host changed", "Host removed"] {
                browser.sees(deed).await;
            }
            browser.open_page("about:blank").await;
            stage.opens_sign_in_link(&link).await;
            browser.sees("This link signs nobody in").await;
        },
    );
}

#[test]
fn a_token_is_shown_once_used_and_revoked() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("Settings").await;
            browser.clicks("API tokens").await;
            browser.clicks("Make a token").await;
            browser.fills("What it is for", "the shop").await;
            host.submits().await;
            browser.sees("It is never shown again").await;
            let secret = browser.script("return words(document.querySelector('dialog[open] code'))").await;
            let secret = secret.as_str().expect("a secret").to_owned();
            browser.clicks("Close").await;
            browser.until("the token", "everything.some(e => e.localName === 'td' && words(e) === 'the shop')").await;
            browser.sees("Never").await;
            assert!(!browser.script("return document.documentElement.outerHTML").await.as_str().expect("HTML").contains(&secret));

            let asks = async |path: &str, method: reqwest::Method| {
                let request = reqwest::Client::new().request(method, format!("{}/api/desk{path}", stage.server)).bearer_auth(&secret);
                request.send().await.expect("an answer").status().as_u16()
            };
            assert_eq!(asks("/events", reqwest::Method::GET).await, 200);
            assert_eq!(asks("/events/launch/archive", reqwest::Method::POST).await, 403, "it may read, and no more");
            browser.clicks("Hosts").await;
            browser.clicks("API tokens").await;
            browser
                .until(
                    "the time it was used",
                    "everything.some(e => e.localName === 'td' && words(e) === 'the shop') && !everything.some(e => words(e) === 'Never')",
                )
                .await;

            browser.clicks("Revoke").await;
            browser.sees("the shop: Programs that use it get no answer any more").await;
            host.confirms().await;
            browser.sees("The token is revoked").await;
            browser.sees("No token yet").await;
            assert_eq!(asks("/events", reqwest::Method::GET).await, 401);
        },
    );
}

#[test]
fn a_host_sets_their_password_signs_in_with_it_and_changes_it() {
    play(
        |_| (),
        async |stage| {
            // They came by a mailed link.
            let host = stage.host().await;
            let browser = host.browser();
            let sets = async |old: &str, new: &str| {
                browser.clicks("Settings").await;
                browser.clicks("Your password").await;
                browser.fills("Password until now", old).await;
                browser.fills("New password", new).await;
                browser.clicks("Set the password").await;
            };
            let signs_in = async |password: &str| {
                browser.sees("Sign in to the desk").await;
                browser.fills("Email", HOST).await;
                browser.fills("Password", password).await;
                browser.clicks("Sign in").await;
            };
            sets("", "short").await;
            browser.sees("“new”").await;
            browser.clicks("Close").await;
            sets("", "the first curtain").await;
            browser.sees("Your password is set").await;
            browser.clicks("Sign out").await;
            signs_in("the first curtain").await;
            browser.sees("Sign out").await;

            sets("not the password", "the second curtain").await;
            browser.sees("“old”").await;
            browser.clicks("Close").await;
            sets("the first curtain", "the second curtain").await;
            browser.sees("Your password is set").await;
            browser.clicks("Sign out").await;
            signs_in("the first curtain").await;
            browser.sees("sign nobody in").await;
            browser.clicks("Close").await;
            signs_in("the second curtain").await;
            browser.sees("Sign out").await;
        },
    );
}

//! Links that an organisation's own system signs: the secret is shown when it is asked for, and renewed.

use crate::stage::{Stage, play};
use curtain_up_protocol::{Phase, Room, RoomKind};
use curtain_up_server::{event_plan::Settings, trust::signed_links::LinkSecret};
use serde_json::json;

const SHOWN: &str = "words(document.querySelector('section[aria-labelledby=link-secret] code'))";

impl Stage {
    async fn link_secret(&self) -> Option<LinkSecret> {
        let kept = self.store.link_secret("default").await.expect("an answer")?;
        LinkSecret::open(&kept.sealed, &self.secrets(), "default")
    }
}

#[test]
fn the_secret_is_shown_on_asking_signs_links_and_is_renewed() {
    play(
        |plan| {
            plan.settings = Settings { require_codes: Some(true), ..Settings::default() };
            plan.room = Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() });
        },
        async |stage| {
            stage.host_says(Phase::Live).await;
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("Settings").await;
            browser.clicks("Signed links").await;
            browser.sees("How a link is signed").await;
            assert_eq!(browser.script(&format!("return {SHOWN}")).await, "", "nothing is shown unasked");
            assert!(stage.link_secret().await.is_none());
            browser.clicks("Show the secret").await;
            browser.until("the secret", SHOWN).await;
            let shown = browser.script(&format!("return {SHOWN}")).await.as_str().expect("a secret").to_owned();
            let secret = stage.link_secret().await.expect("a secret");
            assert_eq!(shown, secret.reveal());
            browser.clicks("Hide it").await;
            browser.until("nothing", &format!("!{SHOWN}")).await;
            browser.clicks("Show the secret").await;
            browser.until("the same", &format!("{SHOWN} === {}", json!(shown))).await;
            // Renewing is asked for first, and ends what the former one signed.
            browser.clicks("Renew the secret").await;
            browser.sees("lets nobody in any more").await;
            browser.clicks("No, go back").await;
            assert_eq!(stage.link_secret().await.expect("a secret").reveal(), shown);
            browser.clicks("Renew the secret").await;
            host.confirms().await;
            browser.until("another one", &format!("{SHOWN} && {SHOWN} !== {}", json!(shown))).await;
            browser.clicks("Audit trail").await;
            browser.sees("Link secret renewed").await;
            browser.sees("Link secret shown").await;
            assert!(!browser.shows(&shown).await);
            let renewed = stage.link_secret().await.expect("a secret");
            let payload =
                json!({ "id": "7", "email": "ada@example.com", "name": "Ada Lovelace", "expires": stage.clock.now().0 / 1000 + 300 });
            browser.open_page(&format!("{}/e/launch?i={}", stage.server, secret.sign(&payload.to_string()))).await;
            browser.sees("Type the access code").await;
            browser.open_page(&format!("{}/e/launch?i={}", stage.server, renewed.sign(&payload.to_string()))).await;
            browser.sees("Welcome, Ada.").await;
        },
    );
}

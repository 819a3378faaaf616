//! A code that is in use on another device.

use crate::{
    codes::{LIST, any, is_in, meeting},
    stage::{Stage, play},
};
use serde_json::{Value, json};

/// Somebody types a code that is in use elsewhere.
pub async fn second_device(stage: &Stage) {
    meeting(stage, "one", None, LIST).await;
    stage.host_runs(&["event", "start", "one"]).await;
    let other = Device::enters(stage, "0042").await;
    assert_eq!(other.signs(false).await["elsewhere"], false);
    stage.browser.open_page(&format!("{}/e/one", stage.server)).await;
    stage.browser.fills("Access code", "0042").await;
    stage.browser.clicks("Enter").await;
    stage.browser.sees("You are here on another device").await;
    stage.browser.picture("codes-elsewhere").await;
    assert!(!stage.browser.shows("Welcome").await);
    stage.browser.clicks("Continue here").await;
    is_in(stage, "one").await;
    assert_eq!(other.signs(false).await["elsewhere"], true, "the other one is told");
    other.signs(true).await;
    // The widget says now and then that it is there; a view is a reason to say so soon.
    stage
        .browser
        .script("document.querySelector('curtain-up').dispatchEvent(new CustomEvent('curtain-up:view', { detail: { view: 'room' } }))")
        .await;
    stage.browser.sees("You are here on another device").await;
    stage.browser.until("no room", "!everything.some(e => e.localName === 'iframe')").await;
}

#[test]
fn a_second_device_goes_on_here_and_the_first_is_told() {
    play(any, async |stage| second_device(&stage).await);
}

/// Somebody's other device, by the interface.
struct Device {
    server: String,
    pass: String,
}

impl Device {
    async fn enters(stage: &Stage, code: &str) -> Self {
        let mut device = Self { server: stage.server.clone(), pass: String::new() };
        let answer = device.post("door", &json!({ "code": code })).await;
        device.pass = answer["pass"].as_str().expect("a pass").to_owned();
        device
    }

    async fn signs(&self, take: bool) -> Value {
        self.post("presence", &json!({ "place": "room", "take": take })).await
    }

    async fn post(&self, noun: &str, body: &Value) -> Value {
        let request =
            reqwest::Client::new().post(format!("{}/api/events/one/{noun}", self.server)).header("content-type", "application/json");
        let answer = request.bearer_auth(&self.pass).body(body.to_string()).send().await.expect("an answer");
        serde_json::from_str(&answer.text().await.expect("a whole answer")).expect("JSON")
    }
}

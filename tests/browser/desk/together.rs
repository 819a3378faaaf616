//! Several people at one desk: no lost update, and viewers who only look.

use crate::stage::play;
use serde_json::json;

/// Another host saves the event meanwhile, with another description.
pub const ANOTHER_HOST_SAVES: &str = "window.saved = null;
    (async () => {
        const event = await (await fetch('api/desk/events/launch')).json();
        event.plan.description = 'Written by somebody else.';
        const headers = { 'content-type': 'application/json', 'curtain-up-desk': '1' };
        const body = JSON.stringify({ plan: event.plan, version: event.version });
        window.saved = (await fetch('api/desk/events/launch', { method: 'PUT', headers, body })).status;
    })()";

#[test]
fn a_stale_edit_is_refused_shown_and_can_be_gone_on_with() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/edit").await;
            browser.fills("Title", "The launch, renamed").await;
            browser.script(ANOTHER_HOST_SAVES).await;
            browser.until("the other host", "window.saved === 200").await;
            browser.clicks("Save").await;
            browser.sees("Somebody else has saved this event meanwhile").await;
            browser.sees("Written by somebody else.").await;
            let plan = stage.store.event("launch").await.expect("an event").plan;
            assert_eq!(
                (plan.title.as_str(), plan.description.as_str()),
                ("The launch", "Written by somebody else."),
                "nothing was overwritten"
            );
            assert_eq!(browser.value_of("Title").await, "The launch, renamed", "nothing that was typed is lost");
            browser.picture("desk-stale").await;
            browser.clicks("Keep both: their changes where I changed nothing").await;
            browser.sees("Saved.").await;
            let plan = stage.store.event("launch").await.expect("an event").plan;
            assert_eq!((plan.title.as_str(), plan.description.as_str()), ("The launch, renamed", "Written by somebody else."));
        },
    );
}

#[test]
fn a_viewer_sees_nothing_that_changes_anything() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(2).await;
            let viewer = stage.viewer().await;
            let browser = viewer.browser();
            let controls =
                "return [...document.querySelectorAll('main button, main input[type=checkbox], main a.button')].map(words).filter(Boolean)";
            browser.sees("The launch").await;
            assert_eq!(browser.script(controls).await, json!([]), "events");
            browser.clicks("The launch").await;
            browser.sees("Permalink").await;
            assert_eq!(browser.script(controls).await, json!(["Copy the snippet"]), "overview");
            browser.clicks("People").await;
            browser.sees("Ada Lovelace").await;
            let people = json!(["Active columns", "Name", "Email", "Registered at ↑", "Ada Lovelace", "Alan Turing"]);
            assert_eq!(browser.script(controls).await, people);
            browser.clicks("Active columns").await;
            browser.sees("External id").await;
            assert_eq!(browser.script("return labelled('Access key')").await, json!(null), "keys are no column for viewers");
            browser.clicks("Close").await;
            browser.clicks("Ada Lovelace").await;
            browser.sees("Confirmation").await;
            assert_eq!(browser.script("return document.querySelectorAll('.more').length").await, json!(0));
            for place in ["#/events/launch/edit", "#/new"] {
                viewer.goes_to(place).await;
                browser.sees("Your role does not allow this").await;
            }
            viewer.goes_to("#/settings/hosts").await;
            browser.sees("New password").await;
            for others in ["Who may sign in", "API tokens", "Your role does not allow this"] {
                assert!(!browser.shows(others).await, "{others}");
            }
        },
    );
}

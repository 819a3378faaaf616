//! Events at the desk: made, asked about times that there are not, moved, started and ended.

use crate::stage::play;
use curtain_up_protocol::Phase;

#[test]
fn a_host_makes_an_event_with_a_question_and_a_consent_and_sees_it_in_the_preview() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("New event").await;
            browser.fills("Title", "A winter on two wheels").await;
            assert_eq!(browser.value_of("Name in addresses").await, "a-winter-on-two-wheels");
            browser.clicks("Add a question").await;
            browser.fills("Question", "How many bikes?").await;
            browser.clicks("Add a consent").await;
            browser.fills("Text to agree to", "I agree to the terms.").await;
            let shown = |words: &str| format!("everything.some(e => e.getRootNode() !== document && words(e).startsWith('{words}'))");
            browser.until("the question in the preview", &shown("How many bikes?")).await;
            browser.until("the consent in the preview", &shown("I agree to the terms.")).await;
            browser.clicks("Create the event").await;
            browser.sees("The event is there").await;
            let plan = stage.store.event("a-winter-on-two-wheels").await.expect("the event").plan;
            assert_eq!((plan.fields[0].id.as_str(), plan.fields[0].label.as_str()), ("how_many_bikes", "How many bikes?"));
            assert_eq!(plan.consents[0].text, "I agree to the terms.");
        },
    );
}

#[test]
fn a_host_sets_who_comes_in_by_a_code_and_what_it_is_good_for() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            let settings = async || {
                let settings = stage.store.event("launch").await.expect("an event").plan.settings;
                (settings.require_codes, settings.anonymize, settings.one_device)
            };
            let saves = async || {
                browser.clicks("Save").await;
                browser.sees("Saved.").await;
                browser.clicks("Close").await;
            };
            assert_eq!(settings().await, (None, false, true));
            host.goes_to("#/events/launch/edit").await;
            browser.sees("Require custom access codes").await;
            browser.clicks("ON: only people on the list come in, by the code that you chose for them").await;
            browser.clicks("Anonymize attendees").await;
            browser.clicks("One device at a time").await;
            saves().await;
            assert_eq!(settings().await, (Some(true), true, false));
            browser.open_page("about:blank").await;
            browser.open_page(&format!("{}/desk#/events/launch/edit", stage.server)).await;
            browser.sees("Require custom access codes").await;
            let shown = "return ['ON: only people on the list come in, by the code that you chose for them', 'Anonymize attendees', 'One device at a time']
                .map(name => labelled(name).checked)";
            assert_eq!(browser.script(shown).await, serde_json::json!([true, true, false]));
            browser.clicks("OFF: people enter without a code, as “Anonymous”").await;
            saves().await;
            assert_eq!(settings().await, (Some(false), true, false));
            browser.clicks("No codes: people register and get an access link").await;
            saves().await;
            assert_eq!(settings().await, (None, true, false));
        },
    );
}

#[test]
fn what_the_server_refuses_is_marked_at_its_field() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("New event").await;
            browser.fills("Title", "The launch").await;
            browser.fills("Name in addresses", "launch").await;
            browser.fills("Address of the room", "http://room.example.com").await;
            browser.clicks("Create the event").await;
            browser.until("the marked field", "document.querySelector('[aria-invalid=true]')").await;
            browser.until("the focus at it", "document.activeElement.getAttribute('aria-invalid') === 'true'").await;
        },
    );
}

#[test]
fn a_start_that_is_over_is_said_to_be_over() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/edit").await;
            host.sets("Start", "2020-03-10T18:00").await;
            browser.clicks("Save").await;
            browser.sees("This time is over. Choose one that is to come.").await;
            browser.until("the focus at it", "document.activeElement === labelled('Start')").await;
        },
    );
}

#[test]
fn a_time_that_comes_twice_or_never_offers_the_choice() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/edit").await;
            browser.fills("Time zone", "Europe/Berlin").await;
            let sets = |time: &str| {
                format!(
                    "const field = labelled('Start'); field.value = '{time}';
                     field.dispatchEvent(new Event('input', {{ bubbles: true }})); field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
                )
            };
            browser.script(&sets("2027-03-28T02:30")).await;
            browser.sees("it does not exist").await;
            browser.script(&sets("2027-10-31T02:30")).await;
            browser.sees("it comes twice").await;
            browser.picture("desk-comes-twice").await;
            browser.clicks_on("document.querySelectorAll('fieldset [type=radio]')[1]").await;
            browser.clicks("Save").await;
            browser.sees("Saved.").await;
            let start = stage.store.event("launch").await.expect("an event").plan.start;
            // The later one, in winter time: 02:30 at +01:00.
            let meant = chrono::DateTime::parse_from_rfc3339("2027-10-31T01:30:00Z").expect("a time").to_utc();
            assert_eq!(start.at, meant.into());
        },
    );
}

#[test]
fn a_host_postpones_starts_and_ends_an_event_and_is_asked_each_time() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            let before = stage.store.event("launch").await.expect("an event").plan.start.at;
            browser.clicks("The launch").await;
            browser.clicks("Postpone").await;
            browser.sees("Every countdown moves at once").await;
            browser.clicks_on("document.querySelector('dialog[open] [type=submit]')").await;
            browser.sees("The event has moved").await;
            let after = stage.store.event("launch").await.expect("an event").plan.start.at;
            assert_eq!((after - before).num_minutes(), 15);
            let phase = async || stage.store.event("launch").await.expect("an event").phase;
            browser.clicks("Start now").await;
            browser.sees("Start the event now?").await;
            browser.clicks("No, go back").await;
            assert_eq!(phase().await, Phase::Scheduled);
            browser.clicks("Start now").await;
            browser.clicks_on("document.querySelector('dialog[open] .primary')").await;
            browser.sees("The event is live").await;
            assert_eq!(phase().await, Phase::Live);
            browser.clicks("End").await;
            browser.clicks_on("document.querySelector('dialog[open] .primary')").await;
            browser.sees("The event has ended").await;
            assert_eq!(phase().await, Phase::Ended);
        },
    );
}

#[test]
fn a_host_duplicates_an_event_as_another_date_and_archives_it() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("The launch").await;
            browser.clicks("Duplicate").await;
            browser.clicks("It is another date of the same series").await;
            browser.clicks_on("document.querySelector('dialog[open] [type=submit]')").await;
            browser.sees("The copy is made").await;
            let copy = stage.store.event("launch-2").await.expect("the copy");
            assert_eq!(copy.plan.series.as_deref(), Some("launch"));
            browser.until("the copy's page", "location.hash === '#/events/launch-2'").await;
            browser.clicks("Archive").await;
            browser.clicks_on("document.querySelector('dialog[open] .primary')").await;
            browser.sees("The event is in the archive").await;
            browser.clicks("Events").await;
            browser.until("one event", "document.querySelectorAll('tbody tr').length === 1").await;
            browser.clicks("Show archived events").await;
            browser.sees("Archived").await;
        },
    );
}

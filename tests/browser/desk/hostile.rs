//! What a registrant or a host fills in is text, wherever it is shown: at the desk, in the widget, in the mails.

use crate::stage::play;
use curtain_up_protocol::{Consent, Field, FieldKind, Phase, Room, RoomKind, desk::Role};
use curtain_up_server::event_plan::Settings;

use serde_json::json;

const CORPUS: [&str; 5] = [
    "<img src=x onerror=window.hacked=1>",
    "\"><script>window.hacked=1</script>",
    "<svg/onload=window.hacked=1>",
    "'-window.hacked=1-' ${7*7} {{7*7}}",
    "</title><iframe srcdoc='<script>parent.hacked=1</script>'>",
];

/// Nothing of the corpus has become a part of the page or has run.
const HARMED: &str =
    "return !!window.hacked || everything.some(e => e.matches('img[src=x], svg[onload], iframe[srcdoc], script:not([src])'))";

#[test]
fn hostile_words_are_words_at_the_desk_in_the_widget_and_in_the_mails() {
    for (number, words) in CORPUS.into_iter().enumerate() {
        let plan = move |plan: &mut curtain_up_server::event_plan::EventPlan| {
            plan.title = format!("Launch {words}");
            plan.description = words.into();
            plan.fields =
                vec![Field { label: format!("Question {words}"), help: words.into(), ..Field::plain("question", FieldKind::Text) }];
            plan.consents = vec![Consent { id: "terms".into(), version: 1, text: format!("Terms {words}"), required: false }];
        };
        play(plan, async |stage| {
            let answers = [("first_name", words), ("last_name", words), ("email", "eve@example.com"), ("question", words)];
            stage.registers(&answers).await;
            stage.mail_text(0).await;
            stage.member(&format!("other{number}@example.com"), Role::Viewer).await;
            let host = stage.host().await;
            let browser = host.browser();
            let unharmed = async |place: &str| assert_eq!(browser.script(HARMED).await, json!(false), "{words}: {place}");
            browser.sees(&format!("Launch {words}")).await;
            unharmed("events").await;
            host.goes_to("#/events/launch").await;
            browser.sees("Copy the snippet").await;
            browser.sees(&format!("Launch {words}")).await;
            unharmed("overview").await;
            host.goes_to("#/events/launch/people").await;
            let person = format!("{words} {words}");
            browser.until("the name", &format!("called({})", json!(person.replace("  ", " ")))).await;
            unharmed("people").await;
            browser.clicks(&person).await;
            browser.sees(&format!("Question {words}")).await;
            unharmed("side pane").await;
            host.opens_the_menu_in_the_side_pane().await;
            host.chooses("Erase").await;
            browser.sees("This cannot be taken back").await;
            unharmed("dialog").await;
            browser.clicks("No, go back").await;
            host.goes_to("#/events/launch/edit").await;
            browser.until("the preview", "everything.some(e => e.getRootNode() !== document && e.localName === 'form')").await;
            unharmed("edit and preview").await;
            host.goes_to("#/events/launch/try").await;
            browser.until("the element", "everything.some(e => e.getRootNode() !== document && e.localName === 'form')").await;
            unharmed("widget at the desk").await;
            browser.open_page(&format!("{}/e/launch", stage.server)).await;
            browser.until("the widget", "everything.some(e => e.getRootNode() !== document && e.localName === 'form')").await;
            browser.sees(&format!("Question {words}")).await;
            unharmed("widget").await;
            browser.open_page(&format!("{}/dev/mailbox/0/html", stage.server)).await;
            browser.sees("Launch").await;
            unharmed("mail").await;
            assert_eq!(browser.script("return document.querySelectorAll('script, iframe, svg').length").await, json!(0), "{words}: mail");
        });
    }
}

#[test]
fn hostile_cells_of_a_list_and_hostile_materials_are_words() {
    let plan = |plan: &mut curtain_up_server::event_plan::EventPlan| {
        plan.settings = Settings { require_codes: Some(false), ..Settings::default() };
        plan.room = Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() });
    };
    play(plan, async |stage| {
        for words in CORPUS {
            let command =
                ["material", "add", "launch", "--title", words, "--description", words, "--address", "https://example.com/?q=<img>"];
            stage.host_runs(&command).await;
        }
        stage.host_says(Phase::Live).await;
        let host = stage.host().await;
        let browser = host.browser();
        let unharmed = async |place: &str| assert_eq!(browser.script(HARMED).await, json!(false), "{place}");
        host.goes_to("#/events/launch/materials").await;
        browser.sees(CORPUS[4]).await;
        unharmed("materials").await;
        browser.clicks_on("everything.find(e => e.localName === 'button' && words(e) === 'Edit')").await;
        browser.until("the form", &format!("labelled('Title of the link')?.value === {}", json!(CORPUS[0]))).await;
        unharmed("a material").await;
        browser.clicks("No, go back").await;
        browser.clicks_on("everything.find(e => e.localName === 'button' && words(e) === 'Remove')").await;
        browser.sees("Remove this material?").await;
        unharmed("its question").await;
        browser.clicks("No, go back").await;

        host.goes_to("#/events/launch/list").await;
        for (number, words) in CORPUS.into_iter().enumerate() {
            let cell = format!("\"{}\"", words.replace('"', "\"\""));
            let list = format!("code,email,firstname,{cell}\n{cell},ada@example.com,{cell},{cell}\n2,{cell},Eve,{cell}\n");
            host.checks(&host.writes(&format!("{number}.csv"), list)).await;
            browser.sees("1 row is refused.").await;
            browser.sees(words).await;
            unharmed("a list").await;
            let twice = format!("code,email,firstname,{cell},{cell}\n1,ada@example.com,Ada,,\n");
            host.checks(&host.writes(&format!("twice-{number}.csv"), twice)).await;
            browser.sees("hold the same").await;
            unharmed("no list").await;
        }
        browser.open_page(&format!("{}/e/launch", stage.server)).await;
        browser.clicks("Enter").await;
        browser.sees(CORPUS[4]).await;
        unharmed("materials beside the room").await;
    });
}

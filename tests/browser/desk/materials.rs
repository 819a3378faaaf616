//! Materials at the desk: written, ordered, hidden, removed; two hosts at one list.

use super::{host::AtTheDesk, together::ANOTHER_HOST_SAVES};
use crate::stage::play;
use serde_json::json;

const TITLES: &str = "[...document.querySelectorAll('main ol > li h3')].map(words).join(', ')";

/// Another host renames the first material meanwhile.
const ANOTHER_HOST_RENAMES: &str = "window.saved = null;
    (async () => {
        const { version, materials: [{ id, material }] } = await (await fetch('api/desk/events/launch/materials')).json();
        material.title = 'Renamed by somebody else';
        const headers = { 'content-type': 'application/json', 'curtain-up-desk': '1' };
        const body = JSON.stringify({ version, material });
        window.saved = (await fetch(`api/desk/events/launch/materials/${id}`, { method: 'PUT', headers, body })).status;
    })()";

impl AtTheDesk<'_> {
    async fn goes_to_the_materials(&self) {
        self.goes_to("#/events/launch/materials").await;
        self.browser().sees("Links beside the room").await;
    }

    /// Adds a link to an address.
    async fn adds(&self, title: &str, address: &str) {
        let browser = self.browser();
        browser.clicks("Add a material").await;
        browser.fills("Title of the link", title).await;
        browser.picks("Leads to", "an address").await;
        browser.fills("Address", address).await;
        browser.clicks("Save").await;
        browser.until(title, &format!("{TITLES}.includes({})", json!(title))).await;
    }

    /// Clicks a button of the material with this title.
    async fn does(&self, what: &str, title: &str) {
        self.browser().clicks_on(&format!("document.querySelector({})", json!(format!("button[aria-label='{what}: {title}']")))).await;
    }
}

#[test]
fn materials_are_added_ordered_hidden_edited_and_removed() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_materials().await;
            browser.sees("No material yet.").await;
            host.adds("Slides", "https://example.com/slides").await;
            host.adds("Handout", "https://example.com/handout").await;
            host.adds("Recipe", "https://example.com/recipe").await;
            // What the server refuses is marked at its field.
            browser.clicks("Add a material").await;
            browser.fills("Title of the link", "Plain").await;
            browser.picks("Leads to", "an address").await;
            browser.fills("Address", "http://example.com").await;
            browser.clicks("Save").await;
            browser.until("the focus at the field", "document.activeElement === labelled('Address')").await;
            browser.clicks("No, go back").await;
            // By buttons, one place at a time.
            host.does("Move up", "Recipe").await;
            browser.until("the new order", &format!("{TITLES} === 'Slides, Recipe, Handout'")).await;
            browser.until("the focus at what moved", "words(document.activeElement) === 'Recipe'").await;
            host.does("Move down", "Slides").await;
            browser.until("the new order", &format!("{TITLES} === 'Recipe, Slides, Handout'")).await;
            // Hidden until its time.
            assert_eq!(browser.script("return everything.filter(e => words(e) === 'Visible now').length").await, 3);
            host.does("Edit", "Slides").await;
            browser.until("the form", "labelled('Title of the link')?.value === 'Slides'").await;
            browser.fills("Title of the link", "The slides").await;
            browser.fills("What it is", "As they are shown").await;
            browser
                .script(
                    "const field = labelled('Visible from'); field.value = '2099-03-10T18:00';
                     field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }))",
                )
                .await;
            browser.clicks("Save").await;
            browser.sees("Hidden now").await;
            browser.sees("from 2099-03-10 18:00 (America/New_York)").await;
            browser.sees("As they are shown").await;
            browser.picture("desk-materials-list").await;
            // Asked first.
            host.does("Remove", "Handout").await;
            browser.sees("Remove this material?").await;
            browser.clicks("No, go back").await;
            browser.until("nothing gone", &format!("{TITLES} === 'Recipe, The slides, Handout'")).await;
            host.does("Remove", "Handout").await;
            host.confirms().await;
            browser.until("it gone", &format!("{TITLES} === 'Recipe, The slides'")).await;
            let event = stage.store.event("launch").await.expect("the event");
            let kept = stage.store.materials(&event.id).await.expect("materials");
            assert_eq!(kept.iter().map(|kept| kept.plan.title.as_str()).collect::<Vec<_>>(), ["Recipe", "The slides"]);
        },
    );
}

#[test]
fn a_stale_material_is_refused_shown_and_can_be_gone_on_with() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_materials().await;
            host.adds("Slides", "https://example.com/slides").await;
            // The same material.
            host.does("Edit", "Slides").await;
            browser.fills("Title of the link", "Mine").await;
            browser.script(ANOTHER_HOST_RENAMES).await;
            browser.until("the other host", "window.saved === 200").await;
            browser.clicks("Save").await;
            browser.sees("Somebody else has saved this event meanwhile.").await;
            browser.sees("Renamed by somebody else").await;
            browser.picture("desk-material-stale").await;
            assert_eq!(browser.value_of("Title of the link").await, "Mine", "nothing that was typed is lost");
            browser.clicks("Save mine over theirs").await;
            browser.until("mine", &format!("{TITLES} === 'Mine'")).await;
            // Something else of the event.
            browser.clicks("Add a material").await;
            browser.fills("Title of the link", "Handout").await;
            browser.picks("Leads to", "an address").await;
            browser.fills("Address", "https://example.com/handout").await;
            browser.script(ANOTHER_HOST_SAVES).await;
            browser.until("the other host", "window.saved === 200").await;
            browser.clicks("Save").await;
            browser.sees("They changed nothing of this material.").await;
            browser.clicks("Save mine over theirs").await;
            browser.until("both", &format!("{TITLES} === 'Mine, Handout'")).await;
            // Another order.
            browser.script(ANOTHER_HOST_RENAMES).await;
            browser.until("the other host", "window.saved === 200").await;
            host.does("Move up", "Handout").await;
            browser.sees("This is how it is now: try again.").await;
            browser.until("theirs", &format!("{TITLES} === 'Renamed by somebody else, Handout'")).await;
        },
    );
}

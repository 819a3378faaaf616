//! The layout `button`: the dialog, and who finds themselves in it.

use crate::{
    element::{EMAIL, page, plain, room_elsewhere, sets, told},
    stage::{Stage, play},
};
use curtain_up_protocol::Phase;
use serde_json::json;
use std::time::Duration;
use thirtyfour::Key;

#[test]
fn the_dialog_opens_and_closes_by_keyboard_and_gives_the_focus_back() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT' layout=button></curtain-up>").await;
        stage.browser.until("the button", "called('Register')").await;
        let own = "element.innerHTML = '<b slot=button>Save my seat</b>'";
        sets(&stage, own).await;
        stage.browser.sees("Save my seat").await;
        sets(&stage, "element.innerHTML = ''").await;
        assert!(!stage.browser.shows("First name").await);
        stage.browser.tabs_to("Register").await;
        stage.browser.presses(Key::Enter).await;
        stage.browser.sees("First name").await;
        stage
            .browser
            .until("the focus in the dialog", "document.querySelector('curtain-up').shadowRoot.activeElement.closest('dialog')")
            .await;
        stage.browser.fills("First name", "Ada").await;
        stage.browser.picture("dialog").await;
        stage.browser.presses(Key::Escape).await;
        stage.browser.until("the dialog gone", "!labelled('First name')").await;
        stage.browser.has_focus("Register").await;
        sets(&stage, "element.open(); element.lang = 'en-GB'").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(stage.browser.value_of("First name").await, "Ada");
        sets(&stage, "element.close()").await;
        stage.browser.until("the dialog gone", "!labelled('First name')").await;
        sets(&stage, "element.layout = 'inline'").await;
        stage.browser.until("the form on the page", "labelled('First name')?.value === 'Ada'").await;
    });
}

#[test]
fn whoever_comes_by_their_link_finds_the_dialog_open() {
    play(plain, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        opens_in_a_dialog(&stage, &link).await;
    });
}

/// Opens a link on a page whose element opens in a dialog, which is open for whoever has one.
async fn opens_in_a_dialog(stage: &Stage, link: &str) {
    let button =
        "document.addEventListener('DOMContentLoaded', () => document.querySelector('curtain-up').setAttribute('layout', 'button'))";
    stage.browser.before_every_page(button).await;
    stage.browser.open_page(link).await;
    stage
        .browser
        .until("the countdown in the dialog", "everything.some(e => e.getAttribute('role') === 'timer' && e.closest('dialog'))")
        .await;
}

#[test]
fn whoever_closed_the_dialog_is_told_in_it_that_they_are_taken_to_the_room() {
    play(room_elsewhere, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        opens_in_a_dialog(&stage, &link).await;
        stage.browser.presses(Key::Escape).await;
        stage.browser.until("the dialog gone", "!everything.some(e => e.closest('dialog'))").await;
        stage.host_says(Phase::Live).await;
        stage.browser.script("dispatchEvent(new Event('online'))").await;
        stage.browser.until("the way to stay in the dialog", "called('Stay on this page')?.closest('dialog')").await;
        stage.browser.clicks("Stay on this page").await;
        stage.browser.has_focus("Join now").await;
    });
}

#[test]
fn whoever_is_busy_elsewhere_when_the_dialog_opens_by_itself_is_at_its_heading() {
    play(room_elsewhere, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        opens_in_a_dialog(&stage, &link).await;
        stage.browser.presses(Key::Escape).await;
        stage.browser.until("the dialog gone", "!everything.some(e => e.closest('dialog'))").await;
        stage.browser.script("const other = document.createElement('input'); document.body.prepend(other); other.focus()").await;
        stage.host_says(Phase::Live).await;
        stage.browser.script("dispatchEvent(new Event('online'))").await;
        stage.browser.until("the way to stay in the dialog", "called('Stay on this page')?.closest('dialog')").await;
        stage.browser.until("the focus on its heading", "everything.some(e => e.matches('.heading:focus') && e.closest('dialog'))").await;
    });
}

/// Of the button and of the dialog: whether they are drawn for dark surroundings, and their language and direction.
const LOOKS: &str = "const root = document.querySelector('curtain-up').shadowRoot;
    return ['[part=open]', 'dialog'].map(part => root.querySelector(part)).map(e => [getComputedStyle(e).colorScheme, e.lang, e.dir].join(' '));";
/// Whether the words in the dialog are lighter than what is behind them.
const LIGHT_ON_DARK: &str = "const root = document.querySelector('curtain-up').shadowRoot, light = colour => Number(colour.match(/\\d+/)[0]);
    return light(getComputedStyle(root.querySelector('.heading')).color) > light(getComputedStyle(root.querySelector('dialog')).backgroundColor) + 128;";

#[test]
fn button_and_dialog_have_the_theme_and_the_language_of_what_is_in_them() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT' layout=button theme=dark lang=ar></curtain-up>").await;
        told(&stage, "ready").await;
        sets(&stage, "element.open()").await;
        stage.browser.sees("The launch").await;
        stage.browser.picture("dialog-dark").await;
        assert_eq!(stage.browser.script(LOOKS).await, json!(["dark ar rtl", "dark ar rtl"]));
        assert_eq!(stage.browser.script(LIGHT_ON_DARK).await, true);
        sets(&stage, "element.lang = 'de'; element.theme = 'light'").await;
        stage.browser.until("German", "everything.some(e => e.matches('dialog[lang=de]'))").await;
        assert_eq!(stage.browser.script(LOOKS).await, json!(["light de ltr", "light de ltr"]));
        assert_eq!(stage.browser.script(LIGHT_ON_DARK).await, false);
    });
}

#[test]
fn nothing_is_wrong_with_an_open_dialog_whatever_its_surroundings() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT' layout=button></curtain-up>").await;
        told(&stage, "ready").await;
        sets(&stage, "element.open(); element.shadowRoot.querySelector('form').requestSubmit()").await;
        stage.browser.sees("Some answers need another look.").await;
        for theme in ["dark", "light", "auto"] {
            sets(&stage, &format!("element.theme = '{theme}'")).await;
            assert_eq!(stage.browser.faults("document.querySelector('curtain-up')").await, json!([]), "{theme}");
        }
    });
}

#[test]
fn another_layout_is_there_as_soon_as_it_is_named() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT'></curtain-up>").await;
        stage.browser.fills("First name", "Ada").await;
        sets(&stage, "element.layout = 'button'").await;
        stage.browser.until("the form gone", "!labelled('First name')").await;
        stage.browser.clicks("Register").await;
        assert_eq!(stage.browser.value_of("First name").await, "Ada");
    });
}

#[test]
fn a_dialog_that_is_opened_while_its_layout_is_only_just_named_is_open() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up></curtain-up>").await;
        let early = format!(
            "const element = document.createElement('curtain-up'); element.event = '{}/e/launch'; document.body.replaceChildren(element);
             element.layout = 'button'; element.open()",
            stage.server
        );
        stage.browser.script(&early).await;
        stage.browser.until("the form in an open dialog", "labelled('First name')?.closest('dialog[open]')").await;
    });
}

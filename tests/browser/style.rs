//! How a page dresses the element: by tokens and parts, with its own font; and what is left of it on paper.

use crate::stage::{Stage, play};
use curtain_up_server::event_plan::EventPlan;
use serde_json::json;

const INSIDE: &str =
    "const element = document.querySelector('curtain-up'), root = element.shadowRoot, one = name => root.querySelector(name);";

fn plain(plan: &mut EventPlan) {
    plan.description = "What it is about.".into();
}

/// A page with this style sheet and the form, of which something is wrong.
async fn form_in(stage: &Stage, style: &str) {
    let element = format!("<curtain-up event='{}/e/launch'></curtain-up>", stage.server);
    stage.browser.open_page(&stage.page_with(&format!("<style>{style}</style>{element}")).await).await;
    stage.browser.clicks("Register").await;
    stage.browser.sees("Some answers need another look.").await;
}

async fn computed(stage: &Stage, part: &str, property: &str) -> String {
    let style = format!("{INSIDE} return getComputedStyle(one('{part}')).getPropertyValue('{property}')");
    stage.browser.script(&style).await.as_str().unwrap_or_default().to_owned()
}

/// Each token, a value that no default is, and where it shows.
const TOKENS: [(&str, &str, &str, &str); 10] = [
    ("accent", "rgb(1, 120, 3)", ".form > .primary", "background-color"),
    ("on-accent", "rgb(2, 3, 4)", ".form > .primary", "color"),
    ("problem", "rgb(130, 4, 5)", ".problem:not(:empty)", "color"),
    ("color", "rgb(4, 5, 60)", ".curtain-up", "color"),
    ("surface", "rgb(250, 251, 252)", ".curtain-up", "background-color"),
    ("line", "rgb(6, 7, 80)", "[name=first_name][aria-invalid=false]", "border-top-color"),
    ("tint", "rgb(240, 241, 230)", "[name=first_name]", "background-color"),
    ("soft", "rgb(8, 90, 10)", ".when", "color"),
    ("radius", "7px", "[name=first_name]", "border-top-left-radius"),
    ("gap", "31px", ".view", "row-gap"),
];

#[test]
fn every_token_changes_what_it_names() {
    play(plain, async |stage| {
        let tokens: String = TOKENS.iter().map(|(name, value, ..)| format!("--curtain-up-{name}: {value};")).collect();
        form_in(&stage, &format!("curtain-up {{ {tokens} }}")).await;
        stage.browser.fills("First name", "Ada").await;
        stage.browser.picture("tokens").await;
        for (name, value, part, property) in TOKENS {
            assert_eq!(computed(&stage, part, property).await, value, "--curtain-up-{name}");
        }
    });
}

#[test]
fn a_page_styles_parts_and_the_font_is_its_own() {
    play(plain, async |stage| {
        let style = "body { font: italic 19px 'DejaVu Serif', serif; color: rgb(10, 20, 30); }
            curtain-up::part(primary) { letter-spacing: 3px; } curtain-up::part(control) { border-width: 5px; }";
        form_in(&stage, style).await;
        assert_eq!(computed(&stage, ".primary", "letter-spacing").await, "3px");
        assert_eq!(computed(&stage, "[name=email]", "border-top-width").await, "5px");
        for part in [".when", ".primary", "[name=email]"] {
            assert_eq!(computed(&stage, part, "font-family").await, "\"DejaVu Serif\", serif", "{part}");
            assert_eq!(computed(&stage, part, "font-style").await, "italic", "{part}");
        }
        assert_eq!(computed(&stage, "[name=email]", "font-size").await, "19px");
        assert_eq!(computed(&stage, ".curtain-up", "color").await, "rgb(10, 20, 30)");
    });
}

#[test]
fn fields_have_borders_in_browsers_that_mix_no_colours() {
    play(plain, async |stage| {
        form_in(&stage, "").await;
        // As such a browser reads the style sheet: it knows no such function.
        let strip = format!("{INSIDE} const [old] = root.adoptedStyleSheets, sheet = new CSSStyleSheet();
            sheet.replaceSync([...old.cssRules].map(rule => rule.cssText).join('').replaceAll('color-mix(', 'colour-mix(')); root.adoptedStyleSheets = [sheet]");
        stage.browser.script(&strip).await;
        stage.browser.fills("First name", "Ada").await;
        stage.browser.picture("no-color-mix").await;
        let field = "[name=first_name][aria-invalid=false]";
        assert_eq!(computed(&stage, field, "border-top-width").await, "1px");
        assert_eq!(computed(&stage, field, "border-top-color").await, computed(&stage, ".curtain-up", "color").await);
    });
}

#[test]
fn on_paper_there_is_nothing_to_press_and_dark_pages_can_be_read() {
    play(plain, async |stage| {
        let element = format!("<curtain-up theme=dark event='{}/e/launch'></curtain-up>", stage.server);
        stage.browser.open_page(&stage.page_with(&element).await).await;
        stage.browser.until("the form", "labelled('Email')").await;
        assert!(stage.browser.shows("Lost your access link?").await);
        stage.browser.is_printed().await;
        stage.browser.picture("printed").await;
        assert_eq!(stage.browser.script("return everything.filter(e => e.matches('button, .primary')).length").await, json!(0));
        assert_eq!(computed(&stage, ".curtain-up", "color").await, "rgb(0, 0, 0)");
        for words in ["The launch", "What it is about.", "First name"] {
            assert!(stage.browser.shows(words).await, "{words}");
        }
        stage.browser.script("document.querySelector('curtain-up').view = 'countdown'").await;
        stage.browser.until("no clock that stands", "!everything.some(e => e.matches('.countdown'))").await;
    });
}

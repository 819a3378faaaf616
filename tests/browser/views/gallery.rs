//! The page that shows every view; what happens on it is in `gallery.js`.

use crate::stage::Stage;
use serde_json::json;

/// How somebody looks at the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Light,
    Dark,
    /// Few colours for everything, as Windows' contrast themes have it.
    Forced,
    /// 320 pixels wide, as on a small telephone or at 400 % zoom.
    Narrow,
}

/// The page in one language and look.
#[derive(Clone, Copy, Debug)]
pub struct Gallery {
    pub look: Look,
    pub language: &'static str,
}

/// What a host writes, in the language of the event.
fn wording(language: &str) -> serde_json::Value {
    match language {
        "ar" => {
            json!({ "title": "إطلاق كانوبي", "description": "خمس وأربعون دقيقة مع من بنوه.", "question": "سؤال للفريق", "help": "نجيب عن أفضلها مباشرة.",
            "colour": "لون الدراجة", "colours": ["أحمر", "أزرق"], "country": "بلدك", "team": "حجم الفريق", "consent": "أوافق على استخدام بياناتي لهذه الفعالية." })
        }
        _ => {
            json!({ "title": "Meet Canopy: the launch", "description": "Forty-five minutes with the people who built it.", "question": "A question for the team",
            "help": "We answer the best ones live.", "colour": "Colour of the bike", "colours": ["Red", "Blue"], "country": "Country",
            "team": "Size of the team", "consent": "I agree that you use these details to run this event." })
        }
    }
}

impl Gallery {
    /// Opens the page and waits until every view is there.
    pub async fn opens(self, stage: &Stage) {
        let Self { look, language } = self;
        let browser = &stage.browser;
        browser.prefers("forced-colors", if look == Look::Forced { "active" } else { "none" }).await;
        let page = self.html(&stage.server);
        let site = stage.serves(page).await;
        // Each opens by a link, which is for one of the views.
        browser.open_page(&format!("{site}?email=ada%40example.com&key=0000")).await;
        let case = format!("every view in {language}, {look:?}");
        for _ in 0..300 {
            let missing = browser.script("return window.missing ? missing().join(' ') : 'the page'").await;
            if missing == "" {
                browser.script("document.activeElement?.blur(); scrollTo(0, 0)").await;
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("{case}: missing are {}", browser.script("return missing().join(' ')").await);
    }

    fn html(self, server: &str) -> String {
        let Self { look, language } = self;
        let (scheme, direction) = (if look == Look::Dark { "dark" } else { "light" }, if language == "ar" { "rtl" } else { "ltr" });
        let width = if look == Look::Narrow { "320px" } else { "440px" };
        let start = json!({ "language": language, "event": wording(language) });
        format!(
            r#"<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>Every view</title><link rel="icon" href="data:,">
            <style>
                :root {{ color-scheme: {scheme}; background: Canvas; color: CanvasText; font: 16px/1.5 "DejaVu Sans"; }}
                :root {{ scrollbar-width: none; }}
                body {{ margin: 0; }} main {{ width: {width}; margin: 0 auto 0 0; direction: ltr; }} curtain-up {{ direction: {direction}; }}
                curtain-up {{ display: block; box-sizing: border-box; padding: 16px; }}
            </style>
            <script>window.gallery = {start};</script><script>{script}</script>
            <script type="module" src="{server}/curtain-up.js" crossorigin></script></head><body><main></main></body></html>"#,
            script = include_str!("gallery.js"),
        )
    }
}

//! The colours of a mail.

use crate::event_plan::Look;

/// A button's colours.
#[derive(Debug, PartialEq, Eq)]
pub struct Paint {
    /// Its ground.
    pub accent: String,
    /// The words on it: black or white, whichever is read more easily.
    pub on_accent: &'static str,
}

const INDIGO: &str = "#4338ca";

/// The colours of an event; indigo where the host chose none.
pub fn paint(look: &Look) -> Paint {
    let accent = look.accent.as_deref().unwrap_or(INDIGO);
    // Contrast with white equals contrast with black at this luminance (WCAG 2.2, contrast ratio).
    let on_accent = if luminance(accent) > 0.179 { "#000000" } else { "#ffffff" };
    Paint { accent: accent.to_owned(), on_accent }
}

/// Relative luminance of `#rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or_default();
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_on_a_button_stand_out() {
        for (accent, on_accent) in [
            (None, "#ffffff"),
            (Some("#000000"), "#ffffff"),
            (Some("#ffffff"), "#000000"),
            (Some("#ffcc00"), "#000000"),
            (Some("#0000ff"), "#ffffff"),
            (Some("#808080"), "#000000"),
        ] {
            assert_eq!(paint(&Look { accent: accent.map(str::to_owned), logo: None }).on_accent, on_accent, "{accent:?}");
        }
    }
}

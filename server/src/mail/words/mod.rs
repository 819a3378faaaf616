//! The words of mails, a catalogue a language. A catalogue that lacks a key does not compile; one that lacks a
//! placeholder fails a test that names key and language.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod nl;
mod pl;
mod pt;

use chrono::Locale;

/// Subject and first sentence of a kind of mail. Both may hold `{title}`, the subject of reminders `{time}`.
pub struct Opening {
    /// What the list of mails shows.
    pub subject: &'static str,
    /// What the mail says first.
    pub sentence: &'static str,
}

/// All words of a language.
pub struct Words {
    /// Its tag, BCP 47.
    pub tag: &'static str,
    /// Whether it is written from right to left.
    pub is_right_to_left: bool,
    /// Whose names of days and months it uses.
    pub locale: Locale,
    /// How it writes day and time, as [`chrono::format::strftime`] reads it.
    pub date_and_time: &'static str,
    /// The greeting, with `{name}`.
    pub hello: &'static str,
    /// The greeting of nobody in particular.
    pub hello_host: &'static str,
    /// You are registered.
    pub confirmation: Opening,
    /// You asked for your link again.
    pub resend: Opening,
    /// You are on the waiting list.
    pub waiting_list: Opening,
    /// It starts soon.
    pub reminder: Opening,
    /// It is live.
    pub live: Opening,
    /// It takes place at another time.
    pub moved: Opening,
    /// It will not take place.
    pub cancelled: Opening,
    /// It is over.
    pub thank_you: Opening,
    /// The host has cancelled your registration.
    pub registration_cancelled: Opening,
    /// To the host: somebody guesses keys.
    pub guessing_alarm: Opening,
    /// To the host: too many mails bounce.
    pub bounce_alarm: Opening,
    /// Before the time.
    pub when: &'static str,
    /// Before the link.
    pub your_link: &'static str,
    /// What the link does.
    pub how_it_works: &'static str,
    /// On the button.
    pub open_link: &'static str,
    /// Before the key.
    pub your_key: &'static str,
    /// What the key is for.
    pub key_use: &'static str,
    /// Before the calendars.
    pub calendar: &'static str,
    /// Calendars without a link of their own.
    pub attached: &'static str,
    /// Before the address as text.
    pub no_button: &'static str,
    /// On the button to the replay.
    pub replay: &'static str,
    /// Before the address that ends reminders.
    pub stop_reminders: &'static str,
    /// The question on the page that ends reminders, with `{title}`.
    pub stop_question: &'static str,
    /// Its button.
    pub stop_button: &'static str,
    /// Its answer, with `{title}`.
    pub stopped: &'static str,
}

/// Every language, English first.
pub const ALL: [&Words; 10] =
    [&en::WORDS, &fr::WORDS, &de::WORDS, &es::WORDS, &pt::WORDS, &it::WORDS, &nl::WORDS, &pl::WORDS, &ja::WORDS, &ar::WORDS];

/// The words of the first of these languages that there are words of; English where there are none.
pub fn in_language<'a>(tags: impl IntoIterator<Item = &'a str>) -> &'static Words {
    tags.into_iter().find_map(known_language).unwrap_or(ALL[0])
}

/// The words of a language, if there are any.
pub fn known_language(tag: &str) -> Option<&'static Words> {
    let language = tag.split('-').next().unwrap_or_default();
    ALL.into_iter().find(|words| words.tag.eq_ignore_ascii_case(language))
}

/// Puts values in the place of `{name}`s, in one pass: what a value holds is text, whatever it looks like.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(name, behind)| Some((values.iter().find(|(known, _)| *known == name)?.1, behind)));
        match found {
            Some((value, behind)) => {
                filled.push_str(value);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of a catalogue by its key.
    fn texts(words: &Words) -> Vec<(String, &'static str)> {
        let openings = [
            ("confirmation", &words.confirmation),
            ("resend", &words.resend),
            ("waiting_list", &words.waiting_list),
            ("reminder", &words.reminder),
            ("live", &words.live),
            ("moved", &words.moved),
            ("cancelled", &words.cancelled),
            ("thank_you", &words.thank_you),
            ("registration_cancelled", &words.registration_cancelled),
            ("guessing_alarm", &words.guessing_alarm),
            ("bounce_alarm", &words.bounce_alarm),
        ];
        let plain = [
            ("hello", words.hello),
            ("hello_host", words.hello_host),
            ("when", words.when),
            ("your_link", words.your_link),
            ("how_it_works", words.how_it_works),
            ("open_link", words.open_link),
            ("your_key", words.your_key),
            ("key_use", words.key_use),
            ("calendar", words.calendar),
            ("attached", words.attached),
            ("no_button", words.no_button),
            ("replay", words.replay),
            ("stop_reminders", words.stop_reminders),
            ("stop_question", words.stop_question),
            ("stop_button", words.stop_button),
            ("stopped", words.stopped),
        ];
        let of_openings = openings
            .iter()
            .flat_map(|(key, opening)| [(format!("{key}.subject"), opening.subject), (format!("{key}.sentence"), opening.sentence)]);
        of_openings.chain(plain.iter().map(|(key, text)| ((*key).to_owned(), *text))).collect()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_text_of_every_language_has_the_placeholders_of_the_english_one() {
        for words in ALL {
            for ((key, english), (_, text)) in texts(ALL[0]).into_iter().zip(texts(words)) {
                assert!(!text.trim().is_empty(), "{key} is missing in {}", words.tag);
                assert_eq!(placeholders(text), placeholders(english), "{key} in {}", words.tag);
            }
        }
    }

    #[test]
    fn no_language_leaves_an_english_sentence_as_it_is() {
        for words in &ALL[1..] {
            for ((key, english), (_, text)) in texts(ALL[0]).into_iter().zip(texts(words)) {
                assert!(text != english || english.len() < 12, "{key} in {} is English", words.tag);
            }
        }
    }

    #[test]
    fn the_first_known_language_wins_and_english_is_the_last_resort() {
        for (tags, expected) in [
            (&["de-AT", "fr"][..], "de"),
            (&["sw", "fr-CA"], "fr"),
            (&["PT-br"], "pt"),
            (&["zh-Hant", "tlh"], "en"),
            (&["", "x"], "en"),
            (&[], "en"),
        ] {
            assert_eq!(in_language(tags.iter().copied()).tag, expected, "{tags:?}");
        }
    }

    #[test]
    fn what_stands_in_a_value_is_not_filled_in_again() {
        for (pattern, expected) in [("Hello {name}!", "Hello {title}!"), ("{title} {x} {", "Launch {x} {"), ("", "")] {
            assert_eq!(fill(pattern, &[("name", "{title}"), ("title", "Launch")]), expected);
        }
    }
}

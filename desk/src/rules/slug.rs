/// The longest slug.
const LONGEST: usize = 64;

/// A slug that a title suggests: `Meet Canopy: the launch` is `meet-canopy-the-launch`.
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'a'..='z' | '0'..='9' => Some(letter),
            'ä' | 'á' | 'à' | 'â' | 'å' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'í' | 'ì' | 'î' | 'ï' => Some('i'),
            'ö' | 'ó' | 'ò' | 'ô' | 'ø' => Some('o'),
            'ü' | 'ú' | 'ù' | 'û' => Some('u'),
            'ñ' => Some('n'),
            'ç' => Some('c'),
            '\'' | '’' => continue,
            _ => None,
        };
        match plain {
            Some(plain) => slug.push(plain),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(LONGEST);
    slug.trim_end_matches('-').to_owned()
}

/// The slug of a copy: `launch`, `launch-2`, `launch-3`.
pub fn next_slug(slug: &str) -> String {
    let numbered = slug.rsplit_once('-').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
    let (stem, number) = numbered.map_or((slug, 2), |(stem, number)| (stem, number.saturating_add(1)));
    let end = format!("-{number}");
    let stem: String = stem.chars().take(LONGEST - end.len()).collect();
    stem + &end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_suggests_a_slug() {
        for (title, slug) in [
            ("Meet Canopy: the launch", "meet-canopy-the-launch"),
            ("  Übung macht den Meister!  ", "ubung-macht-den-meister"),
            ("What's new?", "whats-new"),
            ("日本", ""),
            ("<script>", "script"),
        ] {
            assert_eq!(slug_of(title), slug, "{title}");
        }
        assert_eq!(slug_of(&"word ".repeat(40)).len(), 64);
    }

    #[test]
    fn copies_are_counted() {
        for (slug, next) in [("launch", "launch-2"), ("launch-2", "launch-3"), ("2026-launch", "2026-launch-2"), ("q-9", "q-10")] {
            assert_eq!(next_slug(slug), next);
        }
        assert!(next_slug(&"a".repeat(64)).len() <= 64);
    }
}

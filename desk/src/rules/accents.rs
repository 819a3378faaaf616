/// Words of a list that show whether its letters were read as they were written: those with letters beyond a to z, each once.
pub fn accented_words(text: &str, most: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let words = text.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_ascii()) {
        if found.len() == most {
            break;
        }
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_accents_are_shown_a_few_and_each_once() {
        for (text, words) in [
            ("code,email,firstname\n1,ada@example.com,Ada\n", vec![]),
            ("1;zoe@example.com;Zoë;Müller-Lüdenscheidt\n2;x@y.z;Zoë;\"Pérez\"\n", vec!["Zoë", "Müller", "Lüdenscheidt"]),
            ("1,a@b.de,MŸller\n2,c@d.de,£ukasz", vec!["MŸller", "£ukasz"]),
        ] {
            assert_eq!(accented_words(text, 3), words, "{text}");
        }
    }
}

//! How many guesses it takes to hit a code of a list: the space of the codes by the number of people in it.

use std::collections::HashMap;

/// How many guesses would hit one of these codes, at the most: somebody who guesses tries the shape that most codes have,
/// without what all of them begin and end with, and only the numbers in use where they are in a row.
pub fn guesses<'a>(codes: impl Iterator<Item = &'a str>) -> Option<u64> {
    let mut shapes: HashMap<(usize, u64), Vec<&str>> = HashMap::new();
    for code in codes {
        shapes.entry((code.chars().count(), alphabet(code))).or_default().push(code);
    }
    shapes.into_values().map(|codes| space(&codes) / codes.len() as u64).min().map(|guesses| guesses.max(1))
}

/// How many characters such a code is made of, as far as one can see.
fn alphabet(code: &str) -> u64 {
    let classes = [
        (code.chars().any(|c| c.is_ascii_digit()), 10),
        (code.chars().any(|c| c.is_ascii_alphabetic()), 26),
        (code.chars().any(|c| !c.is_ascii_alphanumeric()), 30),
    ];
    classes.into_iter().filter(|(is, _)| *is).map(|(_, size)| size).sum::<u64>().max(1)
}

fn space(codes: &[&str]) -> u64 {
    let first = codes[0];
    let common = codes.iter().map(|code| first.chars().zip(code.chars()).take_while(|(a, b)| a == b).count()).min().unwrap_or_default();
    // What is left where all begin alike and end alike.
    let mut parts: Vec<Vec<char>> =
        codes.iter().map(|code| code.chars().skip(if codes.len() > 1 { common } else { 0 }).collect()).collect();
    while codes.len() > 1 && parts[0].last().is_some_and(|last| parts.iter().all(|part| part.last() == Some(last))) {
        parts.iter_mut().for_each(|part| part.truncate(part.len() - 1));
    }
    let parts: Vec<String> = parts.into_iter().map(String::from_iter).collect();
    let kind = parts.iter().map(|part| alphabet(part)).max().unwrap_or(1);
    let length = parts.iter().map(|part| part.chars().count()).max().unwrap_or_default();
    let all = kind.saturating_pow(u32::try_from(length).unwrap_or(u32::MAX));
    let numbers: Option<Vec<u64>> = parts.iter().map(|part| part.parse().ok()).collect();
    let in_use = numbers.filter(|numbers| numbers.len() > 1).and_then(|numbers| Some(numbers.iter().max()? - numbers.iter().min()? + 1));
    in_use.map_or(all, |in_use| in_use.min(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_as_strong_as_its_list() {
        let list = |codes: &[&str]| guesses(codes.iter().copied());
        assert_eq!(list(&[]), None);
        assert_eq!(list(&["0042"]), Some(10_000), "four digits, one person");
        assert_eq!(list(&["0000", "9999"]), Some(5_000), "any of two will do");
        assert_eq!(list(&["1001", "1002", "1003"]), Some(1), "numbers in a row");
        assert_eq!(list(&["GUEST7", "GUEST1"]), Some(3), "all begin alike");
        assert_eq!(list(&["1001ACME", "1002ACME", "1003ACME"]), Some(1), "all end alike, with numbers in a row before it");
        assert_eq!(list(&["X7ACME", "X1ACME"]), Some(3), "all begin and end alike");
        assert_eq!(list(&["77ACME", "71ACME", "17ACME"]), Some(20), "numbers from 17 to 77");
        assert_eq!(list(&["K7QX2M9P", "3TTWB8ZA"]), Some(36_u64.pow(8) / 2));
        assert_eq!(list(&["K7QX2M9P", "3TTWB8ZA", "77"]), Some(100), "one weak code is what is tried");
        assert!(list(&["A_VERY_LONG_CODE_THAT_NOBODY_TYPES", "B"]).is_some(), "no overflow");
    }
}

//! How bad an enhanced status code is (RFC 3463).

use crate::store::address::BounceKind;

/// What a delivery that failed for good says of the address. A full mailbox, a policy, a network or a server that is
/// away say nothing of it for good, whatever the first digit is.
pub fn of_failure(status: &str) -> BounceKind {
    let mut parts = status.trim().split('.').map(str::trim);
    let (class, subject, detail) = (parts.next(), parts.next(), parts.next());
    match (class, subject, detail) {
        // Bad mailbox, bad domain, bad syntax, moved away, null MX (RFC 7505), mailbox disabled.
        (Some("5"), Some("1"), Some("0" | "1" | "2" | "3" | "6" | "10")) | (Some("5"), Some("2"), Some("1")) => BounceKind::Hard,
        _ => BounceKind::Soft,
    }
}

/// The first enhanced status code in a text: `550 5.1.1 no such user` → `5.1.1`.
pub fn in_text(text: &str) -> Option<&str> {
    let is_edge = |c: char| !(c.is_ascii_digit() || c == '.');
    text.split(is_edge).find(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        matches!(parts[..], ["4" | "5", subject, detail] if is_short_number(subject) && is_short_number(detail))
    })
}

fn is_short_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_true_for_good_is_hard() {
        for (status, kind) in [
            ("5.1.1", BounceKind::Hard),
            ("5.1.10", BounceKind::Hard),
            (" 5.2.1 ", BounceKind::Hard),
            ("5.2.2", BounceKind::Soft),
            ("5.7.1", BounceKind::Soft),
            ("5.4.4", BounceKind::Soft),
            ("4.4.1", BounceKind::Soft),
            ("5.0.0", BounceKind::Soft),
            ("", BounceKind::Soft),
        ] {
            assert_eq!(of_failure(status), kind, "{status}");
        }
    }

    #[test]
    fn a_status_is_found_among_other_numbers() {
        for (text, found) in [
            ("550 5.1.1 <x@y.example>: no", Some("5.1.1")),
            ("Remote host 192.0.2.5 said: 550-5.1.1 unknown", Some("5.1.1")),
            ("(#5.1.1)", Some("5.1.1")),
            ("version 5.1 on 10.0.0.1", None),
            ("2.0.0 ok", None),
        ] {
            assert_eq!(in_text(text), found, "{text}");
        }
    }
}

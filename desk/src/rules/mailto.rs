use curtain_up_protocol::percent_encode;

/// The address that opens a new mail in somebody's own mail program (RFC 6068): line breaks are `%0D%0A`, and what
/// somebody named an event can add no header.
pub fn mailto(to: &str, subject: &str, body: &str) -> String {
    let body = body.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    // An `@` may stand as it is, and some mail programs know it only so.
    let to = percent_encode(to).replace("%40", "@");
    format!("mailto:{to}?subject={}&body={}", percent_encode(subject), percent_encode(&body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_subject_and_body_come_through_whole() {
        for (to, subject, body, expected) in [
            ("ada@example.com", "Your link", "Hello", "mailto:ada@example.com?subject=Your%20link&body=Hello"),
            ("a+b@example.com", "A & B", "x=1&y=2", "mailto:a%2Bb@example.com?subject=A%20%26%20B&body=x%3D1%26y%3D2"),
            ("a@b.de", "Ü", "one\ntwo", "mailto:a@b.de?subject=%C3%9C&body=one%0D%0Atwo"),
        ] {
            assert_eq!(mailto(to, subject, body), expected);
        }
    }

    #[test]
    fn nobody_adds_a_header_by_the_name_of_an_event() {
        let address = mailto("a@b.de?cc=eve@example.com", "x&bcc=eve@example.com", "");
        assert!(!address.contains("&bcc") && !address.contains("?cc"), "{address}");
    }
}

//! Five hundred awkward addresses and names: each mail, parsed again, has exactly one recipient and only the headers
//! that this server writes.

use crate::harness::{Letter, TestServer, in_parallel};
use serde_json::json;
use std::collections::HashMap;

const LOCALS: [&str; 20] = [
    "a",
    "o'neil",
    "a+b",
    "a.b.c",
    "!#$%&'*",
    "+/=?^_`{|}~",
    "-",
    "_",
    "1",
    "UPPER",
    "x--y",
    "bcc",
    "a=b",
    "%40",
    "&amp;",
    "=?utf-8?q?x?=",
    "to",
    "~",
    "a*b",
    "mail+list+tag",
];
const DOMAINS: [&str; 5] = ["example.com", "a-b.example", "bücher.example", "xn--bcher-kva.example", "sub.sub.sub.example.co.uk"];
const NAMES: [(&str, &str); 25] = [
    ("Ada", "Lovelace"),
    ("Ada <eve@evil.example>", "x"),
    ("\"Ada\"", "\\"),
    ("Ada, Bob", "<b@c.de>, d@e.fr"),
    ("Ada;", ":group: eve@evil.example;"),
    ("=?utf-8?q?=0D=0ABcc:_eve@evil.example?=", "x"),
    ("=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=", "x"),
    ("\u{2028}Bcc: eve@evil.example", "\u{2029}"),
    ("\u{85}Bcc: eve@evil.example", "x"),
    ("\u{202e}adA", "\u{200f}"),
    ("👩‍💻", "🎭"),
    ("李", "小龍"),
    ("محمد", "علي"),
    ("Zoë", "Ångström"),
    ("<script>", "</script>"),
    ("{{ name }}", "{% raw %}"),
    ("{title}", "{time}"),
    ("(comment)", "(c(c)c)"),
    ("@", "@@"),
    (".", "..."),
    ("\\r\\nBcc: eve@evil.example", "%0D%0ABcc: eve@evil.example"),
    ("a\tb", "c\td"),
    ("-----BEGIN", "--b1--"),
    ("To: eve@evil.example", "Subject: x"),
    ("O’Brien-Smith Jr.", "van der Straaten"),
];

const HEADERS: [&str; 10] = [
    "from",
    "to",
    "subject",
    "message-id",
    "auto-submitted",
    "reply-to",
    "date",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_awkward_people_get_a_mail_each_and_nobody_else_gets_one() {
    let server = std::sync::Arc::new(TestServer::start().await);
    // Every name with every address shape, shifted so that each name meets all locals; long names and a number make each its own.
    let people: Vec<(String, String, String)> = (0..500)
        .map(|number| {
            let (first, last) = NAMES[number % NAMES.len()];
            let (local, domain) = (LOCALS[number / NAMES.len()], DOMAINS[(number + number / NAMES.len()) % DOMAINS.len()]);
            let long = if number % 50 == 49 { "ß".repeat(60) } else { String::new() };
            (format!("{local}{number}@{domain}"), format!("{first}{long}"), last.to_owned())
        })
        .collect();
    let register = people.iter().cloned().map(|(email, first, last)| {
        let server = server.clone();
        async move {
            let answer = |field: &str, value: &str| json!({ "field": field, "values": [value] });
            let body = json!({ "answers": [answer("first_name", &first), answer("last_name", &last), answer("email", &email)] });
            (email, server.somebody().register_as(&body).await)
        }
    });
    let replies = in_parallel(50, register.collect::<Vec<_>>()).await;
    let refused: Vec<_> = replies.iter().filter(|(_, reply)| reply.status != 202).collect();
    assert!(refused.iter().all(|(_, reply)| reply.status == 422), "{refused:?}");
    let taken = replies.len() - refused.len();
    assert!(taken >= 380, "most are odd, not wrong: {taken}");

    let letters = server.mails().await;
    assert_eq!(letters.len(), taken, "one mail each");
    let mut by_address: HashMap<String, &Letter> = HashMap::new();
    for letter in &letters {
        let recipients = letter.recipients();
        assert_eq!(recipients.len(), 1, "{}", letter.raw());
        let names = letter.header_names();
        assert!(names.iter().all(|name| HEADERS.contains(&name.as_str())), "{names:?}");
        assert!(!names.iter().enumerate().any(|(index, name)| names[..index].contains(name)), "each header once: {names:?}");
        assert!(letter.raw().lines().all(|line| line.len() <= 998), "RFC 5322, 2.1.1");
        by_address.insert(recipients[0].clone(), letter);
    }
    for (email, reply) in &replies {
        let ascii = email.replace("bücher", "xn--bcher-kva");
        assert_eq!(by_address.contains_key(&ascii), reply.status == 202, "{email}");
    }
}

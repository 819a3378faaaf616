//! Trust, by plain forms: the same counters, the same uniform answers, and what only pages must look out for.

use super::{ADA, Pairs, enter, parts, submit, with_cookie_of, written};
use crate::harness::{Database, Reply, TestServer, Visitor, in_parallel, plan};
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Field, FieldKind};
use curtain_up_server::event_plan::EventPlan;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn instant_entry_gives_nothing_away_on_the_plain_page() {
    let server = TestServer::start().await;
    server.add(EventPlan { instant_entry: true, ..plan("instant") }).await;
    let new = submit(&server.somebody(), "/e/instant/register", ADA).await;
    let known = submit(&server.somebody(), "/e/instant/register", ADA).await;
    assert_eq!(new.header("set-cookie"), "");
    assert_eq!(new.all_but_the_date(), known.all_but_the_date());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_a_refused_address_and_a_locked_one_look_the_same_to_the_byte() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    server.registered("eva@example.com").await;
    let wrong = if letter.key() == "0000" { "0001" } else { "0000" };
    let try_key = async |email: &str, key: &str| submit(&server.somebody(), "/e/launch/enter", &[("email", email), ("key", key)]).await;
    for _failure in 0..6 {
        try_key("eva@example.com", wrong).await;
    }
    let reference = try_key("ada@example.com", wrong).await;
    assert_eq!((reference.status, reference.header("set-cookie")), (401, ""));
    assert!(reference.body.contains("does not let you in") && !reference.body.contains(wrong), "{}", reference.body);
    // The address that was typed is all that may differ; these are as long as hers.
    for (case, email, key) in [
        ("an unknown address", "eve@example.com", letter.key()),
        ("a locked address", "eva@example.com", wrong.to_owned()),
        ("a malformed address", "adaATexample.co", wrong.to_owned()),
        ("no key", "ada@example.com", String::new()),
    ] {
        let reply = try_key(email, &key).await;
        let reply = Reply { body: reply.body.replace(email, "ada@example.com"), ..reply };
        assert_eq!(reply.all_but_the_date(), reference.all_but_the_date(), "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_by_form_and_by_the_element_are_counted_together() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let wrong = if letter.key() == "0000" { "0001" } else { "0000" };
    for _guess in 0..3 {
        assert_eq!(server.somebody().enter("ada@example.com", wrong).await.status, 401);
    }
    for _guess in 0..10 {
        assert_eq!(submit(&server.somebody(), "/e/launch/enter", &[("email", "ada@example.com"), ("key", wrong)]).await.status, 401);
    }
    assert_eq!(server.failed_guesses().await, 5);
    let right = submit(&server.somebody(), "/e/launch/enter", &[("email", "ada@example.com"), ("key", &letter.key())]).await;
    assert_eq!(right.status, 401, "locked for the right key too");
    assert_eq!(enter(&server.somebody(), &parts(&letter.link())).await.status, 303, "but not for a mailed link");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_resends_would_send_three_mails_by_form_too() {
    let server = TestServer::start().await;
    server.registered("ada@example.com").await;
    for _minutes in 0..30 {
        submit(&server.somebody(), "/e/launch/resend", &[("email", "ada@example.com")]).await;
        server.pass(TimeDelta::minutes(5)).await;
    }
    assert_eq!(server.mails_to("ada@example.com").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_that_registers_too_many_is_told_so_on_the_page_and_keeps_what_it_typed() {
    let server = TestServer::start().await;
    let visitor = server.somebody();
    let register = |number: usize| {
        let visitor = visitor.clone();
        async move {
            let email = format!("person{number}@example.com");
            submit(&visitor, "/e/launch/register", &[ADA[0], ADA[1], ("email", &email)]).await
        }
    };
    let first = in_parallel(20, (0..100).map(register)).await;
    assert!(first.iter().all(|reply| reply.status == 303));
    let last = register(100).await;
    assert_eq!((last.status, last.header("retry-after")), (429, "600"));
    assert!(last.body.contains("try again in ten minutes") && last.body.contains(r#"value="person100@example.com""#), "{}", last.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_another_site_has_sent_does_nothing() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let link = parts(&letter.link());
    let link: Vec<(&str, &str)> = link.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let eve: Pairs = &[("first_name", "Eve"), ("last_name", "Moneypenny"), ("email", "eve@example.com")];
    for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
        for (path, pairs) in [("/e/launch/register", eve), ("/e/launch/resend", &eve[2..]), ("/e/launch/enter", &link)] {
            let reply = Reply::to(written(&server.somebody(), path, pairs).header(name, value)).await;
            assert_eq!((reply.status, reply.header("set-cookie")), (403, ""), "{path} {name} {value}");
            assert!(reply.body.contains("sent from another site"), "{path} {name} {value}");
        }
    }
    assert_eq!(server.registrants().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hosts_and_visitors_write_is_shown_as_text() {
    let server = TestServer::start().await;
    for (number, nasty) in [
        r#""><script>alert(1)</script>"#,
        "</textarea><img src=x onerror=alert(1)>",
        "</title><svg onload=alert(1)>",
        "</noscript><script>alert(1)</script>",
        "' autofocus onfocus='alert(1)",
        "{{ 7 * 7 }}<!--",
        "javascript:alert(1)",
        "</option></select><iframe srcdoc=x>",
    ]
    .into_iter()
    .enumerate()
    {
        let slug = format!("nasty{number}");
        let text = Field { label: nasty.into(), help: nasty.into(), ..Field::plain("note", FieldKind::LongText) };
        let choice = |id: &str, kind| Field { label: nasty.into(), choices: vec![nasty.into()], ..Field::plain(id, kind) };
        server
            .add(EventPlan {
                title: nasty.into(),
                description: nasty.into(),
                fields: vec![text, choice("one", FieldKind::Choice), choice("some", FieldKind::Choices)],
                consents: vec![Consent { id: "terms".into(), version: 1, text: nasty.into(), required: true }],
                ..plan(&slug)
            })
            .await;
        let visitor = server.somebody();
        let typed: Pairs = &[
            ("first_name", nasty),
            ("email", nasty),
            ("note", nasty),
            ("one", nasty),
            ("some", nasty),
            (nasty, nasty),
            ("source:utm_x", nasty),
        ];
        let query: String = url::form_urlencoded::byte_serialize(nasty.as_bytes()).collect();
        for page in [
            visitor.get(&format!("/e/{slug}")).await,
            visitor.get(&format!("/e/{slug}?plain&utm_source={query}&utm_{query}=1&ref={query}")).await,
            visitor.get(&format!("/e/{slug}/live?email={query}&key={query}&sig={query}")).await,
            visitor.get(&format!("/e/{slug}/registered")).await,
            visitor.get(&format!("/e/{slug}/enter")).await,
            submit(&visitor, &format!("/e/{slug}/register"), typed).await,
            submit(&visitor, &format!("/e/{slug}/resend"), typed).await,
            submit(&visitor, &format!("/e/{slug}/enter"), typed).await,
        ] {
            // Of all markup that these texts hold, none may stand on the page but the page's own.
            let rest = page.body.replace(r#"<script type="module" src="/curtain-up.js" crossorigin></script>"#, "");
            for markup in ["<script", "<img", "<svg", "<iframe", "<!--", "onfocus='", "=\"\"><", "href=\"javascript:", "src=\"javascript:"]
            {
                assert!(!rest.contains(markup), "{markup} of {nasty} in {}", page.body);
            }
            assert!(rest.matches("</noscript>").count() <= 1 && rest.matches("</title>").count() == 1, "{nasty} in {}", page.body);
            let policy = page.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("form-action 'self'") && !policy.contains("unsafe-inline"),
                "{policy}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_for_encrypted_connections_where_there_are_and_a_pass_for_its_own_event_only() {
    let server = TestServer::with(Database::Sqlite, |config| config.public_url = "https://events.example.com".into()).await;
    let local = server.context.config.listen;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let visitor = Visitor::new(&http, &format!("http://{local}"), std::net::Ipv4Addr::LOCALHOST);
    server.add(plan("other")).await;
    assert_eq!(visitor.clone().register("ada@example.com").await.status, 202);
    let link = server.last_mail_to("ada@example.com").await.link();
    let entered = enter(&visitor, &parts(&link)).await;
    assert!(entered.header("set-cookie").ends_with("; HttpOnly; SameSite=Strict; Secure"), "{}", entered.header("set-cookie"));
    assert_eq!(with_cookie_of(&visitor, &entered, "/e/launch/waiting").await.status, 200);
    for refused in [with_cookie_of(&visitor, &entered, "/e/other/waiting").await, visitor.get("/e/launch/waiting").await] {
        assert_eq!(refused.status, 401);
        assert!(
            refused.body.contains("Please open the link in your mail again") && !refused.body.contains("http-equiv"),
            "{}",
            refused.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_about_a_person_leaves_before_its_tick() {
    let server = TestServer::start().await;
    server.registered("ada@example.com").await;
    let visitor = server.somebody();
    for (path, pairs) in [
        ("/e/launch/register", ADA),
        ("/e/launch/resend", &ADA[2..]),
        ("/e/launch/resend", &[("email", "nobody@example.com")]),
        ("/e/launch/enter", &ADA[2..]),
        ("/e/launch/enter", &[("email", "nobody@example.com")]),
    ] {
        let asked = Instant::now();
        submit(&visitor, path, pairs).await;
        assert!(asked.elapsed() >= Duration::from_millis(100), "{path} after {:?}", asked.elapsed());
    }
}

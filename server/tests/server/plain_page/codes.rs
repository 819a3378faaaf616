//! Codes, materials and linked events on pages without a program.

use super::{submit, with_cookie_of, written};
use crate::codes::Portal;
use crate::harness::{Reply, TestServer, Visitor};
use curtain_up_protocol::desk::MaterialTarget;
use curtain_up_server::{
    event_plan::{MaterialPlan, Settings},
    store::material::MaterialsChange,
};
use reqwest::Method;

const LIST: &str = "code,email,firstname\n0042,ada@example.com,Ada\n";

/// Types the code on the event's own page.
async fn types(visitor: &Visitor, slug: &str, code: &str) -> Reply {
    submit(visitor, &format!("/e/{slug}/enter"), &[("code", code)]).await
}

/// Presses a button of the waiting page, with the cookie that an answer has set.
async fn presses(visitor: &Visitor, entered: &Reply, path: &str, to: &str, site: &str) -> Reply {
    let cookie = entered.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    Reply::to(written(visitor, path, &[("to", to)]).header("cookie", cookie).header("sec-fetch-site", site)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_for_people_on_its_list_asks_for_the_code_on_its_own_page_and_nothing_else() {
    let server = TestServer::start().await;
    server.meetings(&["one"], LIST).await;
    let visitor = server.somebody();
    for path in ["/e/one?plain", "/e/one", "/e/one/enter"] {
        let page = visitor.get(path).await.body;
        assert!(page.contains("Type the access code that you were given."), "{path}: {page}");
        assert!(page.contains(r#"action="/e/one/enter""#) && page.contains(r#"name="code""#), "{path}: {page}");
        assert!(!page.contains(r#"name="first_name""#) && !page.contains(r#"name="email""#), "{path}: {page}");
    }
    let wrong = types(&visitor, "one", "0043").await;
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, ""));
    assert!(wrong.body.contains("This code does not let you in.") && !wrong.body.contains("0043"), "{}", wrong.body);
    let right = types(&visitor, "one", " 0042 ").await;
    assert_eq!((right.status, right.header("location")), (303, "/e/one/waiting"));
    assert!(with_cookie_of(&visitor, &right, "/e/one/waiting").await.body.contains("Your seat is ready, Ada."));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_event_lets_people_in_without_anything() {
    let server = TestServer::start().await;
    server.meetings(&["one"], LIST).await;
    server.settings("one", Settings { require_codes: Some(false), ..Settings::default() }).await;
    let visitor = server.somebody();
    let page = visitor.get("/e/one?plain").await.body;
    assert!(page.contains("You take part as “Anonymous”.") && !page.contains("<input"), "{page}");
    let entered = submit(&visitor, "/e/one/enter", &[]).await;
    assert!(with_cookie_of(&visitor, &entered, "/e/one/waiting").await.body.contains("Your seat is ready."));
}

#[tokio::test(flavor = "multi_thread")]
async fn materials_stand_beside_the_room_and_a_linked_event_does_not_ask_for_the_code_again() {
    let server = TestServer::start().await;
    server.meetings(&["one", "two"], LIST).await;
    server.link("one", "two").await;
    let slides = MaterialPlan {
        title: "Slides & more".into(),
        description: "To read along".into(),
        target: MaterialTarget::Address("https://slides.example.com/?a=1&b=2".into()),
        visible_from: None,
        visible_to: None,
    };
    server.materials("one", MaterialsChange::Add(&slides, None)).await.expect("a material");
    server.start_all(&["one", "two"]).await;
    let visitor = server.somebody();
    let entered = types(&visitor, "one", "0042").await;
    let page = with_cookie_of(&visitor, &entered, "/e/one/waiting").await.body;
    for part in [
        r#"<iframe class="room""#,
        r#"<a href="https://slides.example.com/?a=1&#38;b=2" target="_blank" rel="noopener noreferrer" dir="auto">Slides &#38; more</a>"#,
        "To read along",
        r#"<form method="post" action="/e/one/go"><button class="link" name="to" value="two" dir="auto">To two</button></form>"#,
        "<h2>Rooms</h2>",
        "Live now",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let moved = presses(&visitor, &entered, "/e/one/go", "two", "same-origin").await;
    assert_eq!((moved.status, moved.header("location")), (303, "/e/two/waiting"), "no ticket in an address");
    assert!(moved.header("set-cookie").contains("Path=/e/two;"), "{}", moved.header("set-cookie"));
    let there = with_cookie_of(&visitor, &moved, "/e/two/waiting").await.body;
    assert!(there.contains(r#"<iframe class="room""#), "{there}");
    let back = presses(&visitor, &moved, "/e/two/go", "one", "same-origin").await;
    assert_eq!(back.header("location"), "/e/one/waiting", "there and back, again and again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_does_not_know_the_person_asks_for_its_own_code() {
    let server = TestServer::start().await;
    server.meetings(&["one"], "code,email,firstname,externalid\n0042,ada@example.com,Ada,7\n").await;
    server.meetings(&["two"], "code,email,firstname,externalid\n0042,ada@example.com,Ada,8\n").await;
    server.link("one", "two").await;
    let visitor = server.somebody();
    let entered = types(&visitor, "one", "0042").await;
    let asked = presses(&visitor, &entered, "/e/one/go", "two", "same-origin").await;
    assert_eq!((asked.status, asked.header("location"), asked.header("set-cookie")), (303, "/e/two?plain", ""));
    let nowhere = presses(&visitor, &entered, "/e/one/go", "none", "same-origin").await;
    assert_eq!(nowhere.code(), "event_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_and_nobody_without_a_pass_moves_anybody() {
    let server = TestServer::start().await;
    server.meetings(&["one", "two"], LIST).await;
    let visitor = server.somebody();
    let entered = types(&visitor, "one", "0042").await;
    for path in ["/e/one/go", "/e/one/here"] {
        let foreign = presses(&visitor, &entered, path, "two", "cross-site").await;
        assert_eq!((foreign.status, foreign.header("set-cookie")), (403, ""), "{path}");
        let without = submit(&visitor, path, &[("to", "two")]).await;
        assert_eq!((without.status, without.header("set-cookie")), (401, ""), "{path}");
        let opened = Reply::to(visitor.request(Method::GET, path)).await;
        assert_eq!(opened.status, 405, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_seat_on_another_device_may_go_on_here() {
    let server = TestServer::start().await;
    server.meetings(&["one"], LIST).await;
    server.start_all(&["one"]).await;
    let visitor = server.somebody();
    let other = server.somebody().at("one");
    let pass = other.types("0042").await.pass();
    assert_eq!(other.signs(&pass, "room").await["elsewhere"], false);
    let entered = types(&visitor, "one", "0042").await;
    let page = with_cookie_of(&visitor, &entered, "/e/one/waiting").await.body;
    assert!(page.contains("You are here on another device") && !page.contains("<iframe") && !page.contains("http-equiv"), "{page}");
    let here = presses(&visitor, &entered, "/e/one/here", "", "same-origin").await;
    assert_eq!((here.status, here.header("location")), (303, "/e/one/waiting"));
    assert!(with_cookie_of(&visitor, &entered, "/e/one/waiting").await.body.contains("<iframe"));
    assert_eq!(other.signs(&pass, "room").await["elsewhere"], true, "the other one is told");
}

/// What stands in the hidden input of this name.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let rest = page.split_once(&format!(r#"<input type="hidden" name="{name}" value=""#)).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{name} in {page}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_a_portal_signed_is_a_button_and_opening_it_changes_nothing() {
    let portal = Portal::open().await;
    let visitor = portal.server.somebody();
    let link = portal.sign(serde_json::json!({ "once": true, "id": "", "email": "grace@example.com", "name": "Grace" }));
    for _looked_at in 0..2 {
        for path in [format!("/e/meeting?utm_source=portal&i={link}"), format!("/e/meeting?plain&i={link}")] {
            let opened = visitor.get(&path).await;
            assert_eq!((opened.status, opened.header("cache-control")), (200, "no-store"));
            assert_eq!(hidden(&opened.body, "i"), link);
            assert!(!opened.body.contains(r#"name="code""#), "nobody is asked for a code: {}", opened.body);
        }
    }
    assert_eq!(portal.server.people_at("meeting").await.len(), 2, "GET changes nothing");
    let entered = submit(&visitor, "/e/meeting/enter", &[("i", &link)]).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/e/meeting/waiting"));
    assert!(with_cookie_of(&visitor, &entered, "/e/meeting/waiting").await.body.contains("Your seat is ready, Grace."));
    let again = submit(&visitor, "/e/meeting/enter", &[("i", &link)]).await;
    assert_eq!((again.status, again.header("set-cookie")), (401, ""), "good once");
    assert!(again.body.contains("This link or key does not let you in.") && !again.body.contains(&link), "{}", again.body);
    for other in ["i=7", "i=", "ticket=7", "ticket=meeting.7"] {
        let page = visitor.get(&format!("/e/meeting?plain&{other}")).await.body;
        assert!(page.contains(r#"name="code""#), "what a host calls so is no link of ours: {other}");
    }
    let foreign = Reply::to(written(&visitor, "/e/meeting/enter", &[("i", &link)]).header("sec-fetch-site", "cross-site")).await;
    assert_eq!(foreign.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_in_an_address_is_a_button_too() {
    let server = TestServer::start().await;
    server.meetings(&["one", "two"], LIST).await;
    let visitor = server.somebody();
    let pass = visitor.at("one").types("0042").await.pass();
    let ticket = visitor.at("one").ticket(&pass, "two").await.expect("a ticket");
    let page = visitor.get(&format!("/e/two?ticket={ticket}")).await.body;
    assert_eq!(hidden(&page, "ticket"), ticket);
    let entered = submit(&visitor, "/e/two/enter", &[("ticket", &ticket)]).await;
    assert!(with_cookie_of(&visitor, &entered, "/e/two/waiting").await.body.contains("Your seat is ready, Ada."));
    assert_eq!(submit(&visitor, "/e/two/enter", &[("ticket", &ticket)]).await.status, 401);
}

//! Who gets through which wall. The routes are those of the OpenAPI description, which is made from the router's own
//! list: a new one cannot be forgotten here.

use crate::harness::{Host, Reply, TestServer};
use curtain_up_protocol::desk::Scope;
use reqwest::Method;
use serde_json::{Value, json};

/// What everybody may do who wants to get in.
const GETTING_IN: [&str; 3] = ["POST /session", "POST /session/mail", "POST /session/token"];
/// What everybody who is signed in may do, about themselves alone.
const ONESELF: [&str; 5] = ["GET /session", "DELETE /session", "PUT /password", "GET /columns", "PUT /columns"];
/// What only hosts may read.
const FOR_HOSTS: [&str; 3] = ["GET /hosts", "GET /tokens", "GET /audit"];

/// Every route of the desk, as `METHOD /path` with names in braces.
fn routes() -> Vec<String> {
    let description = serde_json::to_value(curtain_up_server::http::openapi_document()).expect("JSON");
    let mut routes = Vec::new();
    for (path, operations) in description["paths"].as_object().expect("paths") {
        let Some(path) = path.strip_prefix("/api/desk") else { continue };
        let methods = ["get", "post", "put", "patch", "delete"].into_iter().filter(|method| operations.get(*method).is_some());
        routes.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    routes
}

fn is(route: &str, list: &[&str]) -> bool {
    list.contains(&route)
}

/// A server with everything that a path can name, and a host who has made it.
struct Stage {
    server: TestServer,
    grace: Host,
    ids: Vec<(&'static str, String)>,
    person: String,
}

impl Stage {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let grace = server.host("grace@example.org").await;
        server.registered("ada@example.com").await;
        let person = server.registrant("ada@example.com").await.id;
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        let host = grace.post("/hosts", &json!({ "email": "alan@example.org", "role": "viewer" })).await.json();
        let token = grace.post("/tokens", &json!({ "name": "nightly", "scopes": ["read"] })).await.json();
        let job = grace.post("/events/launch/bulk", &json!({ "kind": "resend", "to": { "ids": [] } })).await.json();
        let export = grace.post("/events/launch/exports", &json!({})).await.json();
        let link = json!({ "version": server.event("launch").await.version, "material": a_material() });
        let materials = grace.post("/events/launch/materials", &link).await.json();
        let ids = vec![
            ("/hosts/{id}", text(&host["id"])),
            ("/tokens/{id}", text(&token["token"]["id"])),
            ("/jobs/{id}", text(&job["job"])),
            ("/exports/{id}", text(&export["export"])),
            ("/events/{slug}/materials/{id}", text(&materials["materials"][0]["id"])),
        ];
        server.mails().await;
        Self { server, grace, ids, person }
    }

    /// The route with real names in it, and a body that a host would send.
    fn request(&self, host: &Host, route: &str) -> reqwest::RequestBuilder {
        let (method, path) = route.split_once(' ').expect("a route");
        let id = self.ids.iter().find(|(pattern, _)| *pattern == path).map_or(&self.person, |(_, id)| id);
        let path = path.replace("{slug}", "launch").replace("{id}", id) + query(route);
        assert!(!path.contains('{'), "this test must learn what {path} names");
        let request = host.request(Method::from_bytes(method.as_bytes()).expect("a method"), &path);
        match route {
            "POST /events/{slug}/people-list" => {
                request.header("content-type", "text/csv").body("code,email,firstname\n7,eve@example.com,Eve\n")
            }
            _ if method == "GET" => request,
            _ => request.json(&self.body(route)),
        }
    }

    fn material(&self) -> &str {
        self.ids.iter().find(|(path, _)| path.contains("/materials/")).map_or("", |(_, id)| id)
    }

    fn body(&self, route: &str) -> Value {
        match route {
            "POST /events" => json!({ "slug": "new", "title": "New", "start": "2027-03-10T18:00", "zone": "UTC", "duration_minutes": 60 }),
            "PUT /events/{slug}" => json!({ "version": 2, "plan":
                { "slug": "launch", "title": "Changed", "start": "2027-03-10T18:00", "zone": "UTC", "duration_minutes": 60 } }),
            "POST /events/{slug}/duplicate" => json!({ "slug": "copy", "start": "2027-03-11T18:00" }),
            "POST /events/{slug}/dates" => json!({ "dates": [{ "slug": "launch-2", "start": "2027-03-17T18:00" }] }),
            "POST /events/{slug}/archive" => json!({ "archived": true }),
            "POST /events/{slug}/change" => json!({ "kind": "cancel", "version": 2 }),
            "POST /events/{slug}/bulk" => json!({ "kind": "resend", "to": { "ids": [self.person] } }),
            "PUT /events/{slug}/words" | "POST /events/{slug}/words/preview" => {
                json!({ "kind": "confirmation", "language": "en", "subject": "{title}", "text": "Come in: {link}" })
            }
            "POST /events/{slug}/words/test" => json!({ "kind": "confirmation", "language": "en" }),
            "POST /civil-time" => json!({ "civil": "2027-03-10T18:00", "zone": "UTC" }),
            "PATCH /events/{slug}/people/{id}" => json!({ "email": "eve@example.com" }),
            "POST /events/{slug}/people/{id}/move" => json!({ "to": "launch" }),
            "POST /events/{slug}/materials" | "PUT /events/{slug}/materials/{id}" => json!({ "version": 2, "material": a_material() }),
            "PUT /events/{slug}/materials/order" => json!({ "version": 2, "ids": [self.material()] }),
            "POST /hosts" => json!({ "email": "mallory@example.org", "role": "host" }),
            "PATCH /hosts/{id}" => json!({ "role": "host" }),
            "POST /tokens" => json!({ "name": "mine", "scopes": ["read", "write", "keys"] }),
            _ => json!({}),
        }
    }

    /// All that anybody but the guest could have changed: everything but sessions and when somebody was seen.
    async fn everything(&self) -> String {
        let texts = self.server.every_text().await;
        let launch = self.grace.event("launch").await;
        format!("{} {launch} {:?}", texts.len(), self.grace.get("/events/launch/people?reveal=key,link").await.json()["people"])
    }
}

fn a_material() -> Value {
    json!({ "title": "Slides", "target": { "address": "https://example.com/slides" } })
}

/// What some routes want in their query.
fn query(route: &str) -> &'static str {
    match route {
        "DELETE /events/{slug}/words" => "?kind=confirmation&language=en",
        "DELETE /events/{slug}/materials/{id}" => "?version=2",
        "POST /events/{slug}/people-list" => "?upload=all_or_nothing",
        _ => "",
    }
}

fn refusal(reply: &Reply) -> (u16, String) {
    (reply.status, reply.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_changes_anything() {
    let stage = Stage::new().await;
    let nobody = stage.server.nobody();
    let routes = routes();
    assert!(routes.len() > 35, "the list is read: {routes:?}");
    for route in routes.iter().filter(|route| !is(route, &GETTING_IN)) {
        let reply = Reply::to(stage.request(&nobody, route)).await;
        assert_eq!(refusal(&reply), (401, "not_signed_in".to_owned()), "{route}");
        assert_eq!(reply.header("cache-control"), "no-store", "{route}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_changes_nothing_and_sees_no_key() {
    let stage = Stage::new().await;
    let key = stage.server.key_of(&stage.server.registrant("ada@example.com").await);
    let viewer = stage.server.viewer("eve@example.org").await;
    let before = stage.everything().await;
    for route in routes().iter().filter(|route| !is(route, &GETTING_IN) && !is(route, &ONESELF)) {
        let reply = Reply::to(stage.request(&viewer, route)).await;
        if route.starts_with("GET") && !is(route, &FOR_HOSTS) {
            assert_eq!(reply.status, 200, "{route}: {}", reply.body);
        } else {
            assert_eq!(refusal(&reply), (403, "not_allowed".to_owned()), "{route}");
        }
        assert!(!reply.body.contains(&format!("key={key}")) && !reply.body.contains(&format!("\"{key}\"")), "{route}: {}", reply.body);
    }
    for secret in ["/events/launch/people?reveal=key", "/events/launch/export?columns=all", "/events/launch/export?columns=email,code"] {
        assert_eq!(refusal(&viewer.get(secret).await), (403, "not_allowed".to_owned()), "{secret}");
    }
    stage.grace.get("/events/launch/export").await;
    let noted = |everything: String| everything.split_once(' ').map(|(_, rest)| rest.to_owned());
    assert_eq!(noted(stage.everything().await), noted(before), "whatever was refused, nothing was done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_of_another_organisation_sees_nothing() {
    let stage = Stage::new().await;
    let stranger = stage.server.stranger("mallory@strangers.example").await;
    let before = stage.server.event("launch").await.version;
    for route in routes().iter().filter(|route| route.contains('{')) {
        let reply = Reply::to(stage.request(&stranger, route)).await;
        assert_eq!(reply.status, 404, "{route}: {}", reply.body);
        let nowhere = stage.request(&stranger, route).build().expect("a request");
        let path = nowhere.url().path().strip_prefix("/api/desk").expect("of the desk").replace("launch", "no-such-event") + query(route);
        let method = nowhere.method().clone();
        let body = if method == Method::GET { Value::Null } else { stage.body(route) };
        let missing = stranger.send(method, &path, &body).await;
        assert_eq!(reply.all_but_the_date(), missing.all_but_the_date(), "{route}: as if there were none");
    }
    for list in ["/events", "/events?archived=true", "/tokens", "/audit", "/hosts"] {
        let reply = stranger.get(list).await;
        assert!(
            !reply.body.contains("launch") && !reply.body.contains("grace") && !reply.body.contains("nightly"),
            "{list}: {}",
            reply.body
        );
    }
    stranger
        .post("/events", &json!({ "slug": "theirs", "title": "T", "start": "2027-03-10T18:00", "zone": "UTC", "duration_minutes": 60 }))
        .await;
    let moved = stage.grace.post(&format!("/events/launch/people/{}/move", stage.person), &json!({ "to": "theirs" })).await;
    assert_eq!(moved.fields(), ["to:not_a_choice"], "nobody is handed over to strangers");
    assert_eq!(stage.server.event("launch").await.version, before);
    assert_eq!(stage.server.registrants().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_may_what_its_token_says_and_never_makes_another() {
    let stage = Stage::new().await;
    let reads = stage.server.script(&[Scope::Read]).await;
    let writes = stage.server.script(&[Scope::Read, Scope::Write]).await;
    let sees_keys = stage.server.script(&[Scope::Read, Scope::Keys]).await;
    for route in routes().iter().filter(|route| !route.starts_with("GET") && !is(route, &GETTING_IN)) {
        assert!([401, 403].contains(&Reply::to(stage.request(&reads, route)).await.status), "{route}");
    }
    for route in ["GET /hosts", "POST /hosts", "PATCH /hosts/{id}", "DELETE /hosts/{id}", "GET /tokens", "POST /tokens", "GET /audit"] {
        assert_eq!(Reply::to(stage.request(&writes, route)).await.status, 403, "{route}");
    }
    for (script, path, status) in [
        (&reads, "/events/launch/people", 200),
        (&reads, "/events/launch/people?reveal=key", 403),
        (&writes, "/events/launch/export?columns=all", 403),
        (&sees_keys, "/events/launch/people?reveal=key", 200),
        (&sees_keys, "/events/launch/export?columns=all", 200),
        (&sees_keys, "/session", 401),
    ] {
        assert_eq!(script.get(path).await.status, status, "{path}");
    }
    let path = format!("/events/launch/people/{}", stage.person);
    assert_eq!(writes.post(&format!("{path}/reveal"), &json!({})).await.status, 403);
    assert_eq!(sees_keys.post(&format!("{path}/resend"), &json!({})).await.status, 403);
    // No cookie, so nothing that another site could ride on.
    assert_eq!(Reply::to(writes.bare_request(Method::POST, &format!("{path}/resend"))).await.status, 202);
    assert!(stage.grace.get("/audit").await.body.contains("token a script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_worth_nothing_once_taken_back() {
    let stage = Stage::new().await;
    let made = stage.grace.post("/tokens", &json!({ "name": "export", "scopes": ["read"] })).await;
    let secret = made.json()["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("cu_") && !stage.grace.get("/tokens").await.body.contains(&secret));
    assert!(!stage.server.every_text().await.contains(&secret), "only its hash is kept");
    let ask = || async { Reply::to(stage.server.nobody().request(Method::GET, "/events").bearer_auth(&secret)).await.status };
    assert_eq!(ask().await, 200);
    let id = made.json()["token"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(stage.grace.delete(&format!("/tokens/{id}")).await.status, 204);
    assert_eq!((ask().await, stage.grace.delete(&format!("/tokens/{id}")).await.status), (401, 404));
    for (body, field) in
        [(json!({ "name": " ", "scopes": ["read"] }), "name:invalid_value"), (json!({ "name": "x", "scopes": [] }), "scopes:required")]
    {
        assert_eq!(stage.grace.post("/tokens", &body).await.fields(), [field]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_deed_of_a_host_is_in_the_trail() {
    let stage = Stage::new().await;
    // They change nothing, or what they are asked for here is over or nowhere.
    let silent = [
        "POST /civil-time",
        "DELETE /jobs/{id}",
        "POST /events/{slug}/people/{id}/move",
        "POST /events/{slug}/words/preview",
        "POST /events/{slug}/words/test",
    ];
    let changes_or_shows =
        |route: &String| !route.starts_with("GET") && !is(route, &GETTING_IN) && !is(route, &ONESELF) && !is(route, &silent);
    for route in routes().iter().filter(|route| changes_or_shows(route)) {
        // Each on a stage of its own: some make others impossible.
        let stage = Stage::new().await;
        let before = stage.grace.trail().await.len();
        let reply = Reply::to(stage.request(&stage.grace, route)).await;
        assert!(reply.status < 300, "{route}: {} {}", reply.status, reply.body);
        assert_eq!(stage.grace.trail().await.len(), before + 1, "{route}");
    }
    let before = stage.grace.trail().await.len();
    stage.grace.get("/events/launch/export").await;
    assert_eq!(stage.grace.trail().await[0], "exported launch");
    assert_eq!(stage.grace.trail().await.len(), before + 1);
}

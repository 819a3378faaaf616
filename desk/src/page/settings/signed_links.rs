use crate::desk::{Desk, Question};
use crate::parts::CopyButton;
use crate::{api, browser, words};
use curtain_up_protocol::desk::LinkSecretAnswer;
use gloo_net::http::Method;
use leptos::prelude::*;

/// A link as a portal signs it.
const EXAMPLE: &str = r#"import base64, hashlib, hmac, json, os, secrets, time

def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")

person = {"id": "7", "email": "ada@example.com", "name": "Ada Lovelace", "expires": int(time.time()) + 300,
          "once": True, "nonce": secrets.token_hex(8)}
payload = b64(json.dumps(person).encode())
signature = b64(hmac.new(os.environ["LINK_SECRET"].encode(), payload, hashlib.sha256).digest())
print(f"{os.environ['EVENT_PAGE']}?i={payload.decode()}.{signature.decode()}")"#;

/// What the organisation's own system signs its links with.
#[component]
pub fn SignedLinks() -> impl IntoView {
    let desk = Desk::here();
    if !desk.may_change() {
        return view! { <p class="note wait">{words::NOT_FOR_VIEWERS}</p> }.into_any();
    }
    view! {
        <p class="soft">{words::SIGNED_LINKS_TEXT}</p>
        <Secret />
        <HowTo />
    }
    .into_any()
}

/// The secret, once it is asked for.
#[component]
fn Secret() -> impl IntoView {
    let desk = Desk::here();
    let secret = RwSignal::new(None::<LinkSecretAnswer>);
    let show = move |_| {
        desk.attempts(api::act_for::<LinkSecretAnswer>(Method::POST, "/link-secret/reveal"), move |answer| {
            secret.try_set(Some(answer));
            browser::focus_later("#link-secret");
        });
    };
    let renew = move || {
        desk.attempts(api::act_for::<LinkSecretAnswer>(Method::POST, "/link-secret/renew"), move |answer| {
            secret.try_set(Some(answer));
            desk.says(words::SECRET_RENEWED);
            browser::focus_later("#link-secret");
        });
    };
    let ask = move |_| {
        desk.question.set(Some(Question {
            title: words::RENEW_SECRET_TITLE.to_owned(),
            text: words::RENEW_SECRET_TEXT.to_owned(),
            yes: words::RENEW_SECRET.to_owned(),
            danger: true,
            then: std::sync::Arc::new(renew),
        }));
    };
    let hide = move |_| {
        secret.set(None);
        browser::focus_later("#link-secret");
    };
    let shown = move || match secret.get() {
        Some(answer) => view! {
            <pre><code>{answer.secret.clone()}</code></pre>
            <p class="soft small">{words::SECRET_MADE} ": " {browser::moment(answer.made_at.0, None)}</p>
            <div class="actions">
                <CopyButton text=Signal::stored(answer.secret) />
                <button type="button" on:click=hide>{words::HIDE_SECRET}</button>
                <button type="button" class="danger" on:click=ask>{words::RENEW_SECRET}</button>
            </div>
        }
        .into_any(),
        None => view! {
            <div class="actions">
                <button type="button" class="primary" on:click=show>{words::SHOW_SECRET}</button>
                <button type="button" class="danger" on:click=ask>{words::RENEW_SECRET}</button>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="link-secret">
            <h2 id="link-secret" tabindex="-1">{words::LINK_SECRET}</h2>
            <p class="soft">{words::LINK_SECRET_TEXT}</p>
            {shown}
        </section>
    }
}

#[component]
fn HowTo() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="sign">
            <h2 id="sign">{words::SIGN_HEADING}</h2>
            <dl class="pairs">
                <dt>{words::SIGN_LINK}</dt>
                <dd>{words::SIGN_LINK_TEXT}</dd>
                <dt>{words::SIGN_PAYLOAD}</dt>
                <dd>{words::SIGN_PAYLOAD_TEXT}</dd>
                <dt>{words::SIGN_SIGNATURE}</dt>
                <dd>{words::SIGN_SIGNATURE_TEXT}</dd>
            </dl>
            <p>{words::SIGN_WHEN}</p>
            <div class="spread">
                <h3>{words::SIGN_EXAMPLE}</h3>
                <CopyButton text=Signal::stored(EXAMPLE.to_owned()) />
            </div>
            <pre><code>{EXAMPLE}</code></pre>
            <p class="soft small">{words::SIGN_DOCS}</p>
        </section>
    }
}

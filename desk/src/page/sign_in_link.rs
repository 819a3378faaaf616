use crate::desk::Desk;
use crate::{api, browser, words};
use curtain_up_protocol::ProblemCode;
use curtain_up_protocol::desk::{SessionDocument, SignInToken};
use gloo_net::http::Method;
use leptos::prelude::*;

/// Signs in by a link that came by mail, once somebody says so: programs that look into mails open links, and run what
/// stands behind them, which must neither use the link up nor get in. Whoever is signed in already is told that this changes
/// it, since a link may be somebody else's.
#[component]
pub fn SignInLinkPage(
    /// The link's secret; nothing any more once it was used or turned down.
    token: RwSignal<Option<String>>,
) -> impl IntoView {
    let desk = Desk::here();
    browser::name_page(&words::page_name(words::SIGN_IN));
    let name = move || desk.session.with(|session| session.as_ref().map(|session| words::instead_of(&session.host.email)));
    let sign_in = move |_| {
        let Some(secret) = token.get_untracked() else { return };
        desk.said.set(None);
        let signed_in = async move {
            api::tell(Method::POST, "/session/token", &SignInToken { token: secret }).await?;
            api::get::<SessionDocument>("/session").await
        };
        leptos::task::spawn_local(async move {
            let outcome = signed_in.await;
            match outcome {
                Ok(session) => {
                    desk.session.set(Some(session));
                    browser::focus_later("main");
                }
                Err(failure) if failure.code() == Some(ProblemCode::SignInRefused) => {
                    desk.fails(words::LINK_REFUSED);
                }
                // The link may be good still: the button stays.
                Err(failure) => return desk.regrets(&failure),
            }
            token.set(None);
        });
    };
    view! {
        <main class="door">
            <div class="card">
                <span class="brand">{words::BRAND}</span>
                <h1>{words::SIGN_IN_TO}</h1>
                <p>{move || name().unwrap_or_else(|| words::BY_LINK.to_owned())}</p>
                <button type="button" class="primary" on:click=sign_in>{words::SIGN_IN}</button>
                <button type="button" class="quiet" on:click=move |_| token.set(None)>{words::NOT_BY_LINK}</button>
            </div>
        </main>
    }
}

use crate::desk::Desk;
use crate::parts::TextField;
use crate::{api, browser, words};
use curtain_up_protocol::desk::{SessionDocument, SignIn, SignInByMail};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

/// Signs in, by password or by a link that comes by mail.
#[component]
pub fn SignInPage() -> impl IntoView {
    let desk = Desk::here();
    browser::name_page(&words::page_name(words::SIGN_IN));
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let by_mail = RwSignal::new(false);
    let sent = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        desk.said.set(None);
        let address = email.get_untracked();
        if by_mail.get_untracked() {
            let asked = async move { api::tell(Method::POST, "/session/mail", &SignInByMail { email: address }).await };
            return desk.attempts(asked, move |()| sent.set(true));
        }
        let typed = SignIn { email: address, password: password.get_untracked() };
        let signed_in = async move {
            api::tell(Method::POST, "/session", &typed).await?;
            api::get::<SessionDocument>("/session").await
        };
        desk.attempts(signed_in, move |session| {
            desk.session.set(Some(session));
            browser::focus_later("main");
        });
    };
    let switch = move |_| {
        by_mail.update(|by_mail| *by_mail = !*by_mail);
        sent.set(false);
    };
    view! {
        <main class="door">
            <form class="card" on:submit=submit>
                <span class="brand">{words::BRAND}</span>
                <h1>{words::SIGN_IN_TO}</h1>
                <TextField label=words::EMAIL bound=email kind="email" autocomplete="username" required=true />
                <Show when=move || !by_mail.get()>
                    <TextField label=words::PASSWORD bound=password kind="password" autocomplete="current-password" required=true />
                </Show>
                <div class="stack" role="status">
                    {move || sent.get().then(|| view! { <p class="note good">{words::LINK_SENT}</p> })}
                </div>
                <button type="submit" class="primary">
                    {move || if by_mail.get() { words::SEND_LINK } else { words::SIGN_IN }}
                </button>
                <button type="button" class="quiet" on:click=switch>
                    {move || if by_mail.get() { words::USE_PASSWORD } else { words::MAIL_ME }}
                </button>
            </form>
        </main>
    }
}

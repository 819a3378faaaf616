use crate::desk::Desk;
use crate::parts::TextField;
use crate::{api, words};
use curtain_up_protocol::desk::PasswordRequest;
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

/// One's own password.
#[component]
pub fn Password() -> impl IntoView {
    let desk = Desk::here();
    let old = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = PasswordRequest { old: Some(old.get_untracked()).filter(|old| !old.is_empty()), new: new.get_untracked() };
        desk.attempts(async move { api::tell(Method::PUT, "/password", &request).await }, move |()| {
            old.try_set(String::new());
            new.try_set(String::new());
            desk.says(words::PASSWORD_SET);
        });
    };
    view! {
        <form class="card narrow" on:submit=submit>
            <h2>{words::OWN_PASSWORD}</h2>
            <TextField label=words::OLD_PASSWORD bound=old kind="password" autocomplete="current-password" help=words::OLD_PASSWORD_HELP />
            <TextField label=words::NEW_PASSWORD bound=new kind="password" autocomplete="new-password" help=words::NEW_PASSWORD_HELP required=true />
            <div class="actions"><button type="submit" class="primary">{words::SET_PASSWORD}</button></div>
        </form>
    }
}

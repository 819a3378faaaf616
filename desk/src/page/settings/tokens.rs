use crate::desk::{Desk, Loaded, Question};
use crate::parts::{CopyButton, Dialog, Head, Table, TextField, Tick, loaded};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{NewToken, Scope, TokenDocument, TokenRequest};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

const HEADS: [Head; 5] =
    [Head::Words(words::TOKEN_NAME), Head::Words(words::SCOPES), Head::Words(words::SINCE), Head::Words(words::USED), Head::Deeds];

type Tokens_ = RwSignal<Loaded<Vec<TokenDocument>>>;

/// What programs sign in with.
#[component]
pub fn Tokens() -> impl IntoView {
    let desk = Desk::here();
    let tokens: Tokens_ = RwSignal::new(Loaded::Loading);
    reload(desk, tokens);
    let adding = RwSignal::new(false);
    let table = move |list: &Vec<TokenDocument>| {
        if list.is_empty() {
            return view! { <p class="empty">{words::NO_TOKENS}</p> }.into_any();
        }
        let lines = list.iter().map(|token| line(desk, tokens, token)).collect_view();
        view! {
            <Table label=words::TOKENS heads=HEADS>{lines}</Table>
        }
        .into_any()
    };
    view! {
        <div class="spread">
            <p class="soft">{words::TOKENS_TEXT}</p>
            <button type="button" class="primary" on:click=move |_| adding.set(true)>{words::ADD_TOKEN}</button>
        </div>
        {loaded(tokens, table)}
        <Dialog open=adding title=words::ADD_TOKEN>
            <AddToken open=adding tokens />
        </Dialog>
    }
}

fn reload(desk: Desk, tokens: Tokens_) {
    desk.loads(tokens, async { api::get::<Vec<TokenDocument>>("/tokens").await });
}

fn line(desk: Desk, tokens: Tokens_, token: &TokenDocument) -> impl IntoView + use<> {
    let id = StoredValue::new(token.id.clone());
    let name = token.name.clone();
    let revoke = move || {
        let path = format!("/tokens/{}", id.get_value());
        desk.attempts(async move { api::act(Method::DELETE, &path).await }, move |()| {
            desk.says(words::REVOKED);
            reload(desk, tokens);
        });
    };
    let ask = move |_| {
        desk.question.set(Some(Question {
            title: words::REVOKE_TITLE.to_owned(),
            text: format!("{name}: {}", words::REVOKE_TEXT),
            yes: words::REVOKE.to_owned(),
            danger: true,
            then: std::sync::Arc::new(revoke),
        }));
    };
    let scopes = token.scopes.iter().map(|scope| view! { <li>{words::scope(*scope)}</li> }).collect_view();
    view! {
        <tr>
            <td>{token.name.clone()}</td>
            <td><ul>{scopes}</ul></td>
            <td>{browser::moment(token.created_at.0, None)}</td>
            <td>{token.used_at.map_or_else(|| words::NEVER.to_owned(), |at| browser::moment(at.0, None))}</td>
            <td class="end"><button type="button" class="danger" on:click=ask>{words::REVOKE}</button></td>
        </tr>
    }
}

#[component]
fn AddToken(open: RwSignal<bool>, tokens: Tokens_) -> impl IntoView {
    const ALL: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Keys];
    let desk = Desk::here();
    let name = RwSignal::new(String::new());
    let scopes = RwSignal::new(vec![Scope::Read]);
    let made = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = TokenRequest { name: name.get_untracked(), scopes: scopes.get_untracked() };
        desk.attempts(async move { api::send_for::<NewToken>(Method::POST, "/tokens", &new).await }, move |new| {
            made.try_set(Some(new.secret));
            reload(desk, tokens);
        });
    };
    let tick = move |scope: Scope| {
        let checked = Signal::derive(move || scopes.with(|scopes| scopes.contains(&scope)));
        let set = move |on: bool| {
            scopes.update(|scopes| {
                scopes.retain(|other| *other != scope);
                scopes.extend(on.then_some(scope));
            })
        };
        view! { <Tick label=words::scope(scope) checked set /> }
    };
    let form = move || {
        view! {
            <form on:submit=submit>
                <TextField label=words::TOKEN_NAME bound=name required=true />
                <fieldset>
                    <legend>{words::SCOPES}</legend>
                    {ALL.map(tick).collect_view()}
                </fieldset>
                <div class="actions">
                    <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                    <button type="submit" class="primary">{words::ADD_TOKEN}</button>
                </div>
            </form>
        }
    };
    let secret = move |secret: String| {
        view! {
            <p class="note wait" role="alert">{words::TOKEN_ONCE}</p>
            <pre><code>{secret.clone()}</code></pre>
            <div class="actions">
                <CopyButton text=Signal::stored(secret) />
                <button type="button" class="primary" on:click=move |_| open.set(false)>{words::CLOSE}</button>
            </div>
        }
    };
    move || match made.get() {
        Some(made) => secret(made).into_any(),
        None => form().into_any(),
    }
}

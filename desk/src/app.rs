//! Starts the desk: finds out who is signed in, and shows the page that the address names.

use crate::desk::Desk;
use crate::page::{Page, SignInLinkPage, SignInPage};
use crate::parts::{MenuLayer, QuestionLayer, SaidLayer};
use crate::rules::{EventTab, Opening, Route, SettingsTab};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{Role, SessionDocument};
use gloo_net::http::Method;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::prelude::*;

/// Starts the desk on its page.
#[wasm_bindgen(start)]
pub fn start() {
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let desk = Desk {
        session: RwSignal::new(None),
        route: RwSignal::new(Route::Events),
        said: RwSignal::new(None),
        question: RwSignal::new(None),
        under_way: RwSignal::new(None),
        menu: RwSignal::new_local(None),
    };
    provide_context(desk);
    let arrived = RwSignal::new(false);
    let link = RwSignal::new(None);
    open(desk, arrived, link);
    let moved = window_event_listener(ev::hashchange, move |_| open(desk, arrived, link));
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if desk.under_way.with_untracked(Option::is_some) {
            // The browser asks, in words of its own.
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        moved.remove();
        closing.remove();
    });
    let has_link = Memo::new(move |_| link.with(Option::is_some));
    let is_signed_in = Memo::new(move |_| desk.session.with(Option::is_some));
    let shown = move || match (arrived.get(), has_link.get(), is_signed_in.get()) {
        (false, ..) => view! { <p class="before" role="status">{words::LOADING}</p> }.into_any(),
        (true, true, _) => view! { <SignInLinkPage token=link /> }.into_any(),
        (true, false, false) => view! { <SignInPage /> }.into_any(),
        (true, false, true) => view! { <Shell /> }.into_any(),
    };
    view! {
        {shown}
        <QuestionLayer />
        <SaidLayer />
    }
}

/// Follows the address. The secret of a mailed link leaves it before anything is sent.
fn open(desk: Desk, arrived: RwSignal<bool>, link: RwSignal<Option<String>>) {
    match Opening::read(&browser::fragment()) {
        Opening::SignIn(token) => {
            browser::forget_fragment();
            link.set(Some(token));
            if !arrived.get_untracked() {
                spawn_local(arrive(desk, arrived));
            }
        }
        // The address is what it was until it is said that what is under way shall be given up.
        Opening::Page(route) if desk.under_way.with_untracked(Option::is_some) => {
            let here = desk.route.get_untracked();
            if route != here {
                browser::go(&here.address());
                desk.leaves(move || browser::go(&route.address()));
            }
        }
        Opening::Page(route) => {
            desk.menu.set(None);
            desk.route.set(route);
            if !arrived.get_untracked() {
                spawn_local(arrive(desk, arrived));
            }
        }
    }
}

async fn arrive(desk: Desk, arrived: RwSignal<bool>) {
    match api::get::<SessionDocument>("/session").await {
        Ok(session) => desk.session.set(Some(session)),
        Err(failure) => desk.regrets(&failure),
    }
    arrived.set(true);
}

#[component]
fn Shell() -> impl IntoView {
    let desk = Desk::here();
    let wide = move || desk.route.with(|route| matches!(route, Route::Event(_, EventTab::People(_) | EventTab::Edit)));
    let settings = move || Route::Settings(SettingsTab::Hosts.seen_by(desk.may_change())).address();
    let current = move |of_settings: bool| {
        let here = desk.route.with(|route| matches!(route, Route::Settings(_)) == of_settings);
        here.then_some("page")
    };
    let who = move || {
        desk.session.get().map(|session| {
            let name = if session.host.name.is_empty() { session.host.email } else { session.host.name };
            let viewer = (session.host.role == Role::Viewer).then(|| view! { <span class="chip">{words::VIEWER}</span> });
            view! { <span>{name} " · " {session.organisation.name}</span> {viewer} }
        })
    };
    let sign_out = move |_| {
        desk.asks_to_leave(move || {
            desk.attempts(api::act(Method::DELETE, "/session"), move |()| {
                desk.gives_up();
                desk.session.set(None);
                desk.says(words::SIGNED_OUT);
            });
        });
    };
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        browser::focus("main");
    };
    view! {
        <a class="skip button" href="#main" on:click=skip>{words::TO_CONTENT}</a>
        <div class="shell">
            <header class="top">
                <a class="brand" href=Route::Events.address()>{words::BRAND}</a>
                <nav aria-label=words::MAIN_MENU>
                    <a href=Route::Events.address() aria-current=move || current(false)>{words::EVENTS}</a>
                    <a href=settings aria-current=move || current(true)>{words::SETTINGS}</a>
                </nav>
                <div class="who">
                    {who}
                    <button type="button" class="quiet" on:click=sign_out>{words::SIGN_OUT}</button>
                </div>
            </header>
            <main id="main" tabindex="-1" class:wide=wide>
                <Page />
                <MenuLayer />
            </main>
        </div>
    }
}

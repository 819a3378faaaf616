//! The organisation: who may sign in, programs, signed links, who did what, and one's own password.

mod audit;
mod hosts;
mod password;
mod signed_links;
mod tokens;

use crate::desk::Desk;
use crate::rules::{Route, SettingsTab};
use crate::words;
use audit::Audit;
use hosts::Hosts;
use leptos::prelude::*;
use password::Password;
use signed_links::SignedLinks;
use tokens::Tokens;

/// The settings.
#[component]
pub fn SettingsPage(tab: SettingsTab) -> impl IntoView {
    let desk = Desk::here();
    let tab = tab.seen_by(desk.may_change());
    let link = move |to: SettingsTab, words: &'static str| {
        let address = Route::Settings(to).address();
        view! { <a href=address aria-current=(tab == to).then_some("page")>{words}</a> }
    };
    let body = match tab {
        SettingsTab::Hosts => view! { <Hosts /> }.into_any(),
        SettingsTab::Tokens => view! { <Tokens /> }.into_any(),
        SettingsTab::SignedLinks => view! { <SignedLinks /> }.into_any(),
        SettingsTab::Audit => view! { <Audit /> }.into_any(),
        SettingsTab::Password => view! { <Password /> }.into_any(),
    };
    view! {
        <h1>{words::SETTINGS}</h1>
        <nav class="tabs" aria-label=words::SETTINGS>
            <Show when=move || desk.may_change()>
                {link(SettingsTab::Hosts, words::HOSTS)} {link(SettingsTab::Tokens, words::TOKENS)} {link(SettingsTab::SignedLinks, words::SIGNED_LINKS)}
                {link(SettingsTab::Audit, words::AUDIT)}
            </Show>
            {link(SettingsTab::Password, words::OWN_PASSWORD)}
        </nav>
        {body}
    }
}

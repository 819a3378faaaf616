use crate::{
    browser,
    desk::{Deed, Desk, Menu},
    words,
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, Node};

/// The ••• beside somebody or something.
#[component]
pub fn MoreButton(
    /// Whom or what it is about.
    #[prop(into)]
    about: String,
    /// What one can do.
    deeds: impl Fn() -> Vec<Vec<Deed>> + Send + Sync + 'static,
) -> impl IntoView {
    let desk = Desk::here();
    let button = NodeRef::<html::Button>::new();
    let label = words::more_about(&about);
    let menu_label = label.clone();
    let is_open = move || {
        let mine = button.get();
        desk.menu.with(|menu| menu.as_ref().is_some_and(|menu| mine.is_some_and(|mine| *mine == menu.at)))
    };
    let open = move |_| {
        let Some(button) = button.get() else { return };
        let at: HtmlElement = button.unchecked_into();
        desk.menu.set(Some(Menu { label: menu_label.clone(), at, groups: deeds() }));
    };
    view! {
        <button
            type="button"
            class="more"
            aria-haspopup="menu"
            aria-expanded=move || is_open().to_string()
            aria-label=label
            node_ref=button
            on:click=open
        >
            "•••"
        </button>
    }
}

/// The menu that is open. One for the whole desk, above everything, so that a row that is drawn anew takes no menu away.
#[component]
pub fn MenuLayer() -> impl IntoView {
    let desk = Desk::here();
    let list = NodeRef::<html::Div>::new();
    let close = move |back: bool| {
        if let Some(menu) = desk.menu.try_update(Option::take).flatten()
            && back
        {
            let _ = menu.at.focus();
        }
    };
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        desk.menu.with(|menu| menu.as_ref().map(|menu| place(&list, &menu.at)));
        browser::focus("[role=menuitem]");
    });
    let elsewhere = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let inside = list.get_untracked().is_some_and(|list| list.contains(target.as_ref()));
        if !inside && desk.menu.with_untracked(Option::is_some) {
            close(false);
        }
    });
    let resized = window_event_listener(ev::resize, move |_| close(false));
    on_cleanup(move || {
        elsewhere.remove();
        resized.remove();
    });
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            close(true);
        }
        "Tab" => close(true),
        "ArrowDown" => step(&event, 1),
        "ArrowUp" => step(&event, -1),
        "Home" => step(&event, isize::MIN),
        "End" => step(&event, isize::MAX),
        _ => {}
    };
    let entry = move |deed: Deed| {
        let then = deed.then;
        let hint = (!deed.hint.is_empty()).then(|| view! { <span class="hint">{deed.hint.clone()}</span> });
        let go = move |_| {
            close(true);
            then();
        };
        view! {
            <button type="button" role="menuitem" tabindex="-1" class:danger=deed.danger on:click=go>
                <span class="what">{deed.words}</span>
                {hint}
            </button>
        }
    };
    let groups = move |menu: Menu| {
        let rule = |index: usize| (index > 0).then(|| view! { <hr /> });
        menu.groups
            .into_iter()
            .enumerate()
            .map(|(index, deeds)| view! { {rule(index)} {deeds.into_iter().map(entry).collect_view()} })
            .collect_view()
    };
    move || {
        desk.menu.get().map(|menu| {
            let label = menu.label.clone();
            view! { <div class="menu" role="menu" aria-label=label node_ref=list on:keydown=keys>{groups(menu)}</div> }
        })
    }
}

/// Puts a menu below its button, or above it where there is more room, and wholly into the window.
fn place(list: &HtmlElement, at: &HtmlElement) {
    let (button, menu) = (at.get_bounding_client_rect(), list.get_bounding_client_rect());
    // Without its scroll bars.
    let (width, height) = document().document_element().map(|page| (page.client_width(), page.client_height())).unwrap_or_default();
    let (width, height) = (f64::from(width), f64::from(height));
    let below = button.bottom() + 4.0;
    let top = if below + menu.height() <= height { below } else { (button.top() - menu.height() - 4.0).max(8.0) };
    let left = button.left().min(width - menu.width() - 8.0).max(8.0);
    for (side, pixels) in [("top", top), ("left", left)] {
        // A length in pixels is a value that these properties take.
        let _ = list.style().set_property(side, &format!("{pixels}px"));
    }
}

/// Moves the focus among the entries, around their ends.
fn step(event: &KeyboardEvent, by: isize) {
    event.prevent_default();
    let Ok(entries) = document().query_selector_all("[role=menuitem]") else { return };
    let entries: Vec<HtmlElement> = (0..entries.length()).filter_map(|at| entries.get(at)?.dyn_into().ok()).collect();
    let now = document().active_element();
    let at = entries.iter().position(|entry| now.as_ref() == Some(entry.as_ref())).unwrap_or_default();
    let next = match by {
        isize::MIN => Some(0),
        isize::MAX => entries.len().checked_sub(1),
        by => (at + entries.len()).checked_add_signed(by).map(|next| next % entries.len().max(1)),
    };
    if let Some(entry) = next.and_then(|next| entries.get(next)) {
        let _ = entry.focus();
    }
}

use crate::{desk::Desk, words};
use leptos::prelude::*;
use std::time::Duration;

/// How long a sentence that nothing went wrong stays.
const STAYS: Duration = Duration::from_secs(8);

/// Says what was done or not: seen and heard, and in nobody's way. What went wrong stays until it is closed.
#[component]
pub fn SaidLayer() -> impl IntoView {
    let desk = Desk::here();
    let edition = StoredValue::new(0_u32);
    Effect::new(move || {
        let bad = desk.said.with(|said| said.as_ref().map(|said| said.bad));
        edition.update_value(|edition| *edition += 1);
        let mine = edition.get_value();
        if bad == Some(false) {
            let go = move || {
                if edition.get_value() == mine {
                    desk.said.set(None);
                }
            };
            set_timeout(go, STAYS);
        }
    });
    let said = move |wanted: bool| {
        let said = desk.said.get().filter(|said| said.bad == wanted)?;
        Some(view! {
            <div class="toast" class:bad=said.bad>
                <span>{said.words}</span>
                <button type="button" on:click=move |_| desk.said.set(None)>{words::CLOSE}</button>
            </div>
        })
    };
    view! {
        <div class="toasts">
            <div role="status">{move || said(false)}</div>
            <div role="alert">{move || said(true)}</div>
        </div>
    }
}

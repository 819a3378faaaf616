use super::unique_id;
use leptos::{ev, prelude::*};
use web_sys::{File, HtmlInputElement};

/// A place to choose a file, or to drop it. The browser's own field lies over all of it, so that keys, mouse and dropping are
/// the browser's.
#[component]
pub fn FileField(
    #[prop(into)] label: String,
    /// What is said below it.
    #[prop(into)]
    help: Signal<String>,
    accept: &'static str,
    /// Takes the file.
    take: Callback<File>,
) -> impl IntoView {
    let id = unique_id("file");
    let help_id = format!("{id}-help");
    let above = RwSignal::new(false);
    let chosen = move |event: ev::Event| {
        above.set(false);
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take.run(file);
        }
        // Otherwise a file that was mended and is chosen again would be no change.
        input.set_value("");
    };
    view! {
        <div class="drop" class:above=above>
            <label for=id.clone()>{label}</label>
            <span class="help" id=help_id.clone()>{help}</span>
            <input
                id=id
                type="file"
                accept=accept
                aria-describedby=help_id
                on:change=chosen
                on:dragenter=move |_| above.set(true)
                on:dragleave=move |_| above.set(false)
                on:drop=move |_| above.set(false)
            />
        </div>
    }
}

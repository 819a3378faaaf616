use super::list::Materials;
use crate::desk::Desk;
use crate::rules::{EventTab, Route};
use crate::words;
use curtain_up_protocol::desk::{MaterialLine, MaterialTarget};
use leptos::prelude::*;

/// One of an event's materials, and what one can do with it.
pub fn line(materials: Materials, at: usize, count: usize, line: &MaterialLine) -> impl IntoView + use<> {
    let material = line.material.clone();
    let chip = match line.is_visible {
        true => view! { <span class="chip good">{words::VISIBLE_NOW}</span> },
        false => view! { <span class="chip">{words::HIDDEN_NOW}</span> },
    };
    let times = move || {
        let zone = materials.shown.with(|event| event.plan.zone.clone());
        words::visible(material.visible_from.as_deref(), material.visible_to.as_deref(), &zone)
    };
    let description = material.description.clone();
    let description = (!description.is_empty()).then(|| view! { <p>{description}</p> });
    let deeds = Desk::here().may_change().then(|| view! { <Deeds at count line=line.clone() /> });
    view! {
        <li class="card">
            <div class="title-line">
                <h3 class="strong" id=format!("material-{}", line.id) tabindex="-1">{line.material.title.clone()}</h3>
                {chip}
                <span class="soft small">{times}</span>
            </div>
            {description}
            <p class="soft">"→ " {target(materials, &line.material.target)}</p>
            {deeds}
        </li>
    }
}

/// Where it leads. Hosts may write any address, so it is shown and not followed within the desk.
fn target(materials: Materials, target: &MaterialTarget) -> AnyView {
    match target.clone() {
        MaterialTarget::Address(address) => {
            let words = address.clone();
            view! { <a href=address target="_blank" rel="noopener noreferrer">{words}</a> }.into_any()
        }
        MaterialTarget::Event(slug) => {
            let page = Route::Event(slug.clone(), EventTab::Overview).address();
            let title = move || {
                materials.events.with(|events| {
                    let known = events.here().and_then(|list| list.events.iter().find(|event| event.slug == slug));
                    known.map_or_else(|| slug.clone(), |event| event.title.clone())
                })
            };
            view! { <a href=page>{title}</a> }.into_any()
        }
    }
}

#[component]
fn Deeds(at: usize, count: usize, line: MaterialLine) -> impl IntoView {
    let materials = Materials::here();
    let title = line.material.title.clone();
    let button = move |words: &'static str, does: Box<dyn Fn()>| {
        view! { <button type="button" aria-label=words::with_title(words, &title) on:click=move |_| does()>{words}</button> }
    };
    let (edited, removed) = (line.clone(), line);
    let up = (at > 0).then(|| button(words::UP, Box::new(move || materials.swap(at, at - 1))));
    let down = (at + 1 < count).then(|| button(words::DOWN, Box::new(move || materials.swap(at, at + 1))));
    view! {
        <div class="actions">
            {up} {down} {button(words::EDIT, Box::new(move || materials.write(Some(edited.clone()))))}
            {button(words::REMOVE, Box::new(move || materials.asks_to_remove(&removed)))}
        </div>
    }
}

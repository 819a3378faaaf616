//! How the form's fields are bound to parts of the plan.

use super::draft::Draft;
use crate::parts::{Bound, BoundChoice};
use curtain_up_protocol::desk::{EventPlanDocument, TimeChoice};
use leptos::prelude::*;

/// A text.
pub fn text(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut String) -> Bound {
    Bound::part(draft.plan, move |plan| part(&mut plan.clone()).clone(), move |plan, text| *part(plan) = text)
}

/// A text that may be left out.
pub fn optional(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut Option<String>) -> Bound {
    Bound::part(
        draft.plan,
        move |plan| part(&mut plan.clone()).clone().unwrap_or_default(),
        move |plan, text| *part(plan) = Some(text).filter(|text| !text.trim().is_empty()),
    )
}

/// Something that is written as a text and is none: what one types stays as it is typed, and `read` understands it.
pub fn written<T: 'static>(
    draft: Draft,
    part: fn(&mut EventPlanDocument) -> &mut T,
    write: fn(&T) -> String,
    read: fn(&str) -> T,
) -> Bound {
    let typed = RwSignal::new(draft.plan.with_untracked(|plan| write(part(&mut plan.clone()))));
    let set = Callback::new(move |text: String| {
        draft.plan.update(|plan| *part(plan) = read(&text));
        typed.set(text);
    });
    Bound { value: typed.into(), set }
}

/// A list with an entry a line.
pub fn lines(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut Vec<String>) -> Bound {
    written(draft, part, |list| list.join("\n"), |text| entries(text, '\n'))
}

/// A list with commas between.
pub fn commas(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut Vec<String>) -> Bound {
    written(draft, part, |list| list.join(", "), |text| entries(text, ','))
}

/// A number that may be left out. What is none is sent as none that the server takes, and it says so.
pub fn number(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut Option<i64>) -> Bound {
    let read = |text: &str| match text.trim() {
        "" => None,
        text => Some(text.parse().unwrap_or_default()),
    };
    written(draft, part, |number| number.map(|number| number.to_string()).unwrap_or_default(), read)
}

/// Yes or no.
pub fn flag(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut bool) -> (Signal<bool>, Callback<bool>) {
    let value = Signal::derive(move || draft.plan.with(|plan| *part(&mut plan.clone())));
    (value, Callback::new(move |on| draft.plan.update(|plan| *part(plan) = on)))
}

/// Which of two instants is meant.
pub fn choice(draft: Draft, part: fn(&mut EventPlanDocument) -> &mut Option<TimeChoice>) -> BoundChoice {
    BoundChoice {
        value: Signal::derive(move || draft.plan.with(|plan| *part(&mut plan.clone()))),
        set: Callback::new(move |choice| draft.plan.update(|plan| *part(plan) = choice)),
    }
}

/// The entries of a list as one types it.
pub fn entries(text: &str, between: char) -> Vec<String> {
    text.split(between).map(str::trim).filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// Changes one of a list, where it is still there.
pub fn change_at<T>(list: &mut [T], index: usize, change: impl FnOnce(&mut T)) {
    if let Some(one) = list.get_mut(index) {
        change(one);
    }
}

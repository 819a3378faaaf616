use leptos::prelude::*;

/// The head of a column.
#[derive(Clone, Copy)]
pub enum Head {
    /// Words.
    Words(&'static str),
    /// Words above numbers.
    Number(&'static str),
    /// Nothing: below it stand buttons.
    Deeds,
}

/// A table with a head: its rows are its children.
#[component]
pub fn Table<const COLUMNS: usize>(label: &'static str, heads: [Head; COLUMNS], children: Children) -> impl IntoView {
    let head = |head: Head| match head {
        Head::Words(words) => view! { <th scope="col">{words}</th> }.into_any(),
        Head::Number(words) => view! { <th scope="col" class="end">{words}</th> }.into_any(),
        Head::Deeds => view! { <td></td> }.into_any(),
    };
    view! {
        <TableFrame label>
            <table>
                <thead>
                    <tr>{heads.map(head).collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </TableFrame>
    }
}

/// Around a table that may be wider than the window: it scrolls within, by keyboard too.
#[component]
fn TableFrame(label: &'static str, children: Children) -> impl IntoView {
    view! { <div class="plain" tabindex="0" role="region" aria-label=label>{children()}</div> }
}

use super::upload::Upload;
use crate::desk::{Desk, Question};
use crate::parts::TableFrame;
use crate::rules::row_groups;
use crate::{browser, words};
use curtain_up_protocol::desk::{Refusal, RefusalReason, UploadKind};
use leptos::prelude::*;

/// How many reasons are shown; the file has them all.
const REASONS: usize = 50;

/// The rows that are refused and why, as a file to mend too; the rest goes without them where one says so.
#[component]
pub fn RefusedRows(refused: Vec<Refusal>, file: String, done: bool, may_go_on: bool) -> impl IntoView {
    let desk = Desk::here();
    let upload = Upload::here();
    let count = refused.len();
    let groups = row_groups(refused.into_iter().map(|refusal| (refusal.row, refusal.reason)));
    let more = groups.len().checked_sub(REASONS).filter(|more| *more > 0).map(words::more_reasons);
    let line = |(reason, rows): (RefusalReason, Vec<u64>)| {
        view! {
            <tr>
                <td>{words::rows(&rows)}</td>
                <td>{words::refusal(&reason)}</td>
            </tr>
        }
    };
    let lines = groups.into_iter().take(REASONS).map(line).collect_view();
    let ask = move |_| {
        desk.question.set(Some(Question {
            title: words::WITHOUT_REFUSED_TITLE.to_owned(),
            text: words::stays_out(count),
            yes: words::WITHOUT_REFUSED.to_owned(),
            danger: false,
            then: std::sync::Arc::new(move || upload.run(UploadKind::WithoutRefused)),
        }));
    };
    let go_on = may_go_on.then(|| view! { <button type="button" on:click=ask>{words::WITHOUT_REFUSED}</button> });
    view! {
        <div class="note bad">
            <p><strong>{words::refused_rows(count)}</strong> " " {if done { words::LEFT_OUT_HELP } else { words::REFUSED_HELP }}</p>
        </div>
        <TableFrame label=words::REFUSED>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words::ROWS}</th>
                        <th scope="col">{words::REASON}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </TableFrame>
        {more.map(|more| view! { <p class="soft small">{more}</p> })}
        <div class="actions">
            <RefusedFile file />
            {go_on}
        </div>
    }
}

/// The refused rows as a file. It is kept as long as it is offered.
#[component]
fn RefusedFile(file: String) -> impl IntoView {
    let address = browser::keep_file(&file);
    let kept = address.clone();
    on_cleanup(move || {
        if let Some(address) = kept {
            browser::forget_file(&address);
        }
    });
    address.map(|address| view! { <a class="button primary" href=address download=words::REFUSED_FILE>{words::DOWNLOAD_REFUSED}</a> })
}

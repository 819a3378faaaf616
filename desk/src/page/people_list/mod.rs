//! The list of people of an event, with the codes that its host chose: how it stands, and uploading it.

mod codes_now;
mod form;
mod prepare;
mod progress;
mod refused;
mod report;
mod upload;

use super::event::Shown;
use crate::desk::Desk;
use codes_now::CodesNow;
use form::UploadForm;
use leptos::prelude::*;
use prepare::Prepare;
use progress::RunningCard;
use report::{FailedCard, ReportCard};
use upload::{Step, Upload};

/// An event's list.
#[component]
pub fn ListPage() -> impl IntoView {
    let desk = Desk::here();
    let upload = Upload::new(desk, Shown::here());
    provide_context(upload);
    on_cleanup(move || upload.stop());
    let result = move || {
        upload.step.with(|step| match step {
            Step::Choosing => ().into_any(),
            Step::Running(kind) => view! { <RunningCard kind=*kind /> }.into_any(),
            Step::Reported(kind, answer) => view! { <ReportCard kind=*kind answer=(**answer).clone() /> }.into_any(),
            Step::Failed(why) => view! { <FailedCard why=why.clone() /> }.into_any(),
        })
    };
    view! {
        <div class="cards">
            <CodesNow />
            <Prepare />
        </div>
        <Show when=move || desk.may_change()>
            <UploadForm />
        </Show>
        {result}
    }
}

use crate::desk::{Deed, Desk, Loaded, Question};
use crate::parts::{Dialog, Head, MoreButton, SelectField, Table, TextField, loaded};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{MemberChange, MemberDocument, MemberRequest, Role};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

const HEADS: [Head; 5] =
    [Head::Words(words::EMAIL), Head::Words(words::HOST_NAME), Head::Words(words::ROLE), Head::Words(words::SEEN), Head::Deeds];

type Members = RwSignal<Loaded<Vec<MemberDocument>>>;

/// Who may sign in.
#[component]
pub fn Hosts() -> impl IntoView {
    let desk = Desk::here();
    let members: Members = RwSignal::new(Loaded::Loading);
    reload(desk, members);
    let adding = RwSignal::new(false);
    let table = move |list: &Vec<MemberDocument>| {
        let lines = list.iter().map(|member| line(desk, members, member)).collect_view();
        view! {
            <Table label=words::HOSTS heads=HEADS>{lines}</Table>
        }
    };
    view! {
        <div class="spread">
            <p class="soft">{words::HOSTS_TEXT}</p>
            <Show when=move || desk.may_change()>
                <button type="button" class="primary" on:click=move |_| adding.set(true)>{words::ADD_HOST}</button>
            </Show>
        </div>
        {loaded(members, table)}
        <Dialog open=adding title=words::ADD_HOST>
            <AddHost open=adding members />
        </Dialog>
    }
}

fn reload(desk: Desk, members: Members) {
    desk.loads(members, async { api::get::<Vec<MemberDocument>>("/hosts").await });
}

fn line(desk: Desk, members: Members, member: &MemberDocument) -> impl IntoView + use<> {
    let role = if member.role == Role::Host { words::HOST } else { words::VIEWER_ROLE };
    let seen = member.seen_at.map_or_else(|| words::NEVER.to_owned(), |at| browser::moment(at.0, None));
    let about = member.email.clone();
    let member = member.clone();
    let shown = (member.email.clone(), member.name.clone());
    let menu = desk.may_change().then(|| view! { <MoreButton about deeds=move || deeds(desk, members, &member) /> });
    view! {
        <tr>
            <td>{shown.0}</td>
            <td>{shown.1}</td>
            <td><span class="chip">{role}</span></td>
            <td>{seen}</td>
            <td class="end">{menu}</td>
        </tr>
    }
}

fn deeds(desk: Desk, members: Members, member: &MemberDocument) -> Vec<Vec<Deed>> {
    let path = format!("/hosts/{}", member.id);
    let other_path = path.clone();
    let done = move |words: &'static str| {
        move |()| {
            desk.says(words);
            reload(desk, members);
        }
    };
    let (words_, role) = if member.role == Role::Host { (words::MAKE_VIEWER, Role::Viewer) } else { (words::MAKE_HOST, Role::Host) };
    let change = move || {
        let change = MemberChange { role: Some(role), name: None };
        let path = path.clone();
        desk.attempts(async move { api::tell(Method::PATCH, &path, &change).await }, done(words::HOST_CHANGED));
    };
    let remove = move || {
        let path = other_path.clone();
        desk.attempts(async move { api::act(Method::DELETE, &path).await }, done(words::HOST_REMOVED));
    };
    let email = member.email.clone();
    let ask = move || {
        desk.question.set(Some(Question {
            title: words::REMOVE_HOST_TITLE.to_owned(),
            text: format!("{email}: {}", words::REMOVE_HOST_TEXT),
            yes: words::REMOVE.to_owned(),
            danger: true,
            then: std::sync::Arc::new(remove.clone()),
        }));
    };
    vec![vec![Deed::new(words_, change), Deed::new(words::REMOVE, ask).danger()]]
}

#[component]
fn AddHost(open: RwSignal<bool>, members: Members) -> impl IntoView {
    let desk = Desk::here();
    let email = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let role = RwSignal::new("host".to_owned());
    let roles = [("host", Role::Host), ("viewer", Role::Viewer)].map(|(value, role)| (value.to_owned(), words::role(role).to_owned()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let role = if role.get_untracked() == "viewer" { Role::Viewer } else { Role::Host };
        let new = MemberRequest { email: email.get_untracked(), name: name.get_untracked(), role };
        desk.attempts(async move { api::tell(Method::POST, "/hosts", &new).await }, move |()| {
            open.try_set(false);
            desk.says(words::HOST_ADDED);
            reload(desk, members);
        });
    };
    view! {
        <form on:submit=submit>
            <TextField label=words::EMAIL bound=email kind="email" required=true />
            <TextField label=words::HOST_NAME bound=name />
            <SelectField label=words::ROLE bound=role choices=Signal::stored(roles.to_vec()) />
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::ADD}</button>
            </div>
        </form>
    }
}

use super::bind::{choice, commas, flag, lines, number, optional, text, written};
use super::draft::Draft;
use crate::parts::{Bound, CivilTimeField, Lines, SelectField, TextField, Tick, ZoneField};
use crate::rules::slug_of;
use crate::words;
use curtain_up_protocol::desk::LinkStyle;
use curtain_up_protocol::{KeyFormat, Room, RoomKind};
use leptos::prelude::*;

/// What it is.
#[component]
pub fn Basics(draft: Draft) -> impl IntoView {
    // Until somebody writes a slug of their own, it follows the title.
    let title = Bound::part(
        draft.plan,
        |plan| plan.title.clone(),
        move |plan, title| {
            if draft.version.get_untracked().is_none() && plan.slug == slug_of(&plan.title) {
                plan.slug = slug_of(&title);
            }
            plan.title = title;
        },
    );
    let slug = move || {
        view! {
            <TextField label=words::SLUG bound=text(draft, |plan| &mut plan.slug) help=words::SLUG_HELP problem=draft.problem("slug") required=true />
        }
    };
    view! {
        <section class="card" aria-labelledby="basics">
            <h2 id="basics">{words::BASICS}</h2>
            <TextField label=words::TITLE bound=title problem=draft.problem("title") required=true />
            {move || draft.is_new().then(slug)}
            <Lines label=words::DESCRIPTION bound=text(draft, |plan| &mut plan.description) problem=draft.problem("description") />
            <div class="grid">
                <TextField label=words::HELD_IN bound=text(draft, |plan| &mut plan.language) help=words::HELD_IN_HELP problem=draft.problem("language") />
                <TextField label=words::HOST_EMAIL bound=optional(draft, |plan| &mut plan.host_email) kind="email" problem=draft.problem("host_email") />
                <TextField label=words::SERIES bound=optional(draft, |plan| &mut plan.series) help=words::SERIES_SLUG_HELP problem=draft.problem("series") />
            </div>
        </section>
    }
}

/// When it is.
#[component]
pub fn Time(draft: Draft) -> impl IntoView {
    let zone = text(draft, |plan| &mut plan.zone);
    let duration = written(draft, |plan| &mut plan.duration_minutes, i64::to_string, |text| text.trim().parse().unwrap_or_default());
    let (checked, set) = flag(draft, |plan| &mut plan.starts_by_itself);
    view! {
        <section class="card" aria-labelledby="when">
            <h2 id="when">{words::WHEN}</h2>
            <div class="grid">
                <CivilTimeField label=words::START civil=text(draft, |plan| &mut plan.start) zone=zone.value choice=choice(draft, |plan| &mut plan.start_choice) problem=draft.problem("start") required=true />
                <ZoneField label=words::ZONE bound=zone problem=draft.problem("zone") />
                <TextField label=words::DURATION bound=duration kind="number" problem=draft.problem("duration_minutes") required=true />
            </div>
            <Tick label=words::STARTS_BY_ITSELF help=words::STARTS_BY_ITSELF_HELP checked set />
            <div class="grid">
                <CivilTimeField label=words::OPENS civil=optional(draft, |plan| &mut plan.opens_at) zone=zone.value choice=choice(draft, |plan| &mut plan.opens_choice) help=words::ALWAYS problem=draft.problem("opens_at") />
                <CivilTimeField label=words::CLOSES civil=optional(draft, |plan| &mut plan.closes_at) zone=zone.value choice=choice(draft, |plan| &mut plan.closes_choice) help=words::ALWAYS problem=draft.problem("closes_at") />
            </div>
        </section>
    }
}

/// Where it is.
#[component]
pub fn Place(draft: Draft) -> impl IntoView {
    let kind = Bound {
        value: Signal::derive(move || if draft.room().kind == RoomKind::Frame { "frame" } else { "address" }.to_owned()),
        set: Callback::new(move |name: String| {
            let kind = if name == "frame" { RoomKind::Frame } else { RoomKind::Address };
            let room = Room { kind, ..draft.room() };
            draft.plan.update(|plan| plan.room = Some(room));
        }),
    };
    let address = Bound {
        value: Signal::derive(move || draft.room().address),
        set: Callback::new(move |address| {
            let room = Room { address, ..draft.room() };
            draft.plan.update(|plan| plan.room = Some(room));
        }),
    };
    let kinds = [("address", words::ROOM_ADDRESS_KIND), ("frame", words::ROOM_FRAME_KIND)];
    let room_problem = Signal::derive(move || {
        let (whole, address) = (draft.problem("room").get(), draft.problem("room.address").get());
        if whole.is_empty() { address } else { whole }
    });
    view! {
        <section class="card" aria-labelledby="where">
            <h2 id="where">{words::WHERE}</h2>
            <div class="grid">
                <SelectField label=words::ROOM_KIND bound=kind choices=choices(kinds) />
                <TextField label=words::ROOM_ADDRESS bound=address kind="url" help=words::ROOM_HELP problem=room_problem />
            </div>
            <Lines label=words::ROOM_HOSTS bound=lines(draft, |plan| &mut plan.settings.room_hosts) help=words::ROOM_HOSTS_HELP problem=draft.problem("settings.room_hosts") />
            <div class="grid">
                <TextField label=words::REPLAY bound=optional(draft, |plan| &mut plan.replay) kind="url" help=words::REPLAY_HELP problem=draft.problem("replay") />
                <TextField label=words::PERMALINK bound=optional(draft, |plan| &mut plan.permalink) kind="url" help=words::PERMALINK_HELP problem=draft.problem("permalink") />
            </div>
            <Lines label=words::ORIGINS bound=lines(draft, |plan| &mut plan.origins) help=words::ORIGINS_HELP problem=draft.problem("origins") />
        </section>
    }
}

/// Who gets in, and how.
#[component]
pub fn Registration(draft: Draft) -> impl IntoView {
    const FORMATS: [(&str, KeyFormat); 3] =
        [("four", KeyFormat::FourDigits), ("six", KeyFormat::SixDigits), ("eight", KeyFormat::EightBase32)];
    let format = Bound::part(
        draft.plan,
        |plan| FORMATS.iter().find(|(_, format)| *format == plan.key_format).map(|(name, _)| *name).unwrap_or_default().to_owned(),
        |plan, name| plan.key_format = FORMATS.iter().find(|(known, _)| *known == name).map(|(_, format)| *format).unwrap_or_default(),
    );
    let style = Bound::part(
        draft.plan,
        |plan| if plan.settings.link_style == LinkStyle::Short { "short" } else { "signed" }.to_owned(),
        |plan, name| plan.settings.link_style = if name == "short" { LinkStyle::Short } else { LinkStyle::Signed },
    );
    let formats = FORMATS.map(|(name, format)| (name, words::key_format(format)));
    let reminders = written(
        draft,
        |plan| &mut plan.reminders_minutes,
        |minutes| minutes.iter().map(i64::to_string).collect::<Vec<_>>().join(", "),
        |text| super::bind::entries(text, ',').iter().map(|entry| entry.parse().unwrap_or_default()).collect(),
    );
    let (checked, set) = flag(draft, |plan| &mut plan.instant_entry);
    let (tracks, set_tracks) = flag(draft, |plan| &mut plan.settings.track_opens);
    view! {
        <section class="card" aria-labelledby="registration">
            <h2 id="registration">{words::REGISTRATION}</h2>
            <div class="grid">
                <TextField label=words::CAPACITY bound=number(draft, |plan| &mut plan.capacity) kind="number" help=words::CAPACITY_HELP problem=draft.problem("capacity") />
                <SelectField label=words::KEY_FORMAT bound=format choices=choices(formats) />
                <SelectField label=words::LINK_STYLE bound=style choices=choices([("signed", words::LINK_SIGNED), ("short", words::LINK_SHORT)]) />
            </div>
            <TextField label=words::REMINDERS bound=reminders help=words::REMINDERS_HELP problem=draft.problem("reminders_minutes") />
            <Tick label=words::INSTANT help=words::INSTANT_HELP checked set />
            <Tick label=words::TRACK_OPENS help=words::TRACK_OPENS_HELP checked=tracks set=set_tracks />
        </section>
    }
}

/// How it looks, and in which languages.
#[component]
pub fn Look(draft: Draft) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="look">
            <h2 id="look">{words::LOOK}</h2>
            <div class="grid">
                <TextField label=words::COVER bound=optional(draft, |plan| &mut plan.settings.cover) kind="url" help=words::COVER_HELP problem=draft.problem("settings.cover") />
                <TextField label=words::LOGO bound=optional(draft, |plan| &mut plan.logo) kind="url" help=words::LOGO_HELP problem=draft.problem("logo") />
                <TextField label=words::ACCENT bound=optional(draft, |plan| &mut plan.accent) help=words::ACCENT_HELP problem=draft.problem("accent") />
                <TextField label=words::LANGUAGES bound=commas(draft, |plan| &mut plan.settings.languages) help=words::LANGUAGES_HELP problem=draft.problem("settings.languages") />
            </div>
        </section>
    }
}

fn choices<const N: usize>(choices: [(&str, &str); N]) -> Signal<Vec<(String, String)>> {
    Signal::stored(choices.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec())
}

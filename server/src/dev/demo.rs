//! The three events of the demonstration: one starts in two minutes, one is live, one has ended.

use crate::{
    civil_time::CivilTime,
    event_plan::EventPlan,
    store::{Store, StoreError, event::Event},
};
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Field, FieldKind, Phase, Room, RoomKind, Timestamp};

/// Adds the events, as seen from `now`.
///
/// # Errors
/// [`StoreError`], where they are there already too.
pub async fn add_events(store: &Store, now: Timestamp) -> Result<Vec<Event>, StoreError> {
    let mut events = Vec::new();
    for (plan, phase) in plans(now)? {
        let event = store.add_event(&plan, now).await?;
        events.push(if phase == Phase::Scheduled { event } else { store.set_phase(&plan.slug, phase).await? });
    }
    Ok(events)
}

fn plans(now: Timestamp) -> Result<[(EventPlan, Phase); 3], StoreError> {
    let at = |delta: TimeDelta| CivilTime::of(now + delta, chrono_tz::Europe::Berlin).map_err(|_| StoreError::Corrupt("clock"));
    let launch = EventPlan {
        slug: "launch".into(),
        title: "Meet Meridian 2: the launch".into(),
        description: "Forty minutes with the people who built it: what is new, what it replaces, and your questions answered live.".into(),
        host_email: Some("hello@meridian.example".into()),
        start: at(TimeDelta::minutes(2))?,
        starts_by_itself: true,
        room: Some(Room { kind: RoomKind::Frame, address: "https://example.com/?room=meridian-launch".into() }),
        fields: vec![
            Field {
                label: "What do you work on?".into(),
                choices: ["Design", "Engineering", "Marketing", "Something else"].map(str::to_owned).to_vec(),
                ..Field::plain("work", FieldKind::Choice)
            },
            Field {
                label: "A question for the team".into(),
                help: "We collect the best ones for the last ten minutes.".into(),
                required: false,
                ..Field::plain("question", FieldKind::LongText)
            },
        ],
        consents: vec![Consent {
            id: "privacy".into(),
            version: 1,
            text: "I agree that Meridian uses these details to run this event.".into(),
            required: true,
        }],
        ..EventPlan::default()
    };
    let office_hours = EventPlan {
        slug: "office-hours".into(),
        title: "Meridian office hours".into(),
        description: "Bring a question, leave with an answer.".into(),
        start: at(TimeDelta::minutes(-10))?,
        room: Some(Room { kind: RoomKind::Address, address: "https://example.com/?room=meridian-office-hours".into() }),
        instant_entry: true,
        ..EventPlan::default()
    };
    let retrospective = EventPlan {
        slug: "retrospective".into(),
        title: "Meridian 1: a retrospective".into(),
        description: "What three years of Meridian 1 taught us.".into(),
        start: at(TimeDelta::days(-7))?,
        replay: Some("https://example.com/?replay=meridian-1".into()),
        ..EventPlan::default()
    };
    Ok([(launch, Phase::Scheduled), (office_hours, Phase::Live), (retrospective, Phase::Ended)])
}

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
        title: "Meet Canopy: the launch".into(),
        description: "Forty-five minutes with the people who built it: a whole morning planned live, what it costs, and your questions."
            .into(),
        host_email: Some("hello@fernwood.example".into()),
        start: at(TimeDelta::minutes(2))?,
        starts_by_itself: true,
        room: Some(Room { kind: RoomKind::Frame, address: "https://example.com/?room=canopy-launch".into() }),
        fields: vec![
            Field {
                label: "How many bikes do you run?".into(),
                choices: ["None yet", "1 to 10", "11 to 50", "More than 50"].map(str::to_owned).to_vec(),
                ..Field::plain("fleet", FieldKind::Choice)
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
            text: "I agree that Fernwood uses these details to run this event.".into(),
            required: true,
        }],
        ..EventPlan::default()
    };
    let office_hours = EventPlan {
        slug: "office-hours".into(),
        title: "Office hours with the routing team".into(),
        description: "Bring a question, leave with an answer.".into(),
        start: at(TimeDelta::minutes(-10))?,
        room: Some(Room { kind: RoomKind::Address, address: "https://example.com/?room=office-hours".into() }),
        instant_entry: true,
        ..EventPlan::default()
    };
    let retrospective = EventPlan {
        slug: "retrospective".into(),
        title: "Retrospective: a winter on two wheels".into(),
        description: "What five months of snow, salt and broken chains taught us.".into(),
        start: at(TimeDelta::days(-7))?,
        replay: Some("https://example.com/?replay=winter".into()),
        ..EventPlan::default()
    };
    Ok([(launch, Phase::Scheduled), (office_hours, Phase::Live), (retrospective, Phase::Ended)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As people know it of Leptos projects, the demonstration page stands at the top of the repository.
    const PAGE: &str = include_str!("../../../index.html");

    #[test]
    fn every_event_that_the_demonstration_page_refers_to_is_there() {
        let plans = plans(Timestamp(1_800_000_000_000)).expect("plans");
        let named: Vec<&str> = PAGE.split("http://127.0.0.1:3000/e/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(named.len() > 3 && PAGE.contains("src=\"http://127.0.0.1:3000/curtain-up.js\""), "{named:?}");
        for slug in named {
            assert!(plans.iter().any(|(plan, _)| plan.slug == slug), "{slug}");
        }
    }
}

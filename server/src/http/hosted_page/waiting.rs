//! The plain waiting page: it looks again by itself until the host starts, and then shows the way in.

use super::{
    entry::{kept_pass, refused},
    page::{Page, date, send},
};
use crate::{
    http::{context::Context, error::Error, room::follow, slug::Slug},
    store::registrant::Seat,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::TimeDelta;
use chrono_tz::Tz;
use curtain_up_protocol::{LinkedEvent, Material, Phase, Room, RoomKind};

#[derive(Template)]
#[template(path = "hosted_page/waiting.html")]
struct Waiting {
    page: Page,
    phase: Phase,
    first_name: String,
    /// When it starts, in the registrant's zone where it is known, and in the event's own where that differs.
    start: String,
    start_at_event: Option<String>,
    /// After how many seconds the page looks again; not at all where it was asked to stay still.
    refresh: Option<i64>,
    room: Option<Room>,
    replay: Option<String>,
    /// Whether another device has the seat.
    is_elsewhere: bool,
    materials: Vec<Material>,
    /// The linked events that this person may enter.
    rooms: Vec<LinkedEvent>,
}

impl Waiting {
    fn is_framed(room: &Room) -> bool {
        room.kind == RoomKind::Frame
    }
}

/// What a pass is told, as a page.
pub async fn waiting(
    State(context): State<Context>,
    Slug(slug): Slug,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let (registrant, answer) = match follow(&context, event.clone(), kept_pass(&headers)).await {
        Ok(told) => told,
        Err(Error::PassRefused) => return refused(&context, &event, "", Error::PassRefused),
        Err(error) => return Err(error),
    };
    let page = Page::of(&context, &event);
    let start = &event.plan.start;
    let zone: Tz = registrant.zone.and_then(|zone| zone.parse().ok()).unwrap_or(start.zone);
    let still = query.is_some_and(|query| query == "still");
    let is_elsewhere = answer.phase == Phase::Live && answer.room.is_none() && event.plan.room().is_some();
    let is_waiting = answer.phase == Phase::Scheduled || (answer.phase == Phase::Live && answer.room.is_none() && !is_elsewhere);
    let page = Waiting {
        phase: answer.phase,
        first_name: if registrant.seat == Seat::Anonymous { String::new() } else { registrant.first_name },
        start: date(start.at, zone, &page.words),
        start_at_event: Some(date(start.at, start.zone, &page.words)).filter(|_| zone != start.zone),
        refresh: (is_waiting && !still).then(|| pause(start.at - context.clock.now())),
        room: answer.room,
        replay: answer.replay,
        is_elsewhere,
        materials: answer.materials,
        rooms: answer.rooms,
        page,
    };
    send(&page, StatusCode::OK)
}

/// How long a page that shows this remaining time may stand, in seconds: as long as the element waits between two polls,
/// and longer where the start is far.
fn pause(remaining: TimeDelta) -> i64 {
    match remaining.num_minutes() {
        60.. => 300,
        2.. => 15,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_looks_again_more_often_as_the_start_comes_near_and_while_it_is_overdue() {
        for (remaining, seconds) in [
            (TimeDelta::days(40), 300),
            (TimeDelta::minutes(60), 300),
            (TimeDelta::minutes(59), 15),
            (TimeDelta::seconds(120), 15),
            (TimeDelta::seconds(119), 5),
            (TimeDelta::zero(), 5),
            (TimeDelta::days(-1), 5),
        ] {
            assert_eq!(pause(remaining), seconds, "{remaining}");
        }
    }
}

//! What the host changes: moved, cancelled, ended.

use super::*;

#[test]
fn the_countdown_moves_with_the_start_to_later_and_to_earlier() {
    for starts_at in [NOON + 60 * MINUTE, NOON + 7 * MINUTE, NOON + 5 * MINUTE] {
        let mut sim = Sim::waiting();
        sim.pass_time(5 * MINUTE);
        sim.change(Phase::Scheduled, starts_at);
        sim.answer_state();
        let left = (starts_at - NOON) / 1_000 - 300;
        assert_eq!((sim.screen(), sim.seconds_left()), (Screen::Waiting, (left > 0).then_some(left)));
        assert!(sim.journey.has_moved() && sim.told.contains(&Happening::Moved));
    }
}

#[test]
fn an_older_version_never_wins_over_a_newer_one() {
    let mut sim = Sim::waiting();
    let old = sim.server;
    sim.change(Phase::Live, NOON + 10 * MINUTE);
    sim.answer_state();
    let timing = sim.timing();
    sim.step(Input::Answered(Reply::State(old, timing)));
    assert_eq!(sim.journey.event().state.phase, Phase::Live);
    sim.step(Input::Answered(Reply::Event(Box::new(document()), timing)));
    assert_eq!(sim.journey.event().state.phase, Phase::Live);
}

#[test]
fn a_cancelled_event_says_so_wherever_one_is_and_may_come_back() {
    for place in [Place::Form, Place::Enter, Place::LostLink, Place::Resent, Place::Registered] {
        for pass in [None, Some(pass())] {
            let mut sim = Sim::opened(document(), None, pass);
            sim.step(Input::Show(place));
            let before = sim.screen();
            sim.change(Phase::Cancelled, NOON + 10 * MINUTE);
            sim.answer_state();
            assert_eq!((sim.screen(), sim.told.last()), (Screen::Cancelled, Some(&Happening::Cancelled)));
            sim.change(Phase::Scheduled, NOON + 20 * MINUTE);
            sim.pass_time(7 * MINUTE);
            assert_eq!(sim.screen(), before);
        }
    }
}

#[test]
fn the_end_closes_the_room_and_asks_for_the_replay() {
    let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.step(Input::Answered(Reply::Room(room(RoomKind::Frame))));
    sim.asked.clear();
    sim.change(Phase::Ended, NOON);
    sim.pass_time(2 * MINUTE);
    assert_eq!((sim.screen(), sim.has_asked_for_room()), (Screen::Ended, true));
}

//! What those who listen are told while they wait.

use super::*;

#[test]
fn an_hour_before_the_start_and_on_its_way_the_time_left_is_told_eight_messages_with_the_start() {
    let event = EventDocument { state: state(1, Phase::Scheduled, NOON + 61 * MINUTE, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.pass_time(61 * MINUTE + 2_000);
    sim.change(Phase::Live, NOON + 61 * MINUTE);
    sim.answer_state();
    let marks = [3_600, 1_800, 600, 300, 60, 30, 10].map(Saying::Soon);
    assert_eq!(sim.said, [&marks[..], &[Saying::Change(Happening::Live)]].concat());
}

#[test]
fn a_change_is_told_and_marks_go_by_the_new_start() {
    let mut sim = Sim::waiting();
    sim.pass_time(4 * MINUTE);
    sim.change(Phase::Scheduled, NOON + 20 * MINUTE);
    sim.answer_state();
    sim.pass_time(7 * MINUTE);
    assert_eq!(sim.said, [Saying::Change(Happening::Moved), Saying::Soon(600)]);
    sim.change(Phase::Cancelled, NOON + 20 * MINUTE);
    sim.answer_state();
    sim.pass_time(10 * MINUTE);
    assert_eq!(sim.said.last(), Some(&Saying::Change(Happening::Cancelled)));
}

#[test]
fn a_host_who_moves_the_start_again_and_again_is_heard_eight_times_an_hour() {
    let mut sim = Sim::waiting();
    for minutes in 0..30 {
        sim.change(Phase::Scheduled, NOON + (100 + minutes) * MINUTE);
        sim.answer_state();
        sim.pass_time(1_000);
    }
    sim.said.clear();
    sim.change(Phase::Cancelled, NOON + DAY);
    sim.answer_state();
    assert_eq!(sim.said, [Saying::Change(Happening::Moved)], "the ninth is not told");
}

#[test]
fn nobody_is_told_the_time_left_while_no_countdown_is_shown() {
    let mut sim = Sim::opened(document(), None, None);
    sim.pass_time(9 * MINUTE);
    assert_eq!(sim.said, []);
}

#[test]
fn whoever_looks_at_a_countdown_without_having_registered_is_told_the_time_left_too() {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Show(Place::Countdown));
    sim.pass_time(6 * MINUTE);
    assert_eq!(sim.said, [Saying::Soon(300)]);
}

#[test]
fn a_line_that_comes_and_goes_is_told_four_times_an_hour_and_leaves_the_start_to_be_heard() {
    let mut sim = Sim::waiting();
    let mut heard = 0;
    for _ in 0..20 {
        sim.step(Input::Failed(Errand::State, Failure::Network));
        heard += usize::from(sim.journey.said() == Some(Saying::Offline));
        sim.time += 1_000;
        sim.answer_state();
        assert_eq!(sim.journey.said(), None, "what is over is no longer said");
    }
    assert_eq!(heard, 4);
    sim.change(Phase::Live, NOON + 10 * MINUTE);
    sim.answer_state();
    assert_eq!(sim.journey.said(), Some(Saying::Change(Happening::Live)));
}

#[test]
fn nobody_is_taken_to_the_room_unheard_and_whoever_stays_is_not_told_so_any_longer() {
    let mut sim = Sim::waiting();
    for minutes in 0..9 {
        sim.change(Phase::Scheduled, NOON + (100 + minutes) * MINUTE);
        sim.answer_state();
    }
    sim.change(Phase::Live, NOON + DAY);
    sim.answer_state();
    sim.step(Input::Answered(Reply::Room(room(RoomKind::Address))));
    assert_eq!(sim.journey.said(), Some(Saying::Going), "however much was said before");
    sim.step(Input::Stay);
    assert_eq!(sim.journey.said(), None);
    let mut sim = Sim::waiting();
    sim.change(Phase::Live, NOON);
    sim.answer_state();
    sim.step(Input::Answered(Reply::Room(room(RoomKind::Frame))));
    assert_eq!(sim.journey.said(), Some(Saying::Change(Happening::Live)), "a frame takes nobody away");
}

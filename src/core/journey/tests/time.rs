//! Time: the countdown follows the server, whatever the local clock does.

use super::*;

#[test]
fn the_countdown_shows_the_same_whatever_the_local_clock_says() {
    for wall_error in [0, DAY, -DAY, 365 * DAY] {
        let mut sim = Sim::with_wall_error(document(), wall_error);
        sim.step(Input::Opened { link: None, pass: Some(pass()) });
        assert_eq!(sim.seconds_left(), Some(600));
        sim.pass_time(4 * MINUTE);
        assert_eq!(sim.seconds_left(), Some(360), "{wall_error}");
    }
}

#[test]
fn a_clock_that_is_set_shows_nothing_and_makes_the_journey_ask_at_once() {
    for step in [DAY, -DAY, 3_000, -3_000] {
        let mut sim = Sim::waiting();
        sim.time += 1_000;
        sim.wall_error = step;
        sim.step(Input::Tick);
        assert_eq!(sim.seconds_left(), Some(599));
        assert!(sim.asked.contains(&Request::State), "{step}");
    }
}

#[test]
fn after_a_sleep_the_first_answer_puts_the_countdown_right() {
    let mut sim = Sim::waiting();
    // Five minutes pass in the world, and none on the clock that stands still in sleep.
    sim.wall_error = 5 * MINUTE;
    sim.step(Input::Woke);
    assert!(sim.asked.contains(&Request::State));
    let timing = sim.timing();
    let slept = state(1, Phase::Scheduled, NOON + 10 * MINUTE, NOON + 5 * MINUTE);
    sim.step(Input::Answered(Reply::State(slept, timing)));
    assert_eq!(sim.seconds_left(), Some(300));
}

#[test]
fn a_month_of_waiting_ends_on_time_and_no_timer_is_longer_than_an_hour() {
    let start = NOON + 30 * DAY;
    let event = EventDocument { state: state(1, Phase::Scheduled, start, NOON), ..document() };
    let month = PassAnswer { expires_at: Timestamp(start + DAY), ..pass() };
    let mut sim = Sim::opened(event, None, Some(month));
    assert_eq!(sim.seconds_left(), Some(30 * 86_400));
    sim.pass_time(30 * DAY - 1_000);
    assert_eq!(sim.seconds_left(), Some(1));
    sim.change(Phase::Live, start);
    sim.pass_time(7_000);
    assert!(sim.told.contains(&Happening::Live));
    assert!(sim.journey.wakes_after(sim.now()) <= LONGEST_TIMER);
}

#[test]
fn a_countdown_at_zero_waits_for_the_host_and_asks_often() {
    let mut sim = Sim::waiting();
    sim.pass_time(40 * MINUTE);
    assert_eq!((sim.screen(), sim.seconds_left()), (Screen::Waiting, None));
    assert!(!sim.has_asked_for_room());
    assert!(sim.journey.wakes_after(sim.now()) <= TimeDelta::seconds(6));
}

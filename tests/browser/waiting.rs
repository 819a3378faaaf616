//! Waiting: the countdown follows the server, whatever the local clock, the network and the host do.

use crate::stage::play;
use chrono::TimeDelta;
use curtain_up_protocol::Phase;
use curtain_up_server::event_plan::EventPlan;

const EMAIL: &str = "ada@example.com";
const TIMER: &str = "everything.find(e => e.getAttribute('role') === 'timer')";

fn at_once(_: &mut EventPlan) {}

#[test]
fn a_local_clock_that_is_a_day_off_does_not_show() {
    for day in [-86_400_000_i64, 86_400_000] {
        play(at_once, async |stage| {
            let link = stage.link_of_somebody_registered(EMAIL).await;
            let wrong_clock = format!(
                "const D = Date; globalThis.Date = class extends D {{ constructor(...a) {{ a.length ? super(...a) : super(D.now() + {day}); }} static now() {{ return D.now() + {day}; }} }};"
            );
            stage.browser.before_every_page(&wrong_clock).await;
            stage.browser.open_page(&link).await;
            // Ten minutes less what the test took: the ninth minute is counted down, for a minute at least.
            stage.browser.until("nine minutes and some seconds", &format!("/\\b0?9\\b/.test(words({TIMER}))")).await;
        });
    }
}

#[test]
fn a_countdown_that_reaches_zero_waits_for_the_host() {
    play(at_once, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.clock.advance(TimeDelta::minutes(11));
        stage.browser.open_page(&link).await;
        stage.browser.sees("Any moment now").await;
        stage.browser.picture("any-moment").await;
        assert!(!stage.browser.shows("Join now").await);
    });
}

#[test]
fn a_moved_event_moves_the_countdown_without_a_reload() {
    play(at_once, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", TIMER).await;
        stage.host_moves_start(TimeDelta::minutes(90)).await;
        stage.browser.until("an hour and some minutes", &format!("/\\b0?1\\b.*\\b(29|30)\\b/.test(words({TIMER}))")).await;
    });
}

#[test]
fn a_cancelled_event_says_so_to_those_who_wait() {
    play(at_once, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", TIMER).await;
        stage.host_says(Phase::Cancelled).await;
        stage.browser.sees("cancelled").await;
        stage.browser.picture("cancelled").await;
    });
}

#[test]
fn a_server_that_goes_away_is_said_and_forgotten_when_it_is_back() {
    play(at_once, async |mut stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.clock.advance(TimeDelta::minutes(9));
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", TIMER).await;
        stage.stop_server().await;
        stage.browser.sees("Trying again").await;
        stage.browser.picture("offline").await;
        stage
            .browser
            .until(
                "the words for those who listen",
                "everything.some(e => e.matches('.heard[role=status]') && words(e).includes('Trying again'))",
            )
            .await;
        assert_eq!(stage.browser.script("return everything.filter(e => e.getAttribute('role') === 'status').length").await, 1);
        stage.start_server().await;
        stage.browser.until("the words to go", "!everything.some(e => words(e).includes('Trying again'))").await;
    });
}

//! Arriving: without a link, by a link, by a pass.

use super::*;

#[test]
fn without_a_link_one_sees_the_form_or_what_stands_in_its_stead() {
    for (phase, admission, expected) in [
        (Phase::Scheduled, Admission::Open, Screen::Form),
        (Phase::Scheduled, Admission::Full, Screen::Form),
        (Phase::Scheduled, Admission::NotYetOpen, Screen::NotYetOpen),
        (Phase::Scheduled, Admission::Closed, Screen::Closed),
        (Phase::Live, Admission::Open, Screen::Form),
        (Phase::Live, Admission::Closed, Screen::Closed),
        (Phase::Ended, Admission::Closed, Screen::Ended),
        (Phase::Cancelled, Admission::Open, Screen::Cancelled),
    ] {
        let event = EventDocument { admission, state: state(1, phase, NOON, NOON), ..document() };
        assert_eq!(Sim::opened(event, None, None).screen(), expected, "{phase:?} {admission:?}");
    }
}

#[test]
fn a_link_leads_to_where_the_event_stands() {
    for (phase, first, expected) in [
        (Phase::Scheduled, Screen::Entering, Screen::Waiting),
        (Phase::Live, Screen::Entering, Screen::Room),
        (Phase::Ended, Screen::Entering, Screen::Ended),
        (Phase::Cancelled, Screen::Cancelled, Screen::Cancelled),
    ] {
        let event = EventDocument { state: state(1, phase, NOON, NOON), ..document() };
        let mut sim = Sim::opened(event, Some(link()), None);
        assert_eq!(sim.screen(), first, "{phase:?}");
        assert!(sim.asked == [Request::Exchange(link(), None)]);
        sim.step(Input::Answered(Reply::Pass(pass())));
        let replay = (phase == Phase::Ended).then(|| "https://replay.example/1".to_owned());
        assert_eq!(sim.has_asked_for_room(), matches!(phase, Phase::Live | Phase::Ended), "nobody who is late is held back");
        sim.step(Input::Answered(Reply::Room(RoomAnswer { replay: replay.clone(), ..room(RoomKind::Frame) })));
        assert_eq!((sim.screen(), sim.journey.replay()), (expected, replay.as_deref()), "{phase:?}");
    }
}

#[test]
fn a_refused_link_leads_to_the_view_for_typing_it_with_its_address_filled_in() {
    let mut sim = Sim::opened(document(), Some(link()), None);
    sim.step(Input::Failed(Errand::Exchange, refused(ProblemCode::AccessRefused)));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Enter, Some(Trouble::LinkRefused)));
    assert_eq!(sim.journey.email(), "ada@example.com");
    sim.step(Input::Show(Place::LostLink));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::LostLink, None));
}

#[test]
fn a_link_opened_offline_is_tried_until_the_server_is_back() {
    let mut sim = Sim::opened(document(), Some(link()), None);
    sim.asked.clear();
    for _ in 0..9 {
        sim.step(Input::Failed(Errand::Exchange, Failure::Network));
        assert!(sim.screen() == Screen::Entering && sim.journey.is_offline());
        sim.pass_time(MINUTE);
        assert!(sim.asked.iter().any(|request| matches!(request, Request::Exchange(..))));
        sim.asked.clear();
    }
    sim.step(Input::Answered(Reply::Pass(pass())));
    assert!(sim.screen() == Screen::Waiting && !sim.journey.is_offline());
}

#[test]
fn a_pass_from_before_a_reload_keeps_the_seat_unless_it_has_expired() {
    for (expires_at, expected) in [(NOON + 1, Screen::Waiting), (NOON, Screen::Form), (0, Screen::Form)] {
        let kept = PassAnswer { expires_at: Timestamp(expires_at), ..pass() };
        assert_eq!(Sim::opened(document(), None, Some(kept)).screen(), expected, "{expires_at}");
    }
}

#[test]
fn a_pass_that_the_server_refuses_is_forgotten() {
    let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.step(Input::Failed(Errand::Room, refused(ProblemCode::PassRefused)));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Enter, Some(Trouble::PassRefused)));
    assert!(sim.journey.pass().is_none());
}

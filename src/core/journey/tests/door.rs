//! Events that nobody registers for: the code, the open door, tickets and signed links.

use super::*;

fn at(door: Door) -> EventDocument {
    EventDocument { door, admission: Admission::Closed, ..document() }
}

fn code() -> Way {
    Way::Door(DoorRequest::Code("0042".into()))
}

#[test]
fn the_door_is_the_first_thing_to_be_seen_wherever_somebody_goes() {
    for (door, place, screen) in [
        (Door::Registration, Place::Form, Screen::Closed),
        (Door::Registration, Place::Enter, Screen::Enter),
        (Door::Code, Place::Form, Screen::Code),
        (Door::Code, Place::Enter, Screen::Code),
        (Door::Code, Place::LostLink, Screen::LostLink),
        (Door::Open, Place::Form, Screen::Code),
        (Door::Open, Place::Enter, Screen::Code),
    ] {
        let mut sim = Sim::opened(at(door), None, None);
        sim.step(Input::Show(place));
        assert_eq!(sim.screen(), screen, "{door:?} {place:?}");
    }
    let over = EventDocument { state: state(1, Phase::Ended, NOON - 90 * MINUTE, NOON), ..at(Door::Code) };
    assert_eq!(Sim::opened(over, None, None).screen(), Screen::Ended, "what is over says so before it asks");
}

#[test]
fn a_code_is_exchanged_and_a_wrong_one_asked_for_again() {
    let mut sim = Sim::opened(at(Door::Code), None, None);
    sim.step(Input::Enter(code()));
    assert!(sim.asked == [Request::Exchange(code(), None)] && sim.screen() == Screen::Code && sim.journey.is_busy());
    sim.step(Input::Failed(Errand::Exchange, refused(ProblemCode::AccessRefused)));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Code, Some(Trouble::AccessRefused)));
    sim.step(Input::Enter(code()));
    sim.step(Input::Answered(Reply::Pass(pass())));
    assert_eq!((sim.screen(), sim.told), (Screen::Waiting, vec![Happening::Entered]));
}

#[test]
fn a_ticket_is_exchanged_at_once_with_the_pass_that_the_tab_has_kept_which_stays_good_when_the_ticket_is_not() {
    let ticket = Way::Door(DoorRequest::Ticket("other.secret".into()));
    let expired = PassAnswer { expires_at: Timestamp(NOON), ..pass() };
    for (kept, sent, screen, trouble) in [
        // Whom the event does not know, it asks; nobody has typed a code that could be wrong.
        (None, None, Screen::Code, Some(Trouble::LinkRefused)),
        (Some(expired), None, Screen::Code, Some(Trouble::LinkRefused)),
        (Some(pass()), Some("token".to_owned()), Screen::Waiting, None),
    ] {
        let mut sim = Sim::opened(at(Door::Code), Some(ticket.clone()), kept);
        sim.step(Input::Tick);
        assert!(sim.asked == [Request::Exchange(ticket.clone(), sent)] && sim.screen() == Screen::Entering);
        sim.step(Input::Failed(Errand::Exchange, refused(ProblemCode::AccessRefused)));
        assert_eq!((sim.screen(), sim.journey.trouble()), (screen, trouble));
        assert_eq!(sim.journey.pass().map(|pass| &*pass.pass), trouble.is_none().then_some("token"));
    }
}

#[test]
fn an_event_that_asks_for_codes_from_now_on_shows_its_door() {
    let mut sim = Sim::opened(document(), None, None);
    let (changed, timing) = (EventDocument { state: state(2, Phase::Scheduled, NOON + 10 * MINUTE, NOON), ..at(Door::Code) }, sim.timing());
    let before = sim.journey.edition();
    sim.step(Input::Answered(Reply::Event(Box::new(changed), timing)));
    assert_eq!(sim.screen(), Screen::Code);
    assert!(sim.journey.edition() > before);
}

//! Registering, asking for a link, and doing both with a bad network.

use super::*;

#[test]
fn registering_leads_to_the_mail_and_with_instant_entry_to_the_seat() {
    for (instant, expected) in [(None, Screen::Registered), (Some(pass()), Screen::Waiting)] {
        let mut sim = Sim::opened(document(), None, None);
        sim.step(Input::Register(RegistrationRequest::default()));
        sim.step(Input::Register(RegistrationRequest::default()));
        assert!(sim.journey.is_busy() && sim.asked.len() == 1, "a second click does nothing");
        sim.step(Input::Answered(Reply::Registered(RegistrationAnswer { pass: instant, claim: "claim".into() })));
        assert_eq!((sim.screen(), sim.journey.is_busy()), (expected, false));
        assert!(sim.told.contains(&Happening::Registered));
    }
}

#[test]
fn a_registration_that_failed_says_why_and_can_be_sent_again() {
    let busy = Failure::Refused { code: ProblemCode::Unavailable, fields: vec![], later: true, retry_after: Some(30) };
    let invalid = |field: &str, code| {
        let fields = vec![FieldProblem { field: field.into(), code }];
        Failure::Refused { code: ProblemCode::InvalidFields, fields, later: false, retry_after: None }
    };
    for (failure, trouble, screen) in [
        (Failure::Network, Trouble::Unreachable, Screen::Form),
        (busy, Trouble::Busy(Some(30)), Screen::Form),
        (invalid("email", FieldCode::InvalidEmail), Trouble::Fields, Screen::Form),
        (invalid("gone", FieldCode::UnknownField), Trouble::Other, Screen::Form),
        (refused(ProblemCode::InvalidRequest), Trouble::Other, Screen::Form),
        (refused(ProblemCode::RegistrationClosed), Trouble::Other, Screen::Closed),
        (refused(ProblemCode::NotYetOpen), Trouble::Other, Screen::NotYetOpen),
        (refused(ProblemCode::Unknown), Trouble::Other, Screen::Form),
    ] {
        let mut sim = Sim::opened(document(), None, None);
        sim.step(Input::Register(RegistrationRequest::default()));
        sim.step(Input::Failed(Errand::Register, failure));
        assert_eq!((sim.screen(), sim.journey.trouble(), sim.journey.is_busy()), (screen, Some(trouble), false));
        sim.step(Input::Register(RegistrationRequest::default()));
        assert_eq!(sim.asked.iter().filter(|request| matches!(request, Request::Register(_))).count(), 2);
    }
}

#[test]
fn the_banner_comes_with_a_lost_network_and_goes_with_the_next_answer() {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Register(RegistrationRequest::default()));
    sim.step(Input::Failed(Errand::Register, Failure::Network));
    assert!(sim.journey.is_offline());
    sim.pass_time(4_000);
    assert_eq!((sim.journey.is_offline(), sim.journey.trouble()), (false, None));
}

#[test]
fn being_back_online_asks_at_once_for_all_that_was_waiting() {
    let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.asked.clear();
    sim.chance = 0.99;
    for _ in 0..8 {
        sim.step(Input::Failed(Errand::Room, Failure::Network));
    }
    sim.step(Input::Woke);
    assert!(sim.has_asked_for_room() && sim.asked.contains(&Request::State));
}

#[test]
fn registration_that_opens_later_is_looked_at_again_when_it_opens() {
    let event = EventDocument { admission: Admission::NotYetOpen, opens_at: Some(Timestamp(NOON + 5 * MINUTE)), ..document() };
    let mut sim = Sim::opened(event, None, None);
    sim.pass_time(5 * MINUTE - 1);
    assert!(!sim.asked.contains(&Request::Event));
    sim.pass_time(5_000);
    assert!(sim.asked.contains(&Request::Event));
    let timing = sim.timing();
    sim.step(Input::Answered(Reply::Event(Box::new(document()), timing)));
    assert_eq!(sim.screen(), Screen::Form);
}

#[test]
fn a_form_is_built_anew_only_when_what_it_shows_has_changed() {
    for (title, edition) in [("Launch", 0), ("Launch, moved", 1)] {
        let mut sim = Sim::opened(document(), None, None);
        sim.change(Phase::Scheduled, NOON + 20 * MINUTE);
        sim.answer_state();
        sim.pass_time(5_000);
        assert!(sim.asked.contains(&Request::Event));
        let timing = sim.timing();
        let newer = EventDocument { title: title.into(), state: sim.server, ..document() };
        sim.step(Input::Answered(Reply::Event(Box::new(newer), timing)));
        assert_eq!(sim.journey.edition(), edition);
    }
}

#[test]
fn asking_for_a_lost_link_ends_at_the_mail_and_a_typed_link_at_the_seat() {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Show(Place::LostLink));
    sim.step(Input::Resend("ada@example.com".into()));
    sim.step(Input::Answered(Reply::Resent));
    assert_eq!((sim.screen(), sim.journey.email()), (Screen::Resent, "ada@example.com"));
    sim.step(Input::Show(Place::Enter));
    sim.step(Input::Enter(link()));
    assert_eq!(sim.screen(), Screen::Enter, "what was typed stays in sight until it is answered");
    sim.step(Input::Failed(Errand::Exchange, Failure::Network));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Enter, Some(Trouble::Unreachable)));
    sim.step(Input::Enter(link()));
    sim.step(Input::Answered(Reply::Pass(pass())));
    assert_eq!(sim.screen(), Screen::Waiting);
}

#[test]
fn a_page_may_want_something_else_than_the_form_first_but_never_in_the_way_of_a_link() {
    for (name, screen) in [
        ("form", Screen::Form),
        ("resend", Screen::LostLink),
        ("enter", Screen::Enter),
        ("countdown", Screen::Countdown),
        ("", Screen::Form),
        ("something new", Screen::Form),
    ] {
        let mut sim = Sim::new(document());
        sim.step(Input::Show(Place::named(name)));
        assert_eq!(sim.screen(), screen, "{name}");
        sim.step(Input::Opened { link: Some(link()), pass: None });
        assert_eq!(sim.screen(), Screen::Entering, "{name}");
    }
}

/// Somebody who has just registered, and waits for the mail.
fn registered() -> Sim {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Register(RegistrationRequest::default()));
    sim.step(Input::Answered(Reply::Registered(RegistrationAnswer { pass: None, claim: "claim".into() })));
    sim
}

fn looks(sim: &Sim) -> usize {
    sim.asked.iter().filter(|request| **request == Request::Mail("claim".into())).count()
}

#[test]
fn whose_address_bounced_is_led_to_correct_it_and_the_correction_claims_their_registration() {
    let mut sim = registered();
    sim.step(Input::Answered(Reply::Mail(false)));
    assert_eq!(sim.screen(), Screen::Registered);
    sim.step(Input::Answered(Reply::Mail(true)));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Form, Some(Trouble::Fields)));
    sim.asked.clear();
    sim.step(Input::Register(RegistrationRequest::default()));
    assert!(matches!(&sim.asked[..], [Request::Register(request)] if request.claim == "claim"));
    sim.step(Input::Answered(Reply::Registered(RegistrationAnswer { pass: None, claim: "another".into() })));
    sim.step(Input::Show(Place::Form));
    sim.asked.clear();
    sim.step(Input::Register(RegistrationRequest::default()));
    assert!(matches!(&sim.asked[..], [Request::Register(request)] if request.claim.is_empty()), "a colleague replaces nobody");
}

#[test]
fn the_mail_is_looked_after_ever_more_rarely_for_a_quarter_of_an_hour() {
    let mut sim = registered();
    let mut since_last = 0;
    for second in 0..3_600 {
        let before = looks(&sim);
        sim.pass_time(1_000);
        since_last += 1;
        if looks(&sim) > before {
            assert!(since_last <= 4 + second / 2, "{second} s after registering");
            since_last = 0;
            sim.step(Input::Answered(Reply::Mail(false)));
        }
    }
    assert!((8..=14).contains(&looks(&sim)), "{}", looks(&sim));
}

#[test]
fn nobody_is_disturbed_who_is_in_or_registers_somebody_else() {
    let mut inside = registered();
    inside.step(Input::Answered(Reply::Pass(pass())));
    let mut for_another = registered();
    for_another.step(Input::Show(Place::Form));
    for (mut sim, screen) in [(inside, Screen::Waiting), (for_another, Screen::Form)] {
        sim.step(Input::Answered(Reply::Mail(true)));
        assert_eq!((sim.screen(), sim.journey.trouble()), (screen, None));
    }
}

#[test]
fn another_date_of_a_series_is_asked_for_anew_and_everything_is_about_it() {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Show(Place::LostLink));
    let edition = sim.journey.edition();
    let other = EventDocument { slug: "other".into(), admission: Admission::Closed, ..document() };
    sim.step(Input::Choose(Box::new(other)));
    assert_eq!((sim.journey.event().slug.as_str(), sim.screen()), ("other", Screen::LostLink));
    assert!(sim.journey.edition() > edition, "what is shown is drawn anew");
    assert!(sim.asked.contains(&Request::Event), "what the page knows of it may be old");
    sim.step(Input::Show(Place::Form));
    assert_eq!(sim.screen(), Screen::Closed);
}

#[test]
fn a_date_can_be_chosen_until_somebody_has_one() {
    for place in [Place::Form, Place::Enter, Place::LostLink, Place::Countdown] {
        let mut sim = Sim::opened(document(), None, None);
        sim.step(Input::Show(place));
        assert!(sim.journey.may_choose(), "{place:?}");
    }
    let mut registered = Sim::opened(document(), None, None);
    registered.step(Input::Answered(Reply::Registered(RegistrationAnswer::default())));
    for sim in [registered, Sim::waiting(), Sim::opened(document(), Some(link()), None)] {
        assert!(!sim.journey.may_choose());
    }
}

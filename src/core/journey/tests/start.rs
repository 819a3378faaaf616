//! The start: how people come into the room.

use super::*;

#[test]
fn early_or_late_the_start_lets_people_in_over_five_seconds() {
    for after in [MINUTE, 10 * MINUTE, 25 * MINUTE] {
        for (chance, held_back) in [(0.0, 0), (0.5, 2_500), (0.99, 4_950)] {
            let mut sim = Sim::waiting();
            sim.pass_time(after);
            sim.change(Phase::Live, NOON + 10 * MINUTE);
            sim.chance = chance;
            sim.answer_state();
            assert_eq!(sim.told.last(), Some(&Happening::Live));
            sim.pass_time(held_back - 1);
            assert_eq!(sim.has_asked_for_room(), held_back == 0, "{after} {chance}");
            sim.pass_time(1);
            assert!(sim.has_asked_for_room(), "{after} {chance}");
        }
    }
}

#[test]
fn to_a_room_elsewhere_one_is_taken_after_a_while_unless_one_stays() {
    for (kind, stays, gone) in [(RoomKind::Address, false, true), (RoomKind::Address, true, false), (RoomKind::Frame, false, false)] {
        let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
        let mut sim = Sim::opened(event, None, Some(pass()));
        sim.step(Input::Answered(Reply::Room(room(kind))));
        assert_eq!((sim.screen(), sim.journey.is_going()), (Screen::Room, kind == RoomKind::Address));
        if stays {
            sim.step(Input::Stay);
        }
        sim.pass_time(GOES_AFTER.num_milliseconds() - 1);
        assert_eq!(sim.gone_to, None);
        sim.pass_time(10 * MINUTE);
        assert_eq!(sim.gone_to.is_some(), gone, "{kind:?} {stays}");
        assert_eq!(sim.screen(), Screen::Room);
    }
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_https() {
    for address in ["http://room.example", "javascript:alert(1)", "//room.example", "", "https:", "HTTP://x", "ħttps://x"] {
        let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
        let mut sim = Sim::opened(event, None, Some(pass()));
        let unsafe_room = Room { kind: RoomKind::Address, address: address.into() };
        let answer = RoomAnswer { room: Some(unsafe_room), replay: Some(address.into()), ..nothing(Phase::Live) };
        sim.step(Input::Answered(Reply::Room(answer)));
        sim.pass_time(MINUTE);
        assert_eq!((sim.screen(), sim.gone_to.as_deref(), sim.journey.replay()), (Screen::Waiting, None, None), "{address}");
    }
    assert!(is_safe("HTTPS://room.example"));
}

#[test]
fn a_room_that_has_not_heard_of_the_start_yet_is_asked_again() {
    let mut sim = Sim::waiting();
    sim.change(Phase::Live, NOON + 10 * MINUTE);
    sim.answer_state();
    sim.pass_time(5_000);
    sim.asked.clear();
    sim.step(Input::Answered(Reply::Room(nothing(Phase::Scheduled))));
    sim.pass_time(6_000);
    assert!(sim.has_asked_for_room());
}

//! When which mail is sent, and when it is not any more. Rules only: `now` is a parameter.

use crate::{
    event_plan::EventPlan,
    store::{
        event::Event,
        outbox::{LeasedMail, MailKind},
        registrant::{Registrant, Seat},
    },
};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, Timestamp};

/// A reminder: how long before the start, and when that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Minutes before the start.
    pub lead_minutes: i64,
    /// When it is due.
    pub due_at: Timestamp,
}

/// The reminders that are still to come: none of the past, none once the event is live.
pub fn reminders(plan: &EventPlan, phase: Phase, now: Timestamp) -> Vec<Reminder> {
    let due = |lead_minutes: &i64| Reminder { lead_minutes: *lead_minutes, due_at: plan.start.at - TimeDelta::minutes(*lead_minutes) };
    let is_to_come = |reminder: &Reminder| phase == Phase::Scheduled && now < reminder.due_at;
    plan.reminders.iter().map(due).filter(is_to_come).collect()
}

/// What tells a mail to everybody from all others of its registrant: `{registrant}.{reason}` is its id, and so it is
/// written once, whichever server writes it; it follows a registrant who gets another id. It is part of a Message-ID and of
/// a Return-Path: short, and of plain characters.
pub fn reason(kind: MailKind, lead_minutes: i64, sequence: i64) -> Option<String> {
    match kind {
        MailKind::Reminder => Some(format!("r{lead_minutes}.{sequence}")),
        MailKind::Live => Some(format!("live.{sequence}")),
        MailKind::Moved => Some(format!("moved.{sequence}")),
        MailKind::Cancelled => Some(format!("off.{sequence}")),
        MailKind::ThankYou => Some(format!("end.{sequence}")),
        MailKind::Confirmation
        | MailKind::Resend
        | MailKind::WaitingList
        | MailKind::RegistrationCancelled
        | MailKind::GuessingAlarm
        | MailKind::BounceAlarm => None,
    }
}

/// Why a reminder is not sent that the host does not want any more.
pub const SWITCHED_OFF: &str = "the host has switched this reminder off";

/// Why a mail that is due says nothing true or welcome any more, if it does not. The store marks such mails when the
/// event changes; this is asked once more right before a mail leaves, since it may have been under way just then.
pub fn overtaken(mail: &LeasedMail, now: Timestamp) -> Option<&'static str> {
    if mail.sample.is_some() {
        return None;
    }
    let event = &mail.event;
    let is_of_this_start = mail.sequence == event.calendar_sequence;
    let is_cancelled = mail.registrant.as_ref().is_some_and(|person| person.seat == Seat::Cancelled);
    if mail.kind == MailKind::RegistrationCancelled {
        return (!is_cancelled).then_some("registered again");
    }
    if is_cancelled {
        return Some("the registration was cancelled");
    }
    if mail.registrant.as_ref().is_some_and(|person| person.event_id != event.id) {
        return Some("moved to another event");
    }
    match mail.kind {
        MailKind::GuessingAlarm | MailKind::BounceAlarm | MailKind::RegistrationCancelled => None,
        MailKind::Confirmation | MailKind::Resend | MailKind::WaitingList if event.phase == Phase::Cancelled => {
            Some("the event was cancelled")
        }
        MailKind::Confirmation | MailKind::Resend | MailKind::WaitingList => None,
        MailKind::Reminder => reminder_overtaken(mail, event, is_of_this_start, now),
        MailKind::Live if event.phase == Phase::Live && is_of_this_start => None,
        MailKind::Moved if event.phase == Phase::Scheduled && is_of_this_start => None,
        MailKind::Cancelled if event.phase == Phase::Cancelled && is_of_this_start => None,
        MailKind::ThankYou if event.phase == Phase::Ended && is_of_this_start => None,
        MailKind::Live | MailKind::Moved | MailKind::Cancelled | MailKind::ThankYou => Some("the event has changed since"),
    }
}

fn reminder_overtaken(mail: &LeasedMail, event: &Event, is_of_this_start: bool, now: Timestamp) -> Option<&'static str> {
    let is_welcome = |person: &Registrant| !person.reminders_off && person.seat == Seat::Confirmed;
    let starts_at = event.plan.start.at;
    let next_is_due = event.plan.reminders.iter().any(|lead| *lead < mail.lead_minutes && starts_at - TimeDelta::minutes(*lead) <= now);
    if event.phase != Phase::Scheduled {
        Some("the event is not scheduled any more")
    } else if !is_of_this_start {
        Some("the event was moved")
    } else if !event.plan.reminders.contains(&mail.lead_minutes) {
        Some(SWITCHED_OFF)
    } else if !mail.registrant.as_ref().is_some_and(is_welcome) {
        Some("no reminders are wanted")
    } else if starts_at <= now {
        Some("the start is over")
    } else if next_is_due {
        Some("the next reminder is due")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil_time::CivilTime;

    const START: Timestamp = Timestamp(1_800_000_000_000);

    fn plan(leads: &[i64]) -> EventPlan {
        let start = CivilTime::of(START, chrono_tz::UTC).expect("a time");
        EventPlan { start, reminders: leads.to_vec(), ..EventPlan::default() }
    }

    fn mail(kind: MailKind, phase: Phase, lead_minutes: i64, sequence: i64) -> LeasedMail {
        let event = Event { id: "e".into(), phase, calendar_sequence: 1, ..Event::planned(plan(&[60, 5]), Timestamp(0)) };
        let registrant = Some(Registrant::sample("ada@example.com"));
        LeasedMail {
            id: "m".into(),
            lease: "l".into(),
            kind,
            attempts: 1,
            lead_minutes,
            sequence,
            event,
            registrant,
            moved_from: None,
            sample: None,
            takes_mail: true,
        }
    }

    #[test]
    fn a_late_registrant_gets_no_reminder_of_the_past() {
        let leads = |minutes_before: i64, phase| {
            let to_come = reminders(&plan(&[1440, 60, 5]), phase, START - TimeDelta::minutes(minutes_before));
            to_come.iter().map(|reminder| reminder.lead_minutes).collect::<Vec<_>>()
        };
        for (minutes_before, expected) in [(2000, &[1440, 60, 5][..]), (1440, &[60, 5]), (61, &[60, 5]), (60, &[5]), (5, &[]), (-1, &[])] {
            assert_eq!(leads(minutes_before, Phase::Scheduled), expected, "{minutes_before}");
        }
        assert!(leads(2000, Phase::Live).is_empty());
        assert!(reminders(&plan(&[]), Phase::Scheduled, Timestamp(0)).is_empty());
    }

    #[test]
    fn what_the_event_has_overtaken_is_not_sent() {
        use MailKind::*;
        use Phase::{Cancelled as Off, Ended, Scheduled};
        for (kind, phase, sequence, is_sent) in [
            (Reminder, Scheduled, 1, true),
            (Reminder, Scheduled, 0, false),
            (Reminder, Phase::Live, 1, false),
            (Reminder, Off, 1, false),
            (Live, Phase::Live, 1, true),
            (Live, Ended, 1, false),
            (Live, Scheduled, 1, false),
            (Moved, Scheduled, 1, true),
            (Moved, Scheduled, 0, false),
            (Cancelled, Off, 1, true),
            (Cancelled, Scheduled, 1, false),
            (ThankYou, Ended, 1, true),
            (ThankYou, Phase::Live, 1, false),
            (Confirmation, Phase::Live, 0, true),
            (Confirmation, Off, 0, false),
            (GuessingAlarm, Off, 0, true),
        ] {
            let found = overtaken(&mail(kind, phase, 60, sequence), START - TimeDelta::minutes(60));
            assert_eq!(found.is_none(), is_sent, "{kind:?} while {phase:?}, sequence {sequence}: {found:?}");
        }
    }

    #[test]
    fn a_reminder_that_comes_too_late_is_not_sent() {
        for (lead, minutes_before, why) in [
            (60, 60, None),
            (60, 6, None),
            (60, 5, Some("the next reminder is due")),
            (5, 5, None),
            (5, 0, Some("the start is over")),
            (30, 30, Some(SWITCHED_OFF)),
        ] {
            let mail = mail(MailKind::Reminder, Phase::Scheduled, lead, 1);
            assert_eq!(overtaken(&mail, START - TimeDelta::minutes(minutes_before)), why, "{lead} min, {minutes_before} min before");
        }
        let mut unsubscribed = mail(MailKind::Reminder, Phase::Scheduled, 60, 1);
        unsubscribed.registrant = unsubscribed.registrant.map(|person| Registrant { reminders_off: true, ..person });
        assert_eq!(overtaken(&unsubscribed, START - TimeDelta::minutes(60)), Some("no reminders are wanted"));
    }
}

//! A link beside the room, as a host plans it.

use super::{EventPlanError, is_https, rules::check_text};
use crate::civil_time::CivilTime;
use chrono_tz::Tz;
use curtain_up_protocol::{
    Timestamp,
    desk::{MaterialDocument, MaterialTarget, TimeChoice},
};

/// A link beside the room that keeps all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialPlan {
    /// What it is called.
    pub title: String,
    /// What it is; may be empty.
    pub description: String,
    /// Where it leads.
    pub target: MaterialTarget,
    /// When it appears; at once where nothing is said.
    pub visible_from: Option<Timestamp>,
    /// When it goes away; never where nothing is said.
    pub visible_to: Option<Timestamp>,
}

impl MaterialPlan {
    /// Reads what a host wrote; times are civil times in the event's zone.
    ///
    /// # Errors
    /// [`EventPlanError`], naming what breaks a rule.
    pub fn of(document: MaterialDocument, zone: Tz) -> Result<Self, EventPlanError> {
        let time = |part, civil: Option<String>, choice| {
            let parse = |civil: String| CivilTime::parse_as(&civil, zone.name(), choice).map_err(|error| EventPlanError::Time(part, error));
            civil.map(parse).transpose().map(|time| time.map(|time| time.at))
        };
        let title = document.title.trim().to_owned();
        check_text("title", &title, 1, 200)?;
        check_text("description", &document.description, 0, 2_000)?;
        if matches!(&document.target, MaterialTarget::Address(address) if !is_https(address)) {
            return Err(EventPlanError::Address("target"));
        }
        let visible_from = time("visible_from", document.visible_from, document.visible_from_choice)?;
        let visible_to = time("visible_to", document.visible_to, document.visible_to_choice)?;
        if visible_from.zip(visible_to).is_some_and(|(from, to)| to <= from) {
            return Err(EventPlanError::GoesFirst);
        }
        Ok(Self { title, description: document.description, target: document.target, visible_from, visible_to })
    }

    /// What a host reads and writes anew.
    pub fn document(&self, zone: Tz) -> MaterialDocument {
        let civil = |at: Option<Timestamp>| -> (Option<String>, Option<TimeChoice>) {
            at.and_then(|at| CivilTime::of(at, zone).ok()).map_or((None, None), |time| (Some(time.text()), time.choice()))
        };
        let (visible_from, visible_from_choice) = civil(self.visible_from);
        let (visible_to, visible_to_choice) = civil(self.visible_to);
        MaterialDocument {
            title: self.title.clone(),
            description: self.description.clone(),
            target: self.target.clone(),
            visible_from,
            visible_from_choice,
            visible_to,
            visible_to_choice,
        }
    }

    /// Whether people see it now.
    pub fn is_visible(&self, now: Timestamp) -> bool {
        self.visible_from.is_none_or(|from| from <= now) && self.visible_to.is_none_or(|to| now < to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = chrono_tz::Europe::Berlin;

    fn link() -> MaterialDocument {
        serde_json::from_str(r#"{"title":" Slides ","target":{"address":"https://example.com/slides"}}"#).expect("a material")
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        for (document, field) in [
            (MaterialDocument { title: " ".into(), ..link() }, "title"),
            (MaterialDocument { title: "x".repeat(201), ..link() }, "title"),
            (MaterialDocument { description: "x".repeat(2_001), ..link() }, "description"),
            (MaterialDocument { target: MaterialTarget::Address("javascript:alert(1)".into()), ..link() }, "target"),
            (MaterialDocument { visible_from: Some("2027-03-28T02:30".into()), ..link() }, "visible_from"),
            (MaterialDocument { visible_to: Some("soon".into()), ..link() }, "visible_to"),
            (
                MaterialDocument { visible_from: Some("2027-03-10T18:00".into()), visible_to: Some("2027-03-10T18:00".into()), ..link() },
                "visible_to",
            ),
        ] {
            assert_eq!(MaterialPlan::of(document, BERLIN).expect_err(field).field().0, field);
        }
    }

    #[test]
    fn a_material_is_the_same_after_it_was_written_down_and_read_again() {
        let twice = MaterialDocument {
            visible_from: Some("2026-10-25T02:30:00".into()),
            visible_from_choice: Some(TimeChoice::Later),
            visible_to: Some("2026-10-25T18:00:00".into()),
            ..link()
        };
        let plan = MaterialPlan::of(twice.clone(), BERLIN).expect("a plan");
        assert_eq!(plan.document(BERLIN), MaterialDocument { title: "Slides".into(), ..twice });
    }

    #[test]
    fn a_material_is_seen_from_its_beginning_until_its_end() {
        let plan = MaterialPlan {
            visible_from: Some(Timestamp(10)),
            visible_to: Some(Timestamp(20)),
            ..MaterialPlan::of(link(), BERLIN).expect("a plan")
        };
        for (now, seen) in [(9, false), (10, true), (19, true), (20, false)] {
            assert_eq!(plan.is_visible(Timestamp(now)), seen, "{now}");
        }
    }
}

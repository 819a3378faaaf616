//! The columns of an export, and who may have them.

use super::ExportedPerson;
use crate::{event_plan::EventPlan, people_list::names_field};
use curtain_up_protocol::Timestamp;
use std::collections::HashSet;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The address.
    Email,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// What the host's own system calls them.
    ExternalId,
    /// The access code that the host chose.
    Code,
    /// The access key.
    AccessKey,
    /// The access link.
    AccessLink,
    /// When they registered.
    RegisteredAt,
    /// Whether they have a seat.
    Seat,
    /// Where their mail stands.
    MailStatus,
    /// When they were in the room first.
    AttendedAt,
    /// Where they came from, in a word.
    Source,
    /// The page's reference.
    Reference,
    /// The page that led here.
    Referrer,
    /// A campaign's parameter.
    Utm(&'static str),
    /// Language of their browser.
    Language,
    /// Zone of their browser.
    Zone,
    /// An own field, by its id.
    Field(String),
    /// A consent, by its id.
    Consent(String),
}

/// Whether a column holds what lets people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// It does.
    Secret,
    /// It does not.
    Plain,
}

const UTM: [&str; 5] = ["source", "medium", "campaign", "term", "content"];

/// What is told of the person, before what they answered. These are named as lists that are imported name them.
static PERSON: [Column; 11] = {
    use Column::*;
    [Email, FirstName, LastName, ExternalId, Code, AccessKey, AccessLink, RegisteredAt, Seat, MailStatus, AttendedAt]
};
/// Where they came from, before the campaign's parameters.
static CAME_FROM: [Column; 3] = [Column::Source, Column::Reference, Column::Referrer];
/// What their browser said, at the end.
static BROWSER: [Column; 2] = [Column::Language, Column::Zone];

/// All columns of an event.
pub fn columns(plan: &EventPlan) -> Vec<Column> {
    let mut columns = PERSON.to_vec();
    columns.extend(plan.fields.iter().map(|field| Column::Field(field.id.clone())));
    columns.extend(plan.consents.iter().map(|consent| Column::Consent(consent.id.clone())));
    columns.extend_from_slice(&CAME_FROM);
    columns.extend(UTM.map(Column::Utm));
    columns.extend_from_slice(&BROWSER);
    columns
}

/// The columns that were asked for: `all`, some by name, or, where nothing is said, all that are not secret.
///
/// # Errors
/// The name that is none.
pub fn wanted(plan: &EventPlan, asked: &str) -> Result<Vec<Column>, String> {
    let all = columns(plan);
    match asked.trim() {
        "all" => Ok(all),
        "" => Ok(all.into_iter().filter(|column| column.secrecy() == Secrecy::Plain).collect()),
        names => {
            let mut asked = HashSet::new();
            let names = names.split(',').map(str::trim);
            // A column that came again and again would make a file of any size of a short request.
            let is_field =
                |column: &Column, name: &str| matches!(column, Column::Field(id) if id == name.strip_prefix("field:").unwrap_or(name));
            let named = |name| all.iter().find(|column| column.name() == name).or_else(|| all.iter().find(|column| is_field(column, name)));
            let mut column = |name| named(name).filter(|column| asked.insert(column.name())).cloned();
            names.map(|name| column(name).ok_or_else(|| name.to_owned())).collect()
        }
    }
}

impl Column {
    /// Its name, in headers and in requests. Own fields say what they are whose ids a list that is uploaded would read as
    /// something else.
    pub fn name(&self) -> String {
        match self {
            Self::Field(id) if !names_field(id) => format!("field:{id}"),
            Self::Field(id) => id.clone(),
            Self::Consent(id) => format!("consent:{id}"),
            Self::Utm(name) => format!("utm_{name}"),
            other => other.fixed_name().to_owned(),
        }
    }

    /// Whether it lets people in.
    pub fn secrecy(&self) -> Secrecy {
        match self {
            Self::AccessKey | Self::AccessLink | Self::Code => Secrecy::Secret,
            _ => Secrecy::Plain,
        }
    }

    fn fixed_name(&self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::FirstName => "firstname",
            Self::LastName => "lastname",
            Self::ExternalId => "externalid",
            Self::Code => "code",
            Self::AccessKey => "access_key",
            Self::AccessLink => "access_link",
            Self::RegisteredAt => "registered_at",
            Self::Seat => "seat",
            Self::MailStatus => "mail_status",
            Self::AttendedAt => "attended_at",
            Self::Source => "source",
            Self::Reference => "ref",
            Self::Referrer => "referrer",
            Self::Language => "language",
            Self::Zone => "zone",
            Self::Utm(_) | Self::Field(_) | Self::Consent(_) => "",
        }
    }

    /// What stands in it: several texts only where people choose several, none where there is nothing.
    pub fn values(&self, person: &ExportedPerson) -> Vec<String> {
        let (listed, known) = (&person.listed, &person.listed.registrant);
        let some = |text: Option<&String>| text.cloned().into_iter().collect();
        match self {
            Self::Email => vec![known.email.clone()],
            Self::FirstName => vec![known.first_name.clone()],
            Self::LastName => vec![known.last_name.clone()],
            Self::ExternalId => some(known.external_id.as_ref()),
            Self::Code => some(person.revealed.code.as_ref()),
            Self::AccessKey => some(person.revealed.key.as_ref()),
            Self::AccessLink => some(person.revealed.link.as_ref()),
            Self::RegisteredAt => vec![instant(known.registered_at)],
            Self::Seat => vec![known.seat.name().to_owned()],
            Self::MailStatus => vec![listed.mail.name().to_owned()],
            Self::AttendedAt => known.attended_at.map(instant).into_iter().collect(),
            Self::Source => vec![listed.source_name.clone()],
            Self::Reference => vec![known.source.reference.clone()],
            Self::Referrer => vec![known.source.referrer.clone()],
            Self::Utm(name) => known.source.utm.iter().filter(|utm| utm.name == *name).map(|utm| utm.value.clone()).take(1).collect(),
            Self::Language => some(known.language.as_ref()),
            Self::Zone => some(known.zone.as_ref()),
            Self::Field(id) => known.answers.iter().filter(|answer| answer.field == *id).flat_map(|answer| answer.values.clone()).collect(),
            Self::Consent(id) => {
                let given = known.consents.iter().filter(|given| given.id == *id).max_by_key(|given| given.version);
                given.map(|given| format!("version {} at {}", given.version, instant(given.at))).into_iter().collect()
            }
        }
    }
}

/// An instant as everybody reads it (RFC 3339).
fn instant(at: Timestamp) -> String {
    at.to_utc().map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use curtain_up_protocol::{Field as OwnField, FieldKind};

    #[test]
    fn no_two_columns_share_a_name_and_every_name_is_found() {
        let own = ["email", "seat", "utm_term", "company", "name", "member_id", "_x"].map(|id| OwnField::plain(id, FieldKind::Text));
        let plan = EventPlan { fields: own.to_vec(), ..EventPlan::default() };
        let mut names: Vec<String> = columns(&plan).iter().map(Column::name).collect();
        for name in &names {
            assert_eq!(wanted(&plan, name).map(|columns| columns.len()), Ok(1), "{name}");
        }
        for (asked, name) in [("member_id", "field:member_id"), ("field:company", "company")] {
            let found = wanted(&plan, asked).map(|columns| columns.iter().map(Column::name).collect::<Vec<_>>());
            assert_eq!(found, Ok(vec![name.to_owned()]), "scripts may ask for a field either way");
        }
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
        assert_eq!(wanted(&plan, "email, nothing"), Err("nothing".to_owned()));
        assert_eq!(wanted(&plan, "email,email"), Err("email".to_owned()), "each once");
    }

    #[test]
    fn secrets_are_exported_only_where_they_are_asked_for() {
        let plan = EventPlan::default();
        let secrets = |asked| wanted(&plan, asked).expect("columns").iter().filter(|column| column.secrecy() == Secrecy::Secret).count();
        assert_eq!((secrets(""), secrets("all"), secrets("email,access_link")), (0, 3, 1));
    }
}

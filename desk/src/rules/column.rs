use curtain_up_protocol::{Consent, Field};

/// A column of the table of people. The name is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Their address.
    Email,
    /// When they registered first.
    RegisteredAt,
    /// Where their mail stands.
    MailStatus,
    /// Whether they have a seat.
    Seat,
    /// Their access key. Asked for, it is audited.
    AccessKey,
    /// Their access link. Audited too.
    AccessLink,
    /// Their access code. Audited too.
    Code,
    /// What the host's own system calls them.
    ExternalId,
    /// Where they came from.
    Source,
    /// Whether they were in the room.
    Attended,
    /// What they agreed to.
    Consents,
    /// Their answer to a field of the event, by its id.
    Answer(String),
}

/// The columns that every event has, and the names by which the server knows them.
const FIXED: [(Column, &str); 11] = [
    (Column::Email, "email"),
    (Column::RegisteredAt, "registered_at"),
    (Column::MailStatus, "mail_status"),
    (Column::Seat, "seat"),
    (Column::AccessKey, "access_key"),
    (Column::AccessLink, "access_link"),
    (Column::Code, "code"),
    (Column::ExternalId, "externalid"),
    (Column::Source, "source"),
    (Column::Attended, "attended_at"),
    (Column::Consents, "consents"),
];

/// What stands before the id of a field in a column's name.
const ANSWER: &str = "field:";

/// How many names the server keeps.
const MOST: usize = 100;

/// What columns of an export are called besides: an own field of such a name says what it is.
const RESERVED: [&str; 11] =
    ["firstname", "lastname", "ref", "referrer", "language", "zone", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

impl Column {
    /// All columns that a table of people of an event with these fields has, in their order.
    pub fn all(fields: &[Field]) -> Vec<Self> {
        let fixed = FIXED.iter().map(|(column, _)| column.clone());
        fixed.chain(fields.iter().map(|field| Self::Answer(field.id.clone()))).collect()
    }

    /// The columns of somebody who has chosen none: nothing secret.
    pub fn usual() -> Vec<Self> {
        vec![Self::Email, Self::MailStatus, Self::RegisteredAt, Self::Attended]
    }

    /// Its name.
    pub fn name(&self) -> String {
        match self {
            Self::Answer(field) => format!("{ANSWER}{field}"),
            fixed => FIXED.iter().find(|(column, _)| column == fixed).map_or("", |(_, name)| name).to_owned(),
        }
    }

    /// What an export calls it, where the event asks for these consents.
    fn exported(&self, consents: &[Consent]) -> Vec<String> {
        match self {
            Self::Consents => consents.iter().map(|consent| format!("consent:{}", consent.id)).collect(),
            Self::Answer(field) => {
                let taken =
                    RESERVED.contains(&field.as_str()) || FIXED.iter().any(|(column, name)| name == field && *column != Self::Consents);
                vec![if taken { self.name() } else { field.clone() }]
            }
            _ => vec![self.name()],
        }
    }

    /// The column of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name.strip_prefix(ANSWER) {
            Some(field) => Some(Self::Answer(field.to_owned())),
            None => FIXED.iter().find(|(_, known)| *known == name).map(|(column, _)| column.clone()),
        }
    }

    /// The columns that a host has chosen, among those that there are, in their usual order.
    pub fn chosen(names: Option<&[String]>, all: &[Self]) -> Vec<Self> {
        let Some(names) = names else { return Self::usual() };
        all.iter().filter(|column| names.contains(&column.name())).cloned().collect()
    }

    /// The names that are kept where a host shows these from now on: what they chose at other events, whose fields are not
    /// among all that there are here, is theirs still.
    pub fn kept(shown: &[Self], before: &[String], all: &[Self]) -> Vec<String> {
        let here: Vec<String> = all.iter().map(Self::name).collect();
        let elsewhere = before.iter().filter(|name| !here.contains(name)).cloned();
        shown.iter().map(Self::name).chain(elsewhere).take(MOST).collect()
    }

    /// Whether it holds what only hosts may see, and the audit trail tells.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::AccessKey | Self::AccessLink | Self::Code)
    }
}

/// What an export holds that shows these columns: the name, which is always there, and they.
pub fn exported(columns: &[Column], consents: &[Consent]) -> String {
    let names = ["firstname", "lastname"].map(str::to_owned).into_iter();
    names.chain(columns.iter().flat_map(|column| column.exported(consents))).collect::<Vec<_>>().join(",")
}

/// The secrets that these columns show, as the server is asked for them.
pub fn reveal(columns: &[Column]) -> String {
    let secrets = columns.iter().filter_map(|column| match column {
        Column::AccessKey => Some("key"),
        Column::AccessLink => Some("link"),
        Column::Code => Some("code"),
        _ => None,
    });
    secrets.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use curtain_up_protocol::FieldKind;

    #[test]
    fn every_column_is_known_by_its_name() {
        for column in Column::all(&[Field::plain("company", FieldKind::Text)]) {
            assert_eq!(Column::named(&column.name()), Some(column));
        }
        assert_eq!(Column::named("shoe_size"), None);
    }

    #[test]
    fn an_export_has_a_column_a_consent_and_says_which_fields_are_named_like_others() {
        let consent = |id: &str| Consent { id: id.into(), version: 1, text: "…".into(), required: false };
        assert_eq!(Column::Consents.exported(&[consent("privacy"), consent("news")]), ["consent:privacy", "consent:news"]);
        assert_eq!(Column::Answer("company".into()).exported(&[]), ["company"]);
        assert_eq!(Column::Answer("zone".into()).exported(&[]), ["field:zone"]);
        assert_eq!(Column::ExternalId.exported(&[]), ["externalid"]);
    }

    #[test]
    fn an_export_of_few_columns_or_none_names_no_column_that_there_is_not() {
        assert_eq!(exported(&[], &[]), "firstname,lastname");
        assert_eq!(exported(&[Column::Consents], &[]), "firstname,lastname");
        assert_eq!(exported(&[Column::Email, Column::Consents, Column::Source], &[]), "firstname,lastname,email,source");
    }

    #[test]
    fn a_field_of_another_event_is_no_column_here_and_stays_chosen_there() {
        let company = Column::Answer("company".into());
        let there = Column::all(&[Field::plain("company", FieldKind::Text)]);
        let here = Column::all(&[]);
        let names = Column::kept(&[Column::Email, company.clone()], &[], &there);
        assert_eq!(Column::chosen(Some(&names), &here), [Column::Email]);
        let names = Column::kept(&[Column::Source], &names, &here);
        assert_eq!(Column::chosen(Some(&names), &there), [Column::Source, company]);
        assert_eq!(Column::kept(&[Column::Source], &names, &there), ["source"], "where there is such a field, it is chosen no more");
        let many: Vec<String> = (0..200).map(|field| format!("field:{field}")).collect();
        let names = Column::kept(&[Column::Source], &many, &here);
        assert_eq!((names.len(), names[0].as_str()), (100, "source"), "the server keeps so many");
    }

    #[test]
    fn nothing_secret_is_shown_unless_it_was_chosen() {
        let all = Column::all(&[]);
        assert_eq!(reveal(&Column::chosen(None, &all)), "");
        let chosen = Column::chosen(Some(&["access_link".into(), "email".into(), "access_key".into(), "gone".into()]), &all);
        assert_eq!(chosen, [Column::Email, Column::AccessKey, Column::AccessLink]);
        assert_eq!(reveal(&chosen), "key,link");
    }
}

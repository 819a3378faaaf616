//! What the columns of a list hold, by the names that people give them.

use super::ListError;
use crate::event_plan::is_field_id;
use csv::StringRecord;

/// The column that says what is wrong in a file of refused rows. Uploaded again, it is left out.
pub const PROBLEM: &str = "problem";

/// The most columns that a list may have.
pub const MOST_COLUMNS: usize = 100;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The access code.
    Code,
    /// The address.
    Email,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// What the host's own system calls the person.
    ExternalId,
    /// The answer to a field of the event's own.
    Own {
        /// The field's id.
        id: String,
        /// The header as it was written.
        label: String,
    },
    /// Whether somebody has a seat, as an export says it: who takes part without a name is not of the list.
    Seat,
    /// What the server itself wrote into an export, or nothing with a name.
    Ignored,
}

/// What stands before the id of an own field whose name alone would be read as something else.
const FIELD: &str = "field:";

/// Names without blanks, hyphens, underscores and dots, in lower case.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Code,
        &[
            "code",
            "accesscode",
            "customaccesscode",
            "customcode",
            "pin",
            "passcode",
            "zugangscode",
            "codedaccès",
            "codedacces",
            "códigodeacceso",
            "código",
            "codigo",
            "codice",
            "toegangscode",
            "kod",
        ],
    ),
    (
        Column::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
            "emailadresse",
            "eaddress",
            "adressemail",
            "courriel",
            "correo",
            "correoelectrónico",
            "correoelectronico",
            "indirizzoemail",
            "emailadres",
            "adresemail",
        ],
    ),
    (
        Column::FirstName,
        &[
            "firstname",
            "first",
            "givenname",
            "forename",
            "vorname",
            "prénom",
            "prenom",
            "nombre",
            "nome",
            "voornaam",
            "imię",
            "imie",
            "name",
        ],
    ),
    (
        Column::LastName,
        &[
            "lastname",
            "last",
            "surname",
            "familyname",
            "nachname",
            "familienname",
            "nom",
            "nomdefamille",
            "apellido",
            "apellidos",
            "cognome",
            "sobrenome",
            "achternaam",
            "nazwisko",
        ],
    ),
    (
        Column::ExternalId,
        &["externalid", "extid", "external", "externalidentifier", "externeid", "personid", "userid", "customerid", "memberid"],
    ),
    (Column::Seat, &["seat"]),
    (
        Column::Ignored,
        &[
            PROBLEM,
            "",
            "accesskey",
            "key",
            "accesslink",
            "link",
            "registeredat",
            "registered",
            "updatedat",
            "attendedat",
            "attended",
            "source",
            "zone",
            "language",
            "event",
            "id",
            "mailstatus",
            "ref",
            "referrer",
        ],
    ),
];

/// What exports alone name so, since only the server knows it.
const OF_EXPORTS: [&str; 4] = ["access_key", "access_link", "registered_at", "mail_status"];

/// Whether a list with this header is one that was exported.
pub(super) fn is_of_export(header: &StringRecord) -> bool {
    header.iter().any(|name| OF_EXPORTS.contains(&name.trim()))
}

impl Column {
    fn of(header: &str) -> Self {
        let header = header.trim();
        // As exports name own fields, consents and campaigns.
        if let Some(field) = header.strip_prefix(FIELD) {
            return Self::own(field.trim());
        }
        if header.starts_with("consent:") || header.starts_with("utm_") {
            return Self::Ignored;
        }
        let name = plain(header);
        let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
        known.map_or_else(|| Self::own(header), |(column, _)| column.clone())
    }

    fn own(name: &str) -> Self {
        let id = field_id(name);
        let label: String = if name.is_empty() { id.clone() } else { name.chars().take(100).collect() };
        Self::Own { id, label }
    }

    /// How many of the columns that a list needs are in this header.
    pub(super) fn known_in(header: &StringRecord) -> usize {
        header.iter().map(Self::of).filter(|column| !matches!(column, Self::Own { .. } | Self::Seat | Self::Ignored)).count()
    }

    /// What each column holds, each at most once.
    pub(super) fn all_of(header: &StringRecord) -> Result<Vec<Self>, ListError> {
        if header.len() > MOST_COLUMNS {
            return Err(ListError::TooWide);
        }
        if header.iter().any(|name| name.contains('\0')) {
            return Err(ListError::NoText);
        }
        let columns: Vec<Self> = header.iter().map(Self::of).collect();
        for (at, column) in columns.iter().enumerate() {
            let same = |other: &Self| match (column, other) {
                (Self::Ignored, _) => false,
                (Self::Own { id, .. }, Self::Own { id: other, .. }) => id == other,
                _ => column == other,
            };
            if let Some(before) = columns[..at].iter().position(same) {
                let name = |at: usize| header.get(at).unwrap_or_default().trim().to_owned();
                return Err(ListError::TwoColumns(name(before), name(at)));
            }
        }
        let needed = [(Self::Code, "code"), (Self::Email, "email"), (Self::FirstName, "firstname")];
        let missing: Vec<&str> = needed.iter().filter(|(column, _)| !columns.contains(column)).map(|(_, name)| *name).collect();
        if missing.is_empty() { Ok(columns) } else { Err(ListError::Missing(missing)) }
    }

    /// What the column is called where it is spoken of.
    pub fn name(&self) -> &str {
        match self {
            Self::Code => "code",
            Self::Email => "email",
            Self::FirstName => "firstname",
            Self::LastName => "lastname",
            Self::ExternalId => "externalid",
            Self::Own { id, .. } => id,
            Self::Seat | Self::Ignored => "",
        }
    }
}

fn plain(header: &str) -> String {
    header.chars().filter(|c| !c.is_whitespace() && !"-_.'’:*\u{feff}".contains(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a column that is called like an own field's id is read as that field, without anything before it.
pub fn names_field(id: &str) -> bool {
    matches!(Column::of(id), Column::Own { id: read, .. } if read == id)
}

/// The id of an own field: as an event's fields are named. Letters that have no place in it stand as their code points.
fn field_id(header: &str) -> String {
    if is_field_id(header) {
        return header.to_owned();
    }
    let mut id = String::new();
    for c in header.trim().chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            _ if c.is_alphanumeric() => id.push_str(&format!("u{:x}", u32::from(c))),
            _ if id.ends_with('_') || id.is_empty() => {}
            _ => id.push('_'),
        }
        if id.len() >= 40 {
            break;
        }
    }
    id.truncate(40);
    let id = id.trim_end_matches('_');
    let id = if id.is_empty() { "column" } else { id };
    // An event's own fields cannot be called what everybody is asked.
    if is_field_id(id) { id.to_owned() } else { format!("own_{id}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_any_case_with_blanks_underscores_and_the_usual_synonyms() {
        for (header, name) in [
            ("CODE", "code"),
            (" Access Code ", "code"),
            ("access_code", "code"),
            ("E-Mail", "email"),
            ("Email Address", "email"),
            ("E-Mail-Adresse", "email"),
            ("FirstName", "firstname"),
            ("first name", "firstname"),
            ("Vorname", "firstname"),
            ("Prénom", "firstname"),
            ("Family Name", "lastname"),
            ("Nachname", "lastname"),
            ("External ID", "externalid"),
            ("external_id", "externalid"),
            ("Team size", "team_size"),
            ("Größe", "gruf6udfe"),
            ("!", "column"),
            ("access key", ""),
            ("Last Name?", "own_last_name"),
            ("field:member_id", "member_id"),
            (" field:code", "code"),
            ("field:language", "language"),
            ("field:__x__", "__x__"),
            ("field:email", "own_email"),
            ("field:", "column"),
        ] {
            assert_eq!(Column::of(header).name(), name, "{header}");
        }
    }

    #[test]
    fn a_list_needs_code_address_and_first_name_each_once() {
        let columns = |header: &[&str]| Column::all_of(&StringRecord::from(header.to_vec())).map(|columns| columns.len());
        assert_eq!(columns(&["code", "email", "firstname"]).ok(), Some(3));
        assert!(matches!(columns(&["code", "mail"]), Err(ListError::Missing(names)) if names == ["firstname"]));
        assert!(
            matches!(columns(&["code", "email", "firstname", "E-Mail"]), Err(ListError::TwoColumns(a, b)) if (a.as_str(), b.as_str()) == ("email", "E-Mail"))
        );
        assert!(matches!(columns(&["code", "email", "firstname", "Team", "team"]), Err(ListError::TwoColumns(..))));
        assert_eq!(columns(&["code", "email", "firstname", "", ""]).ok(), Some(5), "columns without a name hold nothing");
    }
}

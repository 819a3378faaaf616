//! The protocol's documents as JSON. They are written by serde as the protocol derives it; they are read by hand from the
//! browser's own parser, since the derived readers would be a sixth of the whole widget. A field that the protocol gains
//! fails to compile here; a field that the widget needs not, and that is missing, reads as nothing.

use crate::core::words::{ADMISSIONS, DOORS, FIELD_CODES, FIELD_KINDS, KEY_FORMATS, PHASES, PROBLEM_CODES, ROOM_KINDS, meaning};
use crate::platform::json::Json;
use curtain_up_protocol::{
    Admission, Consent, EventDocument, Field, FieldCode, FieldProblem, PassAnswer, Problem, ProblemCode, RegistrationAnswer, Room,
    RoomAnswer, StateDocument, Timestamp,
};

/// Reads an event document.
#[inline(never)]
pub fn event(json: &Json) -> Option<Box<EventDocument>> {
    Some(Box::new(EventDocument {
        slug: json.text("slug"),
        title: json.text("title"),
        description: json.text("description"),
        language: json.text("language"),
        zone: json.text("zone"),
        permalink: json.text("permalink"),
        state: state(&json.get("state"))?,
        admission: meaning(&ADMISSIONS, &json.text("admission"))?,
        door: meaning(&DOORS, &json.text("door")).unwrap_or_default(),
        opens_at: json.number("opens_at").map(Timestamp),
        key_format: meaning(&KEY_FORMATS, &json.text("key_format")).unwrap_or_default(),
        fields: json.list("fields", field),
        consents: json.list("consents", |json| {
            Some(Consent {
                id: json.text("id"),
                version: json.number("version")? as u32,
                text: json.text("text"),
                required: json.is("required"),
            })
        }),
    }))
}

/// Reads the event that the loader has delivered.
pub fn delivered(delivery: &Json) -> Option<Box<EventDocument>> {
    event(&Json::read(&delivery.text("event"))?)
}

/// A date of a series, as far as it is needed to choose one.
pub struct Date {
    /// [`EventDocument::slug`].
    pub slug: String,
    /// [`StateDocument::starts_at`].
    pub starts_at: Timestamp,
    /// [`EventDocument::admission`].
    pub admission: Admission,
}

/// Reads what is needed to choose a date.
pub fn date(json: Json) -> Option<Date> {
    Some(Date {
        slug: json.text("slug"),
        starts_at: Timestamp(json.get("state").number("starts_at")?),
        admission: meaning(&ADMISSIONS, &json.text("admission"))?,
    })
}

fn field(json: Json) -> Option<Field> {
    Some(Field {
        id: json.text("id"),
        // A kind from the future is asked for as a line of text.
        kind: meaning(&FIELD_KINDS, &json.text("kind")).unwrap_or(curtain_up_protocol::FieldKind::Text),
        label: json.text("label"),
        help: json.text("help"),
        required: json.is("required"),
        choices: json.list("choices", |choice| choice.as_text()),
        min: json.number("min"),
        max: json.number("max"),
    })
}

/// Reads a state document.
#[inline(never)]
pub fn state(json: &Json) -> Option<StateDocument> {
    Some(StateDocument {
        version: json.number("version")?,
        phase: meaning(&PHASES, &json.text("phase"))?,
        starts_at: Timestamp(json.number("starts_at")?),
        ends_at: Timestamp(json.number("ends_at")?),
        now: Timestamp(json.number("now")?),
    })
}

/// Reads the answer to a registration.
pub fn registration_answer(json: &Json) -> RegistrationAnswer {
    RegistrationAnswer { pass: pass(&json.get("pass")), claim: json.text("claim") }
}

/// Reads a pass. What stands in a header must be fit for one, whoever wrote it.
#[inline(never)]
pub fn pass(json: &Json) -> Option<PassAnswer> {
    let pass = json.text("pass");
    let fit = !pass.is_empty() && pass.bytes().all(|byte| byte.is_ascii_graphic());
    fit.then_some(PassAnswer { pass, expires_at: Timestamp(json.number("expires_at")?), first_name: json.text("first_name") })
}

/// Reads what a pass is told of the room.
pub fn room(json: &Json) -> Option<RoomAnswer> {
    let room = json.get("room").some();
    Some(RoomAnswer {
        phase: meaning(&PHASES, &json.text("phase"))?,
        room: room.map(|room| Room { kind: meaning(&ROOM_KINDS, &room.text("kind")).unwrap_or_default(), address: room.text("address") }),
        replay: json.get("replay").as_text(),
        // What is around the room is read and shown by src/companion.js.
        materials: Vec::new(),
        rooms: Vec::new(),
    })
}

/// Reads a problem; a code from the future is an unknown one.
pub fn problem(json: &Json) -> Option<Problem> {
    let code = json.get("code").as_text()?;
    let fields = json.list("fields", |json| {
        let code = meaning(&FIELD_CODES, &json.text("code")).unwrap_or(FieldCode::Unknown);
        Some(FieldProblem { field: json.text("field"), code })
    });
    Some(Problem { code: meaning(&PROBLEM_CODES, &code).unwrap_or(ProblemCode::Unknown), fields })
}

/// Writes what is sent to the server, or kept in the tab, as the protocol says.
pub fn write(document: &impl serde::Serialize) -> Option<String> {
    serde_json::to_string(document).ok()
}

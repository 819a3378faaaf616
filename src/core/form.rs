//! The registration form: what was typed, and which of its problems to show when.

use curtain_up_protocol::{AccessLink, Agreement, Answer, EventDocument, Field, FieldCode, FieldProblem, RegistrationRequest, Source};

/// What stands before a consent's id where a field is named.
const CONSENT: &str = "consent:";

/// The state of a registration form. It outlives its view: nothing that was typed is lost by looking elsewhere.
#[derive(Clone, Default)]
pub struct FormState {
    answers: Vec<Answer>,
    prefilled: Vec<Answer>,
    touched: Vec<String>,
    submitted: bool,
    refused: Vec<FieldProblem>,
    /// The problems of the last try to submit, as they were then: a list that changes with every key would be read out anew.
    listed: Vec<FieldProblem>,
}

impl FormState {
    /// What a field holds: what was answered, or else what the page knows.
    pub fn values(&self, field: &str) -> &[String] {
        self.answers.iter().chain(&self.prefilled).find(|answer| answer.field == field).map_or(&[], |answer| &answer.values)
    }

    /// The first of what a field holds.
    pub fn value(&self, field: &str) -> &str {
        self.values(field).first().map_or("", |value| value)
    }

    /// The page knows these answers. Whatever was typed or chosen, or emptied, stays.
    pub fn prefill(&mut self, known: Vec<Answer>) {
        self.prefilled = known;
    }

    /// Somebody types or chooses. What the server said of the former answer is no longer of interest.
    pub fn set(&mut self, field: &str, values: Vec<String>) {
        self.refused.retain(|problem| problem.field != field);
        match self.answers.iter_mut().find(|answer| answer.field == field) {
            Some(answer) => answer.values = values,
            None => self.answers.push(Answer { field: field.to_owned(), values }),
        }
    }

    /// Somebody ticks one of several choices, or takes the tick away.
    pub fn tick(&mut self, field: &str, choice: &str, on: bool) {
        let mut values: Vec<String> = self.values(field).iter().filter(|value| *value != choice).cloned().collect();
        if on {
            values.push(choice.to_owned());
        }
        self.set(field, values);
    }

    /// Somebody leaves a field. One that they left empty is not held against them before they submit, and neither is a whole
    /// access link, which may be pasted into any field.
    pub fn leave(&mut self, field: &str) {
        let answered = self.values(field).iter().any(|value| !value.trim().is_empty() && AccessLink::parse(value).is_none());
        if answered && !self.touched.iter().any(|touched| touched == field) {
            self.touched.push(field.to_owned());
        }
    }

    /// The server has refused some answers.
    pub fn refuse(&mut self, problems: Vec<FieldProblem>) {
        self.submitted = true;
        self.listed.clone_from(&problems);
        self.refused = problems;
    }

    /// What the list of problems says of a field, until it is put right.
    pub fn listed(&self, field: &Field) -> Option<FieldCode> {
        self.problem(field)?;
        self.listed.iter().find(|problem| problem.field == field.id).map(|problem| problem.code)
    }

    /// The problem to show at a field now.
    pub fn problem(&self, field: &Field) -> Option<FieldCode> {
        if !self.submitted && !self.touched.contains(&field.id) {
            return None;
        }
        let consent = field.id.starts_with(CONSENT);
        let wrong = field.check(self.values(&field.id)).err().map(|code| if consent { FieldCode::ConsentNeeded } else { code });
        wrong.or_else(|| self.refused.iter().find(|problem| problem.field == field.id).map(|problem| problem.code))
    }

    /// Whether a try to submit has failed, and there is still something to put right.
    pub fn is_wrong(&self, fields: &[Field]) -> bool {
        self.submitted && fields.iter().any(|field| self.problem(field).is_some())
    }

    /// Somebody submits: from now on every problem is shown at once. The first field that will not do.
    pub fn submit(&mut self, fields: &[Field]) -> Option<String> {
        self.submitted = true;
        self.refused.clear();
        let wrong = |field: &Field| Some(FieldProblem { field: field.id.clone(), code: self.problem(field)? });
        self.listed = fields.iter().filter_map(wrong).collect();
        self.listed.first().map(|problem| problem.field.clone())
    }

    /// What to send.
    pub fn request(&self, event: &EventDocument, zone: String, language: String, source: Source) -> RegistrationRequest {
        let answer = |field: &Field| {
            let values: Vec<String> =
                self.values(&field.id).iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
            (!values.is_empty()).then(|| Answer { field: field.id.clone(), values })
        };
        let given = event.consents.iter().filter(|consent| !self.value(&consent_field(&consent.id)).is_empty());
        RegistrationRequest {
            answers: event.form_fields().iter().filter_map(answer).collect(),
            consents: given.map(|consent| Agreement { id: consent.id.clone(), version: consent.version }).collect(),
            zone,
            language,
            source,
            claim: String::new(),
        }
    }
}

/// Every field of an event's form, the consents as boxes to tick at its end.
pub fn all_fields(event: &EventDocument) -> Vec<Field> {
    let mut fields = event.form_fields();
    fields.extend(event.consents.iter().map(|consent| Field {
        label: consent.text.clone(),
        required: consent.required,
        ..Field::plain(&consent_field(&consent.id), curtain_up_protocol::FieldKind::Checkbox)
    }));
    fields
}

fn consent_field(id: &str) -> String {
    [CONSENT, id].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::journey::tests::document;
    use FieldCode::*;
    use curtain_up_protocol::{Consent, FieldKind};

    /// A form that asks for a team size and two consents, of which one is needed.
    fn event() -> EventDocument {
        let consent = |id: &str, required| Consent { id: id.into(), version: 2, text: "…".into(), required };
        let size = Field { required: false, ..Field::plain("team_size", FieldKind::Number) };
        EventDocument { fields: vec![size], consents: vec![consent("privacy", true), consent("news", false)], ..document() }
    }

    fn shown(form: &FormState) -> Vec<(String, FieldCode)> {
        all_fields(&event()).iter().filter_map(|field| Some((field.id.clone(), form.problem(field)?))).collect()
    }

    fn filled() -> FormState {
        let mut form = FormState::default();
        for (field, value) in [("first_name", "Ada"), ("last_name", " Lovelace "), ("email", "ada@example.com"), ("consent:privacy", "yes")]
        {
            form.set(field, vec![value.into()]);
        }
        form
    }

    #[test]
    fn an_empty_form_that_nobody_touched_shows_no_problem() {
        assert_eq!(shown(&FormState::default()), []);
    }

    #[test]
    fn a_wrong_answer_is_told_when_its_field_is_left_and_no_sooner() {
        let mut form = FormState::default();
        form.set("email", vec!["ada".into()]);
        assert_eq!(shown(&form), []);
        form.leave("email");
        assert_eq!(shown(&form), [("email".into(), InvalidEmail)]);
        form.set("email", vec!["ada@example.com".into()]);
        assert_eq!(shown(&form), []);
    }

    #[test]
    fn a_whole_link_in_a_field_is_not_judged_when_one_leaves_it() {
        let mut form = FormState::default();
        form.set("email", vec!["https://events.example.com/e/launch/live?email=ada%40example.com&key=9999".into()]);
        form.leave("email");
        assert_eq!(shown(&form), []);
        form.submit(&all_fields(&event()));
        assert!(shown(&form).contains(&("email".into(), FieldCode::InvalidEmail)));
    }

    #[test]
    fn walking_through_empty_fields_is_no_mistake() {
        let mut form = FormState::default();
        form.leave("first_name");
        form.set("last_name", vec!["  ".into()]);
        form.leave("last_name");
        assert_eq!(shown(&form), []);
    }

    #[test]
    fn submitting_tells_everything_at_once_in_the_order_of_the_form() {
        let mut form = FormState::default();
        form.set("team_size", vec!["many".into()]);
        assert_eq!(form.submit(&all_fields(&event())).as_deref(), Some("first_name"));
        let fields: Vec<String> = shown(&form).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["first_name", "last_name", "email", "team_size", "consent:privacy"]);
        assert!(shown(&form).contains(&("consent:privacy".into(), ConsentNeeded)));
    }

    #[test]
    fn the_list_of_problems_stays_as_it_was_and_loses_what_is_put_right() {
        let listed = |form: &FormState| -> Vec<FieldCode> { all_fields(&event()).iter().filter_map(|field| form.listed(field)).collect() };
        let mut form = FormState { refused: vec![], ..filled() };
        form.set("email", vec![]);
        form.set("first_name", vec![]);
        assert_eq!(listed(&form), []);
        form.submit(&all_fields(&event()));
        assert_eq!(listed(&form), [Required, Required]);
        form.set("email", vec!["a".into()]);
        assert_eq!(listed(&form), [Required, Required], "what is being typed is not judged");
        form.set("email", vec!["ada@example.com".into()]);
        assert_eq!(listed(&form), [Required]);
        form.refuse(vec![FieldProblem { field: "email".into(), code: InvalidValue }]);
        assert_eq!(listed(&form), [InvalidValue]);
    }

    #[test]
    fn what_the_server_refused_is_shown_until_that_answer_changes() {
        let mut form = filled();
        form.refuse(vec![FieldProblem { field: "email".into(), code: InvalidValue }]);
        assert_eq!(shown(&form), [("email".into(), InvalidValue)]);
        form.set("first_name", vec!["Augusta".into()]);
        assert_eq!(shown(&form), [("email".into(), InvalidValue)]);
        form.set("email", vec!["augusta@example.com".into()]);
        assert_eq!(shown(&form), []);
    }

    #[test]
    fn what_was_refused_once_can_be_sent_again() {
        let mut form = filled();
        form.refuse(vec![FieldProblem { field: "email".into(), code: InvalidValue }]);
        assert_eq!(form.submit(&all_fields(&event())), None);
    }

    #[test]
    fn what_is_sent_is_what_was_answered_and_agreed_to() {
        let request = filled().request(&event(), "Europe/Berlin".into(), "en".into(), Source::default());
        assert!(request.problems(&event().fields, &event().consents).is_empty());
        assert_eq!(request.answer_to("last_name"), "Lovelace");
        assert!(request.answers_to("team_size").is_empty());
        assert_eq!(request.consents, [Agreement { id: "privacy".into(), version: 2 }]);
    }

    #[test]
    fn what_the_page_knows_is_an_answer_until_somebody_gives_another_one_or_none() {
        let known = |email: &str| vec![Answer { field: "email".into(), values: vec![email.into()] }];
        let mut form = FormState::default();
        form.prefill(known("ada@example.com"));
        form.prefill(known("augusta@example.com"));
        assert_eq!(form.value("email"), "augusta@example.com");
        form.set("email", vec![String::new()]);
        form.prefill(known("ada@example.com"));
        assert_eq!(form.value("email"), "");
    }

    #[test]
    fn ticks_come_and_go_one_by_one() {
        let mut form = FormState::default();
        for (choice, on) in [("a", true), ("b", true), ("a", false), ("c", true), ("c", true)] {
            form.tick("days", choice, on);
        }
        assert_eq!(form.values("days"), ["b", "c"]);
    }
}

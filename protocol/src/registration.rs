use crate::{Consent, Field, FieldCode, FieldProblem, event::form_fields};
use serde::{Deserialize, Serialize};

/// What the registration form sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationRequest {
    /// First name, last name, e-mail and the event's own fields, by their ids.
    pub answers: Vec<Answer>,
    /// The consents that were given.
    #[serde(default)]
    pub consents: Vec<Agreement>,
    /// IANA name of the zone that the person's browser is in, for the times in the mail.
    #[serde(default)]
    pub zone: String,
    /// BCP 47 tag of the language the person reads, for the mail.
    #[serde(default)]
    pub language: String,
    /// Where the person came from.
    #[serde(default)]
    pub source: Source,
    /// [`RegistrationAnswer::claim`] of the registration that this one corrects, since mail to its address came back; empty
    /// where it corrects none.
    #[serde(default)]
    pub claim: String,
}

/// Answers to one field. All kinds but several choices have at most one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// [`Field::id`].
    pub field: String,
    /// What was answered.
    pub values: Vec<String>,
}

/// A consent that was given, in the version that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Agreement {
    /// [`Consent::id`].
    pub id: String,
    /// [`Consent::version`].
    pub version: u32,
}

/// Where a registration came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Source {
    /// The page's `utm_*` parameters.
    pub utm: Vec<Utm>,
    /// The page's `ref` parameter.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The address of the page that led to this one, without its query.
    pub referrer: String,
}

/// One `utm_*` parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Utm {
    /// The name behind `utm_`, for example `source`.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The answer to a registration: always the same, whoever is registered, but where the event lets people in at once.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationAnswer {
    /// A pass, where the event has *instant entry* and the person is new on its list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<crate::PassAnswer>,
    /// Whoever registers gets one, for an hour: with it one may ask whether mail to the address came back, and correct it.
    pub claim: String,
}

/// What became of mail to the address that somebody has just registered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailAnswer {
    /// Whether it came back: nothing will arrive there.
    pub bounced: bool,
}

/// What the form for a lost access link sends.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResendRequest {
    /// The address that somebody registered with.
    pub email: String,
}

impl RegistrationRequest {
    /// The answers to a field; none where it was not answered.
    pub fn answers_to(&self, field: &str) -> &[String] {
        self.answers.iter().find(|answer| answer.field == field).map_or(&[], |answer| &answer.values)
    }

    /// The first answer to a field, without blanks around it; empty where it was not answered.
    pub fn answer_to(&self, field: &str) -> &str {
        self.answers_to(field).first().map_or("", |answer| answer.trim())
    }

    /// Everything that is wrong with this registration for an event that has these `fields` of its own and these
    /// `consents`, in the order in which the form shows it.
    pub fn problems(&self, fields: &[Field], consents: &[Consent]) -> Vec<FieldProblem> {
        let form = form_fields(fields);
        let unknown = self.answers.iter().enumerate().filter(|(index, answer)| {
            form.iter().all(|field| field.id != answer.field) || self.answers[..*index].iter().any(|earlier| earlier.field == answer.field)
        });
        let unknown_consents = self.consents.iter().filter(|given| consents.iter().all(|consent| consent.id != given.id));
        let wrong = form.iter().filter_map(|field| {
            let code = field.check(self.answers_to(&field.id)).err()?;
            Some(FieldProblem { field: field.id.clone(), code })
        });
        let refused = consents.iter().filter(|consent| match self.consents.iter().find(|given| given.id == consent.id) {
            None => consent.required,
            Some(given) => given.version != consent.version,
        });
        wrong
            .chain(refused.map(|consent| FieldProblem { field: format!("consent:{}", consent.id), code: FieldCode::ConsentNeeded }))
            .chain(unknown.map(|(_, answer)| FieldProblem { field: answer.field.clone(), code: FieldCode::UnknownField }))
            .chain(unknown_consents.map(|given| FieldProblem { field: format!("consent:{}", given.id), code: FieldCode::UnknownField }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldKind;

    fn request(answers: &[(&str, &str)]) -> RegistrationRequest {
        let answers = answers.iter().map(|(field, value)| Answer { field: (*field).into(), values: vec![(*value).into()] });
        RegistrationRequest { answers: answers.collect(), ..Default::default() }
    }

    fn codes(problems: &[FieldProblem]) -> Vec<(&str, FieldCode)> {
        problems.iter().map(|problem| (problem.field.as_str(), problem.code)).collect()
    }

    const ADA: &[(&str, &str)] = &[("first_name", "Ada"), ("last_name", "Lovelace"), ("email", "ada@example.com")];

    #[test]
    fn a_complete_registration_has_no_problems() {
        assert!(request(ADA).problems(&[], &[]).is_empty());
    }

    #[test]
    fn every_problem_is_named_at_once_in_the_order_of_the_form() {
        let fields = [Field::plain("team_size", FieldKind::Number)];
        let consents = [Consent { id: "privacy".into(), version: 1, text: "…".into(), required: true }];
        let problems = request(&[("email", "nobody"), ("shoe_size", "46")]).problems(&fields, &consents);
        assert_eq!(
            codes(&problems),
            [
                ("first_name", FieldCode::Required),
                ("last_name", FieldCode::Required),
                ("email", FieldCode::InvalidEmail),
                ("team_size", FieldCode::Required),
                ("consent:privacy", FieldCode::ConsentNeeded),
                ("shoe_size", FieldCode::UnknownField),
            ]
        );
    }

    #[test]
    fn a_field_answered_twice_is_refused() {
        let twice = [ADA, &[("email", "eve@example.com")]].concat();
        assert_eq!(codes(&request(&twice).problems(&[], &[])), [("email", FieldCode::UnknownField)]);
    }

    #[test]
    fn agreeing_to_a_text_that_has_changed_since_is_not_agreeing() {
        let consents = [Consent { id: "news".into(), version: 2, text: "…".into(), required: false }];
        let given = |version| RegistrationRequest { consents: vec![Agreement { id: "news".into(), version }], ..request(ADA) };
        assert_eq!(codes(&given(1).problems(&[], &consents)), [("consent:news", FieldCode::ConsentNeeded)]);
        assert!(given(2).problems(&[], &consents).is_empty());
        assert!(request(ADA).problems(&[], &consents).is_empty());
    }
}

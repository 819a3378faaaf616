use curtain_up_protocol::desk::{EventPlanDocument, MaterialDocument};
use serde::Serialize;
use serde_json::{Map, Value};

/// What stands before the names of settings.
const SETTINGS: &str = "settings";

/// A part of a plan that is another one now.
#[derive(Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name, as in the plan's JSON.
    pub part: String,
    /// What it was, as text; empty where it was nothing.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// What somebody else changed, part by part.
pub fn changed_parts(before: &EventPlanDocument, after: &EventPlanDocument) -> Vec<Changed> {
    changed(&parts(before), &parts(after))
}

/// What somebody else changed in a material, part by part.
pub fn changed_in_material(before: &MaterialDocument, after: &MaterialDocument) -> Vec<Changed> {
    changed(&object(before), &object(after))
}

fn changed(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Changed> {
    let mut names: Vec<&String> = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name))).collect();
    names.retain(|name| before.get(*name) != after.get(*name));
    let changed =
        names.into_iter().map(|name| Changed { part: name.clone(), before: text(before.get(name)), after: text(after.get(name)) });
    changed.collect()
}

/// My plan with their changes wherever I have changed nothing. `None` where the parts no longer fit together.
pub fn merged(base: &EventPlanDocument, mine: &EventPlanDocument, theirs: &EventPlanDocument) -> Option<EventPlanDocument> {
    let (base, mut mine, theirs) = (parts(base), parts(mine), parts(theirs));
    let names: Vec<String> = base.keys().chain(mine.keys()).chain(theirs.keys()).cloned().collect();
    for name in names {
        if mine.get(&name) == base.get(&name) {
            match theirs.get(&name) {
                Some(value) => mine.insert(name, value.clone()),
                None => mine.remove(&name),
            };
        }
    }
    serde_json::from_value(whole(mine)).ok()
}

/// The plan with a new version for every consent whose text is another one than it was: who agreed to the old text has not
/// agreed to the new one.
pub fn with_new_versions(base: &EventPlanDocument, mut plan: EventPlanDocument) -> EventPlanDocument {
    for consent in &mut plan.consents {
        let known = base.consents.iter().find(|known| known.id == consent.id);
        if let Some(known) = known.filter(|known| known.text != consent.text) {
            consent.version = consent.version.max(known.version.saturating_add(1));
        }
    }
    plan
}

/// A plan's parts by their names; settings stand beside the others.
fn parts(plan: &EventPlanDocument) -> Map<String, Value> {
    let mut parts = object(plan);
    if let Some(Value::Object(settings)) = parts.remove(SETTINGS) {
        parts.extend(settings.into_iter().map(|(name, value)| (format!("{SETTINGS}.{name}"), value)));
    }
    parts
}

fn object(document: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(document) {
        Ok(Value::Object(parts)) => parts,
        _ => Map::new(),
    }
}

fn whole(parts: Map<String, Value>) -> Value {
    let mut plan = Map::new();
    let mut settings = Map::new();
    for (name, value) in parts {
        match name.strip_prefix(SETTINGS).and_then(|rest| rest.strip_prefix('.')) {
            Some(setting) => settings.insert(setting.to_owned(), value),
            None => plan.insert(name, value),
        };
    }
    plan.insert(SETTINGS.to_owned(), Value::Object(settings));
    Value::Object(plan)
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().map(|item| text(Some(named(item)))).collect::<Vec<_>>().join(", "),
        Some(Value::Object(_)) => value.map(|value| text(Some(named(value)))).unwrap_or_default(),
        Some(other) => other.to_string(),
    }
}

/// What of a thing tells people which one it is.
fn named(value: &Value) -> &Value {
    let known = ["label", "text", "address", "event"].iter().find_map(|name| value.get(name));
    known.unwrap_or(if value.is_object() { &Value::Null } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use curtain_up_protocol::Consent;
    use curtain_up_protocol::desk::MaterialTarget;

    fn plan(change: impl FnOnce(&mut EventPlanDocument)) -> EventPlanDocument {
        let mut plan: EventPlanDocument =
            serde_json::from_str(r#"{"slug":"launch","title":"Launch","start":"2027-03-10T18:00","zone":"UTC","duration_minutes":60}"#)
                .expect("a plan");
        plan.consents = vec![Consent { id: "privacy".into(), version: 3, text: "Old".into(), required: true }];
        change(&mut plan);
        plan
    }

    #[test]
    fn what_somebody_else_changed_is_named_with_what_it_was() {
        let theirs = plan(|plan| {
            plan.title = "Relaunch".into();
            plan.settings.cover = Some("https://example.com/spring.png".into());
            plan.consents[0].text = "New".into();
        });
        let changed = changed_parts(&plan(|_| ()), &theirs);
        let named: Vec<_> =
            changed.iter().map(|changed| (changed.part.as_str(), changed.before.as_str(), changed.after.as_str())).collect();
        assert!(named.contains(&("title", "Launch", "Relaunch")), "{named:?}");
        assert!(named.contains(&("settings.cover", "", "https://example.com/spring.png")), "{named:?}");
        assert!(named.contains(&("consents", "Old", "New")), "{named:?}");
        assert_eq!(named.len(), 3);
        assert!(changed_parts(&plan(|_| ()), &plan(|_| ())).is_empty());
    }

    #[test]
    fn what_somebody_else_changed_in_a_material_is_named_too() {
        let material = |title: &str, target, visible_from: Option<&str>| MaterialDocument {
            title: title.into(),
            description: String::new(),
            target,
            visible_from: visible_from.map(str::to_owned),
            visible_from_choice: None,
            visible_to: None,
            visible_to_choice: None,
        };
        let before = material("Slides", MaterialTarget::Address("https://example.com/slides".into()), None);
        let after = material("Slides", MaterialTarget::Event("meeting2".into()), Some("2027-03-10T18:00"));
        let changed = changed_in_material(&before, &after);
        let named: Vec<_> =
            changed.iter().map(|changed| (changed.part.as_str(), changed.before.as_str(), changed.after.as_str())).collect();
        assert!(named.contains(&("target", "https://example.com/slides", "meeting2")), "{named:?}");
        assert!(named.contains(&("visible_from", "", "2027-03-10T18:00")), "{named:?}");
        assert_eq!(named.len(), 2);
    }

    #[test]
    fn mine_is_kept_and_theirs_stands_where_i_changed_nothing() {
        let mine = plan(|plan| plan.title = "Mine".into());
        let theirs = plan(|plan| {
            plan.title = "Theirs".into();
            plan.capacity = Some(40);
            plan.settings.cover = Some("https://example.com/a.png".into());
        });
        let both = merged(&plan(|_| ()), &mine, &theirs).expect("a plan");
        assert_eq!((both.title.as_str(), both.capacity), ("Mine", Some(40)));
        assert_eq!(both.settings.cover.as_deref(), Some("https://example.com/a.png"));
        let dropped = merged(&theirs, &plan(|plan| *plan = theirs.clone()), &plan(|_| ())).expect("a plan");
        assert_eq!(dropped.capacity, None);
    }

    #[test]
    fn a_text_that_people_agreed_to_gets_a_new_version_when_it_changes() {
        let base = plan(|_| ());
        let changed = with_new_versions(&base, plan(|plan| plan.consents[0].text = "New".into()));
        assert_eq!(changed.consents[0].version, 4);
        assert_eq!(with_new_versions(&base, plan(|_| ())).consents[0].version, 3);
    }
}

pub const MATERIALS: &str = "Materials";
pub const MATERIALS_TEXT: &str = "Links beside the room, in this order. A link to another event takes people there without asking for their code again, where both events require codes and know the person.";
pub const NO_MATERIALS: &str = "No material yet.";
pub const ADD_MATERIAL: &str = "Add a material";
pub const EDIT_MATERIAL: &str = "Edit the material";
pub const MATERIAL_TITLE: &str = "Title of the link";
pub const MATERIAL_DESCRIPTION: &str = "What it is";
pub const LEADS_TO: &str = "Leads to";
pub const TO_AN_EVENT: &str = "another event";
pub const TO_AN_ADDRESS: &str = "an address";
pub const TARGET_EVENT: &str = "Event";
pub const TARGET_ADDRESS: &str = "Address";
pub const TARGET_ADDRESS_HELP: &str = "https: only";
pub const NO_TARGET_EVENT: &str = "There is no other event yet. Make one first.";
pub const VISIBLE_FROM: &str = "Visible from";
pub const VISIBLE_FROM_HELP: &str = "Empty: at once";
pub const VISIBLE_TO: &str = "Visible to";
pub const VISIBLE_TO_HELP: &str = "Empty: for good";
pub const VISIBLE_NOW: &str = "Visible now";
pub const HIDDEN_NOW: &str = "Hidden now";
pub const MATERIAL_ADDED: &str = "The material is added.";
pub const MATERIAL_REMOVED: &str = "The material is removed.";
pub const MATERIALS_ORDERED: &str = "The order is changed.";
pub const REMOVE_MATERIAL_TITLE: &str = "Remove this material?";
pub const REMOVE_MATERIAL_TEXT: &str = "People do not see the link any more.";
pub const MATERIALS_STALE: &str = "Somebody else has changed this event meanwhile. This is how it is now: try again.";
pub const MATERIAL_STALE_NOTHING: &str = "They changed nothing of this material.";
pub const MATERIAL_STALE_GONE: &str = "They removed this material.";
pub const ADD_AGAIN: &str = "Add mine again";

/// What a button does to one of several.
pub fn with_title(what: &str, title: &str) -> String {
    format!("{what}: {title}")
}

/// When people see a material, in civil times of the event's zone.
pub fn visible(from: Option<&str>, to: Option<&str>, zone: &str) -> String {
    let civil = |time: &str| time.chars().take("2027-03-10T18:00".len()).collect::<String>().replace('T', " ");
    match (from.map(civil), to.map(civil)) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {from} ({zone})"),
        (None, Some(to)) => format!("until {to} ({zone})"),
        (Some(from), Some(to)) => format!("from {from} to {to} ({zone})"),
    }
}

/// What a part of a material is called, by its name on the wire.
pub fn material_part(part: &str) -> &str {
    match part {
        "title" => MATERIAL_TITLE,
        "description" => MATERIAL_DESCRIPTION,
        "target" => LEADS_TO,
        "visible_from" | "visible_from_choice" => VISIBLE_FROM,
        "visible_to" | "visible_to_choice" => VISIBLE_TO,
        other => other,
    }
}

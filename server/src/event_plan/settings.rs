//! What a host may set that no query looks at: kept as one column of JSON, so that a new setting needs no migration.

use super::own_words::OwnWords;
use serde::{Deserialize, Serialize};

/// Settings of an event. What is left out is as it always was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What mails say in the host's own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<OwnWords>,
}

//! Civil times: which instants a time on the wall clock of a zone names.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Which instant is meant, where the clocks show a civil time twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TimeChoice {
    /// The first one, before the clocks go back.
    Earlier,
    /// The second one, after the clocks went back.
    Later,
}

/// Asks which instants a civil time names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CivilTimeRequest {
    /// `2027-03-10T18:00`
    pub civil: String,
    /// IANA name of the zone.
    pub zone: String,
}

/// How many instants a civil time names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CivilTimeKind {
    /// One.
    Exact,
    /// None: the clocks go forward over it. The choices are the times before and after.
    Impossible,
    /// Two: the clocks go back over it.
    Ambiguous,
}

/// Which instants a civil time names, or those beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CivilTimeAnswer {
    /// How many there are.
    pub kind: CivilTimeKind,
    /// One for an exact time, else two to choose from, the earlier one first.
    pub choices: Vec<CivilTimeChoice>,
}

/// An instant that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CivilTimeChoice {
    /// What the zone calls its time then: `CEST`, `+03`.
    pub label: String,
    /// The instant.
    pub at: Timestamp,
    /// What stands on the wall clock then: what to write into the plan.
    pub civil: String,
    /// What to write beside it into the plan; nothing where the time is exact.
    pub choice: Option<TimeChoice>,
}

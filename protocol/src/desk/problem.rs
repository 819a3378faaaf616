use crate::{FieldProblem, ProblemCode};
use serde::{Deserialize, Serialize};

/// The body of every answer of the desk with a status of 400 or more: a [`crate::Problem`], and which version stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskProblem {
    /// What went wrong.
    pub code: ProblemCode,
    /// The fields it went wrong with. A field of a plan is named by its path: `fields[0].label`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// With `stale`: the version of the event as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

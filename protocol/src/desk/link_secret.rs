use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// What an organisation's own system signs its links with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkSecretAnswer {
    /// The secret, as text.
    pub secret: String,
    /// When it was made. Links that an earlier one signed let nobody in.
    pub made_at: Timestamp,
}

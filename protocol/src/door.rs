use serde::{Deserialize, Serialize};

/// How people come into an event who have no link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Door {
    /// They register.
    #[default]
    Registration,
    /// They type the access code that the host gave them.
    Code,
    /// They enter as "Anonymous".
    Open,
}

/// What lets somebody in who has no access link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DoorRequest {
    /// An access code.
    Code(String),
    /// A ticket from another event: what stands behind `ticket=` in the address that it came in.
    Ticket(String),
    /// What a platform has signed: what stands behind `i=`.
    Signed(String),
    /// Nothing, where the door is open.
    Anonymous,
}

/// Asks for a way into another event, with the pass for this one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketRequest {
    /// The other event's slug.
    pub to: String,
}

/// The way into another event: good once, for a minute.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketAnswer {
    /// The other event's page, with the ticket.
    pub address: String,
}

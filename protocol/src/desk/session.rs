//! Getting in: who is signed in, and how one gets there. Secrets have no `Debug`.

use serde::{Deserialize, Serialize};

/// Signs in by password. Answered with 204 and the cookie, or with `sign_in_refused`: the same for a wrong password,
/// an unknown address and too many tries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The host's address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Asks for a link by mail. Always answered with 202.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInByMail {
    /// The host's address.
    pub email: String,
}

/// Signs in by the token from a mailed link, `{public}/desk#sign-in={token}`. It works once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInToken {
    /// The token.
    pub token: String,
}

/// Sets the own password. The old one is needed where there is one, unless this session began by a mailed link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordRequest {
    /// The password until now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The password from now on: 10 characters or more.
    pub new: String,
}

/// What a host may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Sees and changes everything of their organisation.
    Host,
    /// Sees events and people, but neither keys nor links; changes nothing.
    Viewer,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HostDocument {
    /// Their id.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their name; may be empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Whose events they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationDocument {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionDocument {
    /// The host.
    pub host: HostDocument,
    /// Their organisation.
    pub organisation: OrganisationDocument,
    /// Whether they have a password yet.
    pub has_password: bool,
}

/// The columns of the People table that a host has chosen, in their order. What they are called is the desk's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Columns {
    /// Names of columns; empty where the host has chosen none yet.
    pub columns: Vec<String>,
}

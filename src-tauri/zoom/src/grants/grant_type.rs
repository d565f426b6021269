//! What a token is asked for with.

use serde::{Deserialize, Serialize};

/// A grant, by its OAuth name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantType {
    /// Server-to-server: account id, client id and client secret.
    #[default]
    AccountCredentials,
    /// The code that a sign-in in the browser brings.
    AuthorizationCode,
    /// The refresh token of an earlier answer.
    RefreshToken,
}

impl GrantType {
    /// `grant_type` of the request.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountCredentials => "account_credentials",
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
        }
    }
}

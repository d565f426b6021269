//! What Zoom granted, and for how long as far as it says.

use lifecycle::{Granted, WallTime};
use secrecy::SecretString;
use std::fmt;

/// A token as Zoom granted it.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The access token. Opaque; sent as a bearer token.
    pub access_token: SecretString,
    /// What the next access token is asked for with. None for a server-to-server app, and where
    /// the refresh token in use stays in use.
    pub refresh_token: Option<SecretString>,
    /// What is said about its end: `expires_in` of the answer if it is a whole number, and the
    /// `exp` of a token that reads as a JWT. Nothing is decided here.
    pub expiry: Granted,
    /// The scopes granted, in Zoom's order. Empty if Zoom named none.
    pub scopes: Vec<String>,
    /// The account's regional API host as Zoom named it, e.g. `https://api-us.zoom.us`.
    /// For display only: the global host always works and the account's own base stays in use.
    pub api_url: Option<String>,
    /// Zoom's own clock when it answered, from the `Date` header. Whole seconds.
    pub answered_at: Option<WallTime>,
    /// What the user should hear about although the request succeeded.
    pub notices: Vec<Notice>,
}

/// Something worth a sentence beside a granted token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Zoom refused this `token_index`; the token was granted without one.
    IndexRefused(u32),
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IndexRefused(index) => write!(
                formatter,
                "This app has no index {index}; the token was granted without one. Remove the \
                 index from the account, or ask Zoom's support to raise the app's limit."
            ),
        }
    }
}

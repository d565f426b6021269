//! What a fake Zoom is started with.

use crate::api;
use crate::contents::Contents;
use crate::oauth::UserApp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The redirect address that the user apps have registered unless told otherwise.
pub const REDIRECT: &str = "http://127.0.0.1:8765/callback";

/// How it starts. Everything but `port`, `apps` and `tls` can be changed while it runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// The port on 127.0.0.1; 0 lets the system choose.
    pub port: u16,
    /// The apps whose credentials are accepted.
    pub apps: Vec<App>,
    /// The apps that users sign in to.
    pub user_apps: Vec<UserApp>,
    /// The refresh token that the first app's grant goes by, a fake; each use brings another.
    pub refresh_token: Option<String>,
    /// How long a token lives, in seconds.
    pub lifetime_seconds: u64,
    /// What a new token does to the ones before it.
    pub mode: Mode,
    /// The scopes a token carries.
    pub scopes: Vec<String>,
    /// What there is: users, meetings, recordings.
    pub contents: Contents,
    /// Speak TLS with this certificate; plain HTTP without.
    pub tls: Option<TlsFiles>,
}

/// A Server-to-Server OAuth app of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The account it belongs to.
    pub account_id: String,
    /// Its client id.
    pub client_id: String,
    /// Its client secret, a fake.
    pub client_secret: String,
    /// The highest `token_index` it may use; 0 for none but the default slot.
    pub highest_index: u32,
}

/// A certificate and its key as PEM text.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate, then those that signed it.
    pub chain_pem: String,
    /// Its private key.
    pub key_pem: String,
}

/// What a new token does to the ones before it of the same app and token index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Mode {
    /// Nothing: all live side by side. Zoom's present documentation.
    Multi,
    /// It kills the last one. Zoom until about 2023.
    Single,
    /// At most this many live; the oldest is killed.
    Cap(usize),
}

/// A mode in no known form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no such mode: {0}; write multi, single or cap:N with N of at least 1")]
pub struct ModeError(String);

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            apps: vec![App::default()],
            user_apps: vec![UserApp::confidential(REDIRECT), UserApp::public(REDIRECT)],
            refresh_token: None,
            lifetime_seconds: 3600,
            mode: Mode::Multi,
            scopes: api::all_scopes(),
            contents: Contents::example(),
            tls: None,
        }
    }
}

impl Default for App {
    fn default() -> Self {
        Self {
            account_id: "FakeAccount-0123456789".into(),
            client_id: "FakeClient_0123456789".into(),
            client_secret: "FakeSecret0123456789abcdefABCDEF".into(),
            highest_index: 0,
        }
    }
}

impl FromStr for Mode {
    type Err = ModeError;

    fn from_str(text: &str) -> Result<Self, ModeError> {
        match (text, text.strip_prefix("cap:").map(str::parse)) {
            ("multi", _) => Ok(Self::Multi),
            ("single", _) => Ok(Self::Single),
            (_, Some(Ok(cap))) if cap > 0 => Ok(Self::Cap(cap)),
            _ => Err(ModeError(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Mode {
    type Error = ModeError;

    fn try_from(text: String) -> Result<Self, ModeError> {
        text.parse()
    }
}

impl From<Mode> for String {
    fn from(mode: Mode) -> Self {
        mode.to_string()
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Multi => formatter.write_str("multi"),
            Self::Single => formatter.write_str("single"),
            Self::Cap(cap) => write!(formatter, "cap:{cap}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_survive_their_text() {
        for mode in [Mode::Multi, Mode::Single, Mode::Cap(3)] {
            assert_eq!(mode.to_string().parse(), Ok(mode));
        }
        for text in ["", "cap", "cap:0", "cap:-1", "both"] {
            assert!(text.parse::<Mode>().is_err(), "{text}");
        }
    }
}

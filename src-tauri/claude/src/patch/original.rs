//! Where a change is made, and what stood there before.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// One variable of one entry: `/mcpServers/SERVER/env/KEY`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvPointer {
    /// The entry's name under `mcpServers`.
    pub server: String,
    /// The variable's name.
    pub key: String,
}

/// What stood at the pointer before the change; enough to put it back byte for byte.
#[derive(Clone, Debug)]
pub enum Original {
    /// The JSON string as it was written, quotes and escapes included. It may be a secret.
    Value(SecretString),
    /// `env` was there without the variable.
    KeyAbsent,
    /// The entry had no `env`.
    EnvAbsent,
}

/// An [`Original`] without its value, for keeping beside the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginalKind {
    /// A value, kept elsewhere because it may be a secret.
    Value,
    /// No such variable.
    KeyAbsent,
    /// No `env`.
    EnvAbsent,
}

impl Original {
    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> OriginalKind {
        match self {
            Self::Value(_) => OriginalKind::Value,
            Self::KeyAbsent => OriginalKind::KeyAbsent,
            Self::EnvAbsent => OriginalKind::EnvAbsent,
        }
    }

    /// The value itself, for comparing and for cutting it out; empty if there was none.
    #[must_use]
    pub fn decoded(&self) -> SecretString {
        let Self::Value(literal) = self else {
            return SecretString::default();
        };
        serde_json::from_str::<String>(literal.expose_secret())
            .map_or_else(|_| literal.clone(), SecretString::from)
    }

    /// Puts together what was kept apart; `None` if a value is needed and is not there.
    #[must_use]
    pub fn from_parts(kind: OriginalKind, value: Option<SecretString>) -> Option<Self> {
        match kind {
            OriginalKind::Value => value.map(Self::Value),
            OriginalKind::KeyAbsent => Some(Self::KeyAbsent),
            OriginalKind::EnvAbsent => Some(Self::EnvAbsent),
        }
    }
}

//! What stood somewhere before a change.

use super::apart::{Apart, secrets_of};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// What stood at the pointer before the change; enough to put it back byte for byte.
#[derive(Clone, Debug)]
pub enum Original {
    /// The JSON as it was written: a variable's string, quotes and escapes included, or a whole
    /// entry. It may be a secret or hold some.
    Value(SecretString),
    /// `env` was there without the variable.
    KeyAbsent,
    /// The entry had no `env`.
    EnvAbsent,
    /// `mcpServers` was there without the entry.
    EntryAbsent,
    /// There was no `mcpServers`.
    ServersAbsent,
    /// The document had nothing in it but white space.
    DocumentEmpty,
    /// There was no file. Only who looks for files can tell; here it is an empty document.
    FileAbsent,
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
    /// No such entry.
    EntryAbsent,
    /// No `mcpServers`.
    ServersAbsent,
    /// An empty file.
    DocumentEmpty,
    /// No file.
    FileAbsent,
}

impl Original {
    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> OriginalKind {
        match self {
            Self::Value(_) => OriginalKind::Value,
            Self::KeyAbsent => OriginalKind::KeyAbsent,
            Self::EnvAbsent => OriginalKind::EnvAbsent,
            Self::EntryAbsent => OriginalKind::EntryAbsent,
            Self::ServersAbsent => OriginalKind::ServersAbsent,
            Self::DocumentEmpty => OriginalKind::DocumentEmpty,
            Self::FileAbsent => OriginalKind::FileAbsent,
        }
    }

    /// What a variable said, for comparing and for cutting it out; empty if there was none.
    #[must_use]
    pub fn decoded(&self) -> SecretString {
        let Self::Value(literal) = self else {
            return SecretString::default();
        };
        serde_json::from_str::<String>(literal.expose_secret())
            .map_or_else(|_| literal.clone(), SecretString::from)
    }

    /// The secrets in it, as a program reads them.
    #[must_use]
    pub fn secrets(&self) -> Vec<SecretString> {
        match self {
            Self::Value(raw) => secrets_of(raw.expose_secret()),
            _ => Vec::new(),
        }
    }

    /// Takes it apart for keeping: text that anybody may read, and what it does not say. Beside
    /// what sounds secret, strings with one of `known` in them are cut out.
    #[must_use]
    pub fn take_apart(&self, known: &[&SecretString]) -> Apart {
        Apart::of(self, known)
    }

    /// Puts together what was kept apart; `None` if a value is needed and is not there.
    #[must_use]
    pub fn from_parts(kind: OriginalKind, value: Option<SecretString>) -> Option<Self> {
        Some(match kind {
            OriginalKind::Value => Self::Value(value?),
            OriginalKind::KeyAbsent => Self::KeyAbsent,
            OriginalKind::EnvAbsent => Self::EnvAbsent,
            OriginalKind::EntryAbsent => Self::EntryAbsent,
            OriginalKind::ServersAbsent => Self::ServersAbsent,
            OriginalKind::DocumentEmpty => Self::DocumentEmpty,
            OriginalKind::FileAbsent => Self::FileAbsent,
        })
    }

    /// How many of the objects on the way were there: root, `mcpServers`, entry, `env`.
    pub(super) fn objects(&self) -> usize {
        match self {
            Self::FileAbsent | Self::DocumentEmpty => 0,
            Self::ServersAbsent => 1,
            Self::EntryAbsent => 2,
            Self::EnvAbsent => 3,
            Self::KeyAbsent | Self::Value(_) => 4,
        }
    }
}

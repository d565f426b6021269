//! Where a change is made, and what is to stand there.

use super::document::child;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// A place in the config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pointer {
    /// A whole entry: `/mcpServers/SERVER`.
    Entry {
        /// The entry's name under `mcpServers`.
        server: String,
    },
    /// One variable of one entry: `/mcpServers/SERVER/env/KEY`.
    Env {
        /// The entry's name under `mcpServers`.
        server: String,
        /// The variable's name.
        key: String,
    },
}

/// What is to stand at a [`Pointer`].
#[derive(Clone, Debug)]
pub enum NewValue {
    /// A whole entry. It holds no secret.
    Entry(Map<String, Json>),
    /// The value of a variable.
    Variable(SecretString),
}

impl NewValue {
    /// The secrets in it.
    #[must_use]
    pub fn secrets(&self) -> Vec<SecretString> {
        match self {
            Self::Entry(_) => Vec::new(),
            Self::Variable(value) => vec![value.clone()],
        }
    }
}

impl Pointer {
    /// To the whole entry `server`.
    pub fn entry(server: impl Into<String>) -> Self {
        Self::Entry {
            server: server.into(),
        }
    }

    /// To the variable `key` of the entry `server`.
    pub fn env(server: impl Into<String>, key: impl Into<String>) -> Self {
        Self::Env {
            server: server.into(),
            key: key.into(),
        }
    }

    /// The entry's name.
    pub fn server(&self) -> &str {
        match self {
            Self::Entry { server } | Self::Env { server, .. } => server,
        }
    }

    /// As a JSON pointer (RFC 6901).
    pub fn path(&self) -> String {
        self.keys()
            .iter()
            .fold(String::new(), |path, key| child(&path, key))
    }

    /// The names on the way from the root to the value.
    pub(super) fn keys(&self) -> Vec<&str> {
        match self {
            Self::Entry { server } => vec!["mcpServers", server],
            Self::Env { server, key } => vec!["mcpServers", server, "env", key],
        }
    }
}

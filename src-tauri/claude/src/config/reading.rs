//! What a config file says, without any of its values.

use crate::patch::{Document, Refusal};
use jsonc_parser::ast::{ObjectProp, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [first, second, third, fourth, ..] = self.0;
        write!(f, "{first:02x}{second:02x}{third:02x}{fourth:02x}…")
    }
}

/// A config file that was read strictly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its MCP servers, in the order of the file.
    pub entries: Vec<Entry>,
    /// Of the bytes that were read.
    pub fingerprint: Fingerprint,
}

/// An MCP server in the config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its program.
    pub command: Option<String>,
    /// Whether it carries `extensionId` and so is Claude's to change.
    pub owned_by_extension: bool,
    /// The names of its variables. Their values are not kept.
    pub variables: Vec<String>,
}

impl Reading {
    /// Reads `bytes`. No `mcpServers` means no entries.
    pub fn of(bytes: &[u8]) -> Result<Self, Refusal> {
        let document = Document::parse(bytes)?;
        let entries = document
            .servers()?
            .map(|servers| servers.properties.iter().map(entry).collect())
            .unwrap_or_default();
        Ok(Self {
            entries,
            fingerprint: Fingerprint::of(bytes),
        })
    }
}

fn entry(property: &ObjectProp<'_>) -> Entry {
    let fields = property.value.as_object();
    let field = |name: &str| fields.and_then(|fields| fields.get(name));
    let command = field("command").and_then(|found| found.value.as_string_lit());
    let variables = match field("env").map(|found| &found.value) {
        Some(Value::Object(env)) => env
            .properties
            .iter()
            .map(|variable| variable.name.as_str().to_owned())
            .collect(),
        _ => Vec::new(),
    };
    Entry {
        name: property.name.as_str().to_owned(),
        command: command.map(|literal| literal.value.clone().into_owned()),
        owned_by_extension: field("extensionId").is_some(),
        variables,
    }
}

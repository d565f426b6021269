//! What a config file says, without any of its values.

use crate::patch::{Document, Member, Refusal};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher};

/// Length and hash of a file's bytes, to tell whether it changed: fast, for this process alone,
/// and no proof against somebody who wants two files to look the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    bytes: usize,
    hash: u64,
}

impl Fingerprint {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self {
            bytes: bytes.len(),
            hash: hasher.finish(),
        }
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.hash)
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
            .map(|servers| servers.members.iter().map(entry).collect())
            .unwrap_or_default();
        Ok(Self {
            entries,
            fingerprint: Fingerprint::of(bytes),
        })
    }
}

fn entry(member: &Member<'_>) -> Entry {
    let fields = member.value.as_object();
    let field = |name: &str| fields.as_ref().and_then(|fields| fields.get(name));
    let env = field("env").and_then(|env| env.value.as_object());
    Entry {
        name: name(member),
        command: field("command")
            .and_then(|command| command.value.as_str())
            .map(Cow::into_owned),
        owned_by_extension: field("extensionId").is_some(),
        variables: env.map_or_else(Vec::new, |env| env.members.iter().map(name).collect()),
    }
}

/// A member's name; as it is written if no text can hold it.
fn name(member: &Member<'_>) -> String {
    let name = member.name.as_deref();
    name.unwrap_or(member.key.raw()).to_owned()
}

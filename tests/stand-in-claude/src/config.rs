//! The config as Claude Desktop has it: read once, kept in memory, written whole.

use crate::log::hash;
use serde_json::{Map, Value, json};
use std::io;
use std::path::Path;

/// Some of the top-level keys that Claude knows; the others it drops when it writes.
const KNOWN: [&str; 6] = [
    "mcpServers",
    "globalShortcut",
    "features",
    "deploymentMode",
    "coworkUserFilesPath",
    "preferences",
];

/// What it knows of an entry.
const KNOWN_IN_ENTRY: [&str; 4] = ["command", "args", "env", "extensionId"];

/// A config in memory.
pub struct Config {
    root: Map<String, Value>,
}

impl Config {
    /// Reads it; what cannot be read or parsed counts as empty.
    pub fn read(path: &Path) -> Self {
        let parsed = fs_err::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let empty = || Map::from_iter([("preferences".to_owned(), json!({}))]);
        Self {
            root: parsed.unwrap_or_else(empty),
        }
    }

    /// Writes all of it, as Claude does: in place, two spaces, no newline at the end.
    pub fn write(&self, path: &Path, keep_unknown: bool) -> io::Result<()> {
        let mut root = self.root.clone();
        if !keep_unknown {
            strip(&mut root);
        }
        fs_err::write(path, format!("{:#}", Value::Object(root)))
    }

    /// The entries, by name.
    pub fn servers(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.root
            .get("mcpServers")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
    }

    /// Each entry's variables as hashes of their values.
    pub fn told(&self) -> Value {
        let entries = self.servers().map(|(name, entry)| {
            let env = entry
                .get("env")
                .and_then(Value::as_object)
                .into_iter()
                .flatten();
            let hashes = env.map(|(key, value)| {
                (
                    key.clone(),
                    Value::from(hash(value.as_str().unwrap_or_default())),
                )
            });
            (name.clone(), Value::Object(hashes.collect()))
        });
        Value::Object(entries.collect())
    }
}

fn strip(root: &mut Map<String, Value>) {
    root.retain(|key, _| KNOWN.contains(&key.as_str()));
    let servers = root.get_mut("mcpServers").and_then(Value::as_object_mut);
    for entry in servers
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
    {
        entry.retain(|key, _| KNOWN_IN_ENTRY.contains(&key.as_str()));
    }
}

//! What entries held, for people: to be put back by hand if Zoomtray was removed without giving
//! them back.

use crate::delivery::journal::Kept;
use claude::Pointer;
use files::{Mode, ReplaceError};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const ABOUT: &str = "What entries of Claude Desktop's config held before Zoomtray changed them, \
     with each secret cut out. `zoomtrayctl claude off NAME` puts an entry back byte for byte; if \
     Zoomtray is gone, quit Claude Desktop and copy it back from here by hand. `null` means that \
     there was nothing: delete what is there now.";

/// Writes the file; takes it away when nothing is kept.
pub(crate) fn write(path: &Path, entries: &BTreeMap<String, Kept>) -> Result<(), ReplaceError> {
    if entries.is_empty() {
        match fs_err::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, "the list of what entries held was not removed");
            }
            _ => {}
        }
        return Ok(());
    }
    let text = format!("{:#}\n", document(entries));
    files::replace(path, text.as_bytes(), Mode::Private)
}

fn document(entries: &BTreeMap<String, Kept>) -> Value {
    let held: Map<String, Value> = entries
        .iter()
        .map(|(name, kept)| (name.clone(), held(kept)))
        .collect();
    json!({"about": ABOUT, "entries": held})
}

fn held(kept: &Kept) -> Value {
    let value = serde_json::from_str(&kept.text).unwrap_or(Value::Null);
    match &kept.pointer {
        Pointer::Env { key, .. } => json!({"config": kept.config, "env": {key: value}}),
        Pointer::Entry { .. } => json!({"config": kept.config, "entry": value}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::journal::for_tests::kept;
    use std::path::PathBuf;

    #[test]
    fn it_says_what_was_there_and_what_was_not() {
        let text = r#"{"command": "node", "env": {"T": "<secret 1>"}}"#.to_owned();
        let zoom = Kept { text, ..kept() };
        let variable = Kept {
            pointer: Pointer::env("else", "T"),
            text: "\"<secret 1>\"".to_owned(),
            ..kept()
        };
        let entries = [("zoom", zoom), ("else", variable), ("made", kept())];
        let entries = entries.map(|(name, kept)| (name.to_owned(), kept)).into();
        let held = &document(&entries)["entries"];
        assert_eq!(held["zoom"]["entry"]["env"]["T"], "<secret 1>");
        assert_eq!(held["else"]["env"]["T"], "<secret 1>");
        assert_eq!(held["made"]["entry"], Value::Null);
        assert_eq!(held["made"]["config"], "/c.json");
    }

    #[test]
    fn it_is_there_only_while_something_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("originals.json");
        let entries = BTreeMap::from([("zoom".to_owned(), kept())]);
        write(&path, &entries).unwrap();
        assert!(path.exists());
        write(&path, &BTreeMap::new()).unwrap();
        assert!(!path.exists());
        write(&path, &BTreeMap::new()).unwrap();
    }
}

//! A config and our own folder, for the writer alone: no command, no account.

use claude::{ConfigFile, NewValue, Outcome, Pointer, Reading, patch};
use secrecy::ExposeSecret;
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How the file begins and ends, whoever of us wrote it.
const HEAD: &str = "{\r\n\t\"globalShortcut\": \"Alt+\\u00e9\",  \"n\": 12345678901234567890,";
const TAIL: &str = "},\r\n\t\"last\": 1.50 }\r\n";

/// Two folders.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// A config of some `kilobytes`.
    pub fn new(kilobytes: usize) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs_err::create_dir(place.beside()).unwrap();
        fs_err::write(place.config(), first(kilobytes)).unwrap();
        place
    }

    /// The config.
    pub fn config(&self) -> PathBuf {
        self.beside().join("claude_desktop_config.json")
    }

    /// Our own folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The file, as the next process takes it.
    pub fn file(&self) -> ConfigFile {
        ConfigFile::new(self.config(), &self.data())
    }

    /// What is there now.
    pub fn bytes(&self) -> Vec<u8> {
        fs_err::read(self.config()).unwrap()
    }

    /// Every temporary file, wherever the writer makes one.
    pub fn temporary(&self) -> Vec<PathBuf> {
        let folders = [
            self.beside(),
            self.data(),
            self.data().join("claude-backups"),
        ];
        folders
            .iter()
            .flat_map(|folder| listed(folder))
            .filter(|path| path.to_string_lossy().ends_with("zoomtray-new"))
            .collect()
    }

    /// Each backup is whole, and nothing else lies among them.
    pub fn ring_is_readable(&self) {
        let backups = self.file().backups().unwrap();
        assert!(backups.len() <= files::BACKUPS_KEPT, "{backups:?}");
        assert_eq!(
            listed(&self.data().join("claude-backups")).len(),
            backups.len()
        );
        for backup in backups {
            let bytes = fs_err::read(&backup.path).unwrap();
            Reading::of(&bytes).unwrap_or_else(|why| panic!("{}: {why}", backup.path.display()));
        }
    }

    fn beside(&self) -> PathBuf {
        self.folder.path().join("Claude")
    }
}

/// The paths in `folder`, if it is there.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs_err::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The entry that is written again and again.
pub fn pointer() -> Pointer {
    Pointer::entry("ours")
}

/// What write number `count` writes; longer and shorter by turns.
pub fn value(count: usize) -> NewValue {
    let padding = "x".repeat(count % 7 * 300);
    let entry = json!({"command": "/opt/relay", "args": ["relay", format!("{count:06}"), padding]});
    NewValue::Entry(entry.as_object().unwrap().clone())
}

/// The whole file after write number `count`, byte for byte.
pub fn whole(first: &[u8], count: usize) -> Vec<u8> {
    match patch(first, &pointer(), &value(count)) {
        Outcome::Changed { bytes, .. } | Outcome::Created { bytes, .. } => {
            bytes.expose_secret().to_vec()
        }
        other => panic!("{other:?}"),
    }
}

/// Which write `bytes` come from: `None` for those of before the first, or for torn ones.
pub fn count_in(bytes: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(bytes).ok()?;
    let digits = text.split_once("\"relay\"")?.1.split('"').nth(1)?;
    digits.parse().ok()
}

fn first(kilobytes: usize) -> String {
    let entry = r#""zoom": {"command":"node", "env":{"ZOOM_CLIENT_SECRET" : "s3cret"}}"#;
    let preferences = "p".repeat(kilobytes * 1024);
    format!(
        "{HEAD} \"preferences\": {{\"p\": \"{preferences}\"}},\n  \"mcpServers\": {{ {entry} {TAIL}"
    )
}

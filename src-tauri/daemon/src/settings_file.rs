//! `settings.json`: read once, changed by the keeper alone, never overwritten while unreadable.

use crate::problem::Misread;
use crate::settings::Settings;
use files::{ReadError, ReplaceError};
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The settings and the file they are in.
pub(crate) struct SettingsFile {
    path: PathBuf,
    settings: Mutex<Settings>,
    /// Why the file could not be read; it is left as it is.
    unreadable: Option<String>,
}

/// Settings that could not be saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SaveError {
    /// The file holds something that would be lost.
    #[error("the settings were not saved, because {0}")]
    Unreadable(String),
    /// The disk failed.
    #[error("the settings were not saved: {0}")]
    Replace(#[from] ReplaceError),
}

impl SettingsFile {
    /// Reads the file; with what could not be used, a sentence each.
    pub(crate) fn open(path: PathBuf) -> (Self, Vec<String>) {
        let (stored, unreadable) = match files::read_json::<Map<String, Value>>(&path) {
            Ok(stored) => (stored, None),
            Err(ReadError::Missing(_)) => (Map::new(), None),
            Err(error) => (Map::new(), Some(error.to_string())),
        };
        let (settings, misread) = Settings::from_json(stored);
        let mut problems: Vec<String> = misread.iter().map(Misread::to_string).collect();
        problems.extend(
            unreadable
                .iter()
                .map(|why| format!("The default settings are used: {why}.")),
        );
        (
            Self {
                path,
                settings: Mutex::new(settings),
                unreadable,
            },
            problems,
        )
    }

    /// The settings as they are.
    pub(crate) fn get(&self) -> Settings {
        self.lock().clone()
    }

    /// Changes and saves them; what could not be saved is not changed.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<(), SaveError> {
        if let Some(why) = &self.unreadable {
            return Err(SaveError::Unreadable(why.clone()));
        }
        let mut settings = self.lock();
        let mut next = settings.clone();
        change(&mut next);
        if next != *settings {
            files::write_json(&self.path, &next.to_json())?;
            *settings = next;
        }
        Ok(())
    }

    /// A panic while it was held leaves the settings whole: they are replaced in one step.
    fn lock(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_back_and_an_unknown_key_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs_err::write(&path, r#"{"theme": "dark"}"#).unwrap();
        let (file, problems) = SettingsFile::open(path.clone());
        assert!(problems.is_empty());
        file.change(|settings| settings.auto_refresh = false)
            .unwrap();
        assert!(!SettingsFile::open(path.clone()).0.get().auto_refresh);
        assert!(fs_err::read_to_string(path).unwrap().contains("theme"));
    }

    #[test]
    fn an_unreadable_file_gives_defaults_and_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs_err::write(&path, "{ not json").unwrap();
        let (file, problems) = SettingsFile::open(path.clone());
        assert!(problems[0].contains("settings.json"), "{problems:?}");
        assert!(file.get().auto_refresh);
        assert!(
            file.change(|settings| settings.auto_refresh = false)
                .is_err()
        );
        assert_eq!(fs_err::read_to_string(path).unwrap(), "{ not json");
    }
}

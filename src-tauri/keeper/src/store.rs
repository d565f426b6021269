//! Where attempts are remembered from process to process: one small file per account.

use crate::news::Explanation;
use files::{ReadError, ReplaceError};
use lifecycle::{Attempts, Now};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use vault::AccountId;

/// Where an account's attempts are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptStore {
    /// In this file.
    File(PathBuf),
    /// Nowhere: they end with the keeper.
    Memory,
}

/// What is written. Fields that are missing have their defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Written {
    pub(crate) attempts: Attempts,
    pub(crate) last_failure: Option<Explanation>,
}

/// What was found.
#[derive(Debug)]
pub(crate) enum Found {
    Written(Written),
    /// Unusable; the sentence says why. The written attempts are assumed to have ended now.
    Assumed(Written, String),
}

impl AttemptStore {
    /// The file for `account` in `folder`.
    #[must_use]
    pub fn in_folder(folder: &Path, account: &AccountId) -> Self {
        Self::File(folder.join(format!("attempts_{account}.json")))
    }

    /// What was written last. If that cannot be told, an attempt is assumed to have been made
    /// at `now`, so that a file that keeps being damaged does not undo the cooldown.
    pub(crate) fn load(&self, now: Now) -> Found {
        let Self::File(path) = self else {
            return Found::Written(Written::default());
        };
        match files::read_json(path) {
            Ok(written) => Found::Written(written),
            Err(ReadError::Missing(_)) => Found::Written(Written::default()),
            Err(error) => {
                let attempts = Attempts {
                    last: Some(now),
                    ..Attempts::default()
                };
                let written = Written {
                    attempts,
                    last_failure: None,
                };
                Found::Assumed(written, format!("Earlier attempts are not known: {error}."))
            }
        }
    }

    pub(crate) fn save(&self, written: &Written) -> Result<(), ReplaceError> {
        match self {
            Self::File(path) => files::write_json(path, written),
            Self::Memory => Ok(()),
        }
    }

    /// Removes the file. None there is no error.
    pub(crate) fn forget(&self) -> std::io::Result<()> {
        let Self::File(path) = self else {
            return Ok(());
        };
        match fs_err::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(folder: &Path) -> AttemptStore {
        AttemptStore::in_folder(folder, &AccountId::new("acc").unwrap())
    }

    #[test]
    fn what_was_written_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        assert!(
            matches!(store.load(Now::default()), Found::Written(found) if found == Written::default())
        );
        let attempts = Attempts {
            failures: 2,
            ..Attempts::default()
        };
        let message = "Zoom said no.".to_owned();
        let last_failure = Some(Explanation {
            message,
            detail: None,
        });
        let written = Written {
            attempts,
            last_failure,
        };
        store.save(&written).unwrap();
        assert!(matches!(store.load(Now::default()), Found::Written(found) if found == written));
        store.forget().unwrap();
        store.forget().unwrap();
        assert!(
            matches!(store.load(Now::default()), Found::Written(found) if found == Written::default())
        );
    }

    #[test]
    fn a_damaged_file_does_not_undo_the_cooldown() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(folder.path().join("attempts_acc.json"), "{\"attempts\":").unwrap();
        let now = Now {
            wall: lifecycle::WallTime(7),
            boot: lifecycle::BootTime(3),
        };
        let Found::Assumed(written, why) = store(folder.path()).load(now) else {
            panic!("a cut file was taken for a whole one");
        };
        assert_eq!(written.attempts.last, Some(now));
        assert!(why.contains("attempts_acc.json"), "{why}");
    }
}

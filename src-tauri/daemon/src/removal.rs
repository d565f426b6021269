//! The folders of ours, removed when a keeper ends that was asked to uninstall.

use files::Folders;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What stays when accounts are kept: the accounts, how their attempts went, their file vault,
/// and the settings, which say where secrets are.
const OF_ACCOUNTS: [&str; 3] = ["accounts.json", "vault", "settings.json"];

/// Attempts are in a file each: `attempts_ID.json`.
const ATTEMPTS: &str = "attempts_";

/// Folders on their way out.
#[derive(Clone, Debug)]
pub(crate) struct Removal {
    folders: Folders,
    keeps_accounts: bool,
}

impl Removal {
    pub(crate) fn new(folders: &Folders, keeps_accounts: bool) -> Self {
        Self {
            folders: folders.clone(),
            keeps_accounts,
        }
    }

    /// The folders that will be gone.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let Folders {
            config,
            data,
            run,
            logs,
            ..
        } = &self.folders;
        let of_accounts = [config, data].into_iter().filter(|_| !self.keeps_accounts);
        of_accounts.chain([logs, run]).cloned().collect()
    }

    /// Removes them, and the folders around them that are ours and empty then. The last step of
    /// a keeper: its lock is in one of them.
    pub(crate) fn carry_out(&self) -> io::Result<()> {
        if self.keeps_accounts {
            empty_but_accounts(&self.folders.config)?;
            empty_but_accounts(&self.folders.data)?;
        }
        for folder in self.folders() {
            gone(fs_err::remove_dir_all(&folder))?;
        }
        for parent in self.parents() {
            if is_empty(&parent) {
                gone(fs_err::remove_dir(&parent))?;
            }
        }
        Ok(())
    }

    /// The folders around ours that are ours too: a home, or a folder of our name.
    fn parents(&self) -> BTreeSet<PathBuf> {
        let is_ours = |folder: &Path| {
            let name = folder.file_name().unwrap_or_default();
            self.folders.home_tag.is_some() || name.eq_ignore_ascii_case("zoomtray")
        };
        let folders = self.folders();
        let parents = folders.iter().filter_map(|folder| folder.parent());
        parents
            .filter(|parent| is_ours(parent))
            .map(Path::to_owned)
            .collect()
    }
}

fn empty_but_accounts(folder: &Path) -> io::Result<()> {
    let listing = match fs_err::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        listing => listing?,
    };
    for entry in listing {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if OF_ACCOUNTS.contains(&name.as_ref()) || name.starts_with(ATTEMPTS) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            gone(fs_err::remove_dir_all(entry.path()))?;
        } else {
            gone(fs_err::remove_file(entry.path()))?;
        }
    }
    Ok(())
}

fn is_empty(folder: &Path) -> bool {
    fs_err::read_dir(folder).is_ok_and(|mut listing| listing.next().is_none())
}

/// What is not there is gone already.
fn gone(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(home: &Path) -> Folders {
        let folders = Folders::under(home).unwrap();
        folders.create().unwrap();
        for file in [
            folders.config.join("settings.json"),
            folders.data.join("accounts.json"),
            folders.data.join("attempts_a.json"),
            folders.data.join("guardian.json"),
            folders.run.join("keeper.lock"),
        ] {
            fs_err::write(file, "{}").unwrap();
        }
        let vault = folders.data.join("vault");
        fs_err::create_dir(&vault).unwrap();
        fs_err::write(vault.join("secret"), "s").unwrap();
        fs_err::create_dir(folders.data.join("claude-backups")).unwrap();
        folders
    }

    #[test]
    fn nothing_is_left_and_a_second_time_is_no_error() {
        let outside = tempfile::tempdir().unwrap();
        let home = outside.path().join("zt");
        let removal = Removal::new(&folders(&home), false);
        removal.carry_out().unwrap();
        assert!(!home.exists());
        removal.carry_out().unwrap();
    }

    #[test]
    fn what_is_not_ours_stays() {
        let home = tempfile::tempdir().unwrap();
        let removal = Removal::new(&folders(home.path()), false);
        fs_err::write(home.path().join("notes.txt"), "mine").unwrap();
        removal.carry_out().unwrap();
        assert_eq!(fs_err::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn accounts_stay_with_all_that_they_need() {
        let home = tempfile::tempdir().unwrap();
        let folders = folders(home.path());
        Removal::new(&folders, true).carry_out().unwrap();
        for kept in ["accounts.json", "attempts_a.json", "vault/secret"] {
            assert!(folders.data.join(kept).exists(), "{kept}");
        }
        assert!(folders.config.join("settings.json").exists());
        for gone in ["guardian.json", "claude-backups"] {
            assert!(!folders.data.join(gone).exists(), "{gone}");
        }
        assert!(!folders.run.exists());
    }
}

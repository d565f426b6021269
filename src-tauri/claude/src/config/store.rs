//! Lock, backups and replacement, in terms of one folder of ours and the config's own folder.

use super::ConfigError;
use files::{BackupError, BackupRing, FileLock, LockAttempt, Mode};
use std::path::{Path, PathBuf};

/// The name of a backup, behind its number.
const BACKUP_NAME: &str = "claude_desktop_config.json";

/// Where lock and backups are.
#[derive(Clone, Debug)]
pub struct Store {
    data: PathBuf,
}

impl Store {
    pub fn new(data: &Path) -> Self {
        Self {
            data: data.to_path_buf(),
        }
    }

    /// The ring of backups, in a folder of ours that is made if missing.
    pub fn ring(&self) -> Result<BackupRing, ConfigError> {
        Ok(BackupRing::open(
            &self.data.join("claude-backups"),
            BACKUP_NAME,
        )?)
    }

    /// Takes the lock and removes what a crash left beside the config in `folder`.
    pub fn lock(&self, folder: &Path) -> Result<FileLock, ConfigError> {
        files::private_folder(&self.data).map_err(BackupError::from)?;
        match FileLock::try_take(&self.data.join("claude-config.lock"), "config")? {
            LockAttempt::Held(lock) => {
                files::sweep(folder).map_err(ConfigError::Io)?;
                Ok(lock)
            }
            LockAttempt::Taken(holder) => Err(ConfigError::Busy {
                pid: holder.map(|holder| holder.pid),
            }),
        }
    }

    /// Keeps `clean`; gives back where.
    pub fn back_up(&self, clean: &[u8]) -> Result<PathBuf, ConfigError> {
        Ok(self.ring()?.keep(clean)?.path)
    }
}

/// Gives the config at `path` the content `bytes`; its mode stays.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), ConfigError> {
    Ok(files::replace(path, bytes, Mode::Keep)?)
}

/// Refuses a file of another user: replacing it would change its owner.
#[cfg(unix)]
pub fn check_owner(path: &Path) -> Result<(), ConfigError> {
    use std::os::unix::fs::MetadataExt;
    let owner = fs_err::metadata(path).map_err(ConfigError::Io)?.uid();
    let user = rustix::process::geteuid().as_raw();
    if owner == user {
        return Ok(());
    }
    Err(ConfigError::OtherOwner {
        path: path.to_path_buf(),
        owner,
        user,
    })
}

/// A file that is replaced on Windows takes its folder's access list.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the Unix form can refuse")]
pub fn check_owner(_: &Path) -> Result<(), ConfigError> {
    Ok(())
}

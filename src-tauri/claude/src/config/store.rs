//! Lock and backups, in one folder of ours.

use super::ConfigError;
use super::trouble;
use files::{BackupError, BackupRing, FileLock, LockAttempt};
use std::io::{self, ErrorKind};
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

    /// Whether anything was ever written from here.
    pub fn is_there(&self) -> bool {
        self.data.is_dir()
    }

    /// The ring of backups, in a folder of ours that is made if missing.
    pub fn ring(&self) -> Result<BackupRing, BackupError> {
        BackupRing::open(&self.data.join("claude-backups"), BACKUP_NAME)
    }

    /// Takes the lock between our own processes.
    pub fn lock(&self) -> Result<FileLock, ConfigError> {
        files::private_folder(&self.data)
            .map_err(|error| ConfigError::Backup(BackupError::from(error)))?;
        match FileLock::try_take(&self.data.join("claude-config.lock"), "config")? {
            LockAttempt::Held(lock) => Ok(lock),
            LockAttempt::Taken(holder) => Err(ConfigError::Busy {
                pid: holder.map(|holder| holder.pid),
            }),
        }
    }

    /// Removes what a killed writer left beside the config at `target` and among the backups;
    /// returns how many files. To be called under the lock.
    pub fn sweep(&self, target: &Path) -> Result<usize, ConfigError> {
        let beside = match files::sweep_beside(target) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            swept => swept.map_err(|error| trouble::of_reading(target, error)),
        }?;
        let ring = self.ring().and_then(|ring| ring.sweep());
        Ok(beside + ring.map_err(ConfigError::Backup)?)
    }

    /// Keeps `clean`, the config at `path` without its secrets; gives back where.
    pub fn back_up(
        &self,
        path: &Path,
        clean: &[u8],
        before: impl Fn(files::Step) -> io::Result<()>,
    ) -> Result<PathBuf, ConfigError> {
        let kept = self.ring().and_then(|ring| ring.keep_with(clean, before));
        let kept = kept.map_err(|error| trouble::of_backing_up(path, error))?;
        Ok(kept.path)
    }
}

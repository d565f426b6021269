//! Why the config file was not read or not written.

use crate::patch::Refusal;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// What went wrong. After each of them the file is whole: the old one, or somebody else's.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// Its content forbids it; nothing was written.
    #[error("{path} was left alone: {refusal}")]
    Refused {
        /// The config.
        path: PathBuf,
        /// What is wrong with it.
        refusal: Refusal,
    },
    /// It or our own folder cannot be read or written. The inner error names the path.
    #[error("Claude's config was left alone: {0}; correct that and try again")]
    Io(#[source] io::Error),
    /// Another process of ours is writing it; nothing was written.
    #[error("Claude's config was left alone: another Zoomtray{} is writing it; try again", .pid.map_or(String::new(), |pid| format!(" (process {pid})")))]
    Busy {
        /// That process, if it said so.
        pid: Option<u32>,
    },
    /// It belongs to another user; nothing was written.
    #[error(
        "{path} was left alone: it belongs to user {owner}, not to you (user {user}); run this as its owner"
    )]
    OtherOwner {
        /// The config.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
        /// Who we are.
        user: u32,
    },
    /// No backup could be kept; nothing was written.
    #[error("Claude's config was left alone: {0}")]
    Backup(#[from] files::BackupError),
    /// The lock could not be taken; nothing was written.
    #[error("Claude's config was left alone: {0}")]
    Lock(#[from] files::LockError),
    /// It could not be replaced; the old one is there.
    #[error(transparent)]
    Replace(#[from] files::ReplaceError),
    /// Somebody else writes it all the time; nothing was written.
    #[error("{path} was left alone: another program keeps changing it; quit Claude and try again")]
    KeepsChanging {
        /// The config.
        path: PathBuf,
    },
    /// Somebody else replaced it at the moment it was written; theirs stays.
    #[error("{path} was overwritten by another program at that moment; quit Claude and try again")]
    Overwritten {
        /// The config.
        path: PathBuf,
    },
    /// It read back damaged, and what was there before was put back.
    #[error("{path} read back damaged and was put back as it was; check the disk, then try again")]
    NotAsWritten {
        /// The config.
        path: PathBuf,
    },
}

//! Why the config file was not read or not written.

use crate::patch::Refusal;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// What went wrong. After each of them but the last two the file is whole and its content the
/// old one, or somebody else's.
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
    /// There is none to read.
    #[error("{path} is not there; start Claude Desktop, which makes it")]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// Something else has its name; nothing was written.
    #[error(
        "{path} was left alone: it is a folder or a device, not a file; move it away and start Claude Desktop, which makes a new one"
    )]
    NotAFile {
        /// The config.
        path: PathBuf,
    },
    /// This user may not read it; nothing was written.
    #[error(
        "{path} was left alone: you may not read it; give yourself the right to read it and try again"
    )]
    Unreadable {
        /// The config.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is marked read-only, which a replacement would get round; nothing was written.
    #[error("{path} was left alone: it is read-only; make it writable and try again")]
    ReadOnly {
        /// The config.
        path: PathBuf,
    },
    /// No file can be made beside it; nothing was written.
    #[error(
        "{path} was left alone: nothing can be written into its folder {folder}; give yourself the right to write there and try again"
    )]
    FolderReadOnly {
        /// The config.
        path: PathBuf,
        /// Its folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Its folder is not there or no folder; nothing was written.
    #[error(
        "{path} was left alone: its folder {folder} is not there; start Claude Desktop, which makes it, and try again"
    )]
    FolderGone {
        /// The config.
        path: PathBuf,
        /// Where the folder should be.
        folder: PathBuf,
    },
    /// No room for the new content or for the backup; nothing was written.
    #[error(
        "{path} was left alone: no room is left on the disk of {folder}; free some and try again"
    )]
    DiskFull {
        /// The config.
        path: PathBuf,
        /// Where room is missing.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another program holds it open and lets nobody else at it; nothing was written.
    #[error(
        "{path} was left alone: another program keeps it open; quit Claude Desktop and try again"
    )]
    InUse {
        /// The config.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It or our own folder cannot be read or written. The inner error names the path.
    #[error("Claude Desktop's config was left alone: {0}; correct that and try again")]
    Io(#[source] io::Error),
    /// Another process of ours is writing it; nothing was written.
    #[error("Claude Desktop's config was left alone: another Zoomtray{} is writing it; try again", .pid.map_or(String::new(), |pid| format!(" (process {pid})")))]
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
    #[error("Claude Desktop's config was left alone: {0}")]
    Backup(#[source] files::BackupError),
    /// There is no backup of that number; nothing was written.
    #[error("there is no backup {number}; list those that are kept and choose another")]
    NoSuchBackup {
        /// The number.
        number: u32,
    },
    /// The lock could not be taken; nothing was written.
    #[error("Claude Desktop's config was left alone: {0}")]
    Lock(#[from] files::LockError),
    /// It could not be replaced; the old one is there.
    #[error(transparent)]
    Replace(files::ReplaceError),
    /// Somebody else writes it all the time; nothing was written.
    #[error(
        "{path} was left alone: another program keeps changing it; quit Claude Desktop and try again"
    )]
    KeepsChanging {
        /// The config.
        path: PathBuf,
    },
    /// Somebody else wrote or removed it at the moment it was written; theirs stays.
    #[error(
        "{path} was overwritten by another program at that moment; quit Claude Desktop and try again"
    )]
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
    /// It has its new content, but may have the old one again after a power cut.
    #[error(
        "{path} was changed, but its disk did not confirm that it will stay so; check the disk"
    )]
    NotSynced {
        /// The config.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It read back damaged, and what was there before could not be put back either.
    #[error(
        "{path} is damaged and could not be put back; check the disk, then restore the newest backup"
    )]
    Damaged {
        /// The config.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

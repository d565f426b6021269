//! What the calls about Claude Desktop answer.

use lifecycle::WallTime;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What became of a change to Claude's config.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It was written; Claude Desktop is not running.
    Written,
    /// The file already was so.
    AlreadySo,
    /// Claude Desktop runs: it is written once that was quit.
    Pending,
}

/// What became of each of several entries, in the order of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deliveries {
    /// The entries.
    pub entries: Vec<EntryDelivery>,
}

/// What became of one of several entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDelivery {
    /// Its name under `mcpServers`.
    pub name: String,
    /// What became of it.
    pub delivery: Delivery,
}

/// The kept copies of Claude's config, newest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Backups {
    /// Each copy.
    pub backups: Vec<BackupView>,
}

/// A copy of Claude's config as it was before a change, its secrets cut out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupView {
    /// Its number; the highest is the newest.
    pub number: u32,
    /// When it was made.
    pub made: WallTime,
    /// Its size in bytes.
    pub bytes: u64,
    /// Where it is.
    pub path: PathBuf,
}

/// A copy that is Claude's config again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Restored {
    /// The copy's number.
    pub number: u32,
    /// JSON pointers to secrets that nobody knows any more: the user has to fill them in.
    pub missing: Vec<String>,
    /// Entries that hold their own again, and so are off.
    pub off: Vec<String>,
    /// Where the file before is, if it was no JSON: beside the config, as it was.
    pub set_aside: Option<PathBuf>,
}

/// The answer to a [`crate::RestartQuestion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestartAnswer {
    /// Restart it.
    Now,
    /// Write the token when the user quits it.
    WhenQuit,
    /// Leave it with its old token; the next one is asked about again.
    NotThisTime,
}

/// What an uninstall did. The keeper ends, and its folders go, behind this answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Uninstalled {
    /// Entries of Claude's config that hold their own again.
    pub entries: Vec<String>,
    /// Accounts that were deleted.
    pub accounts: usize,
    /// The folders that are removed when the keeper ends.
    pub folders: Vec<PathBuf>,
}

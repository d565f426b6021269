//! What a write is to do, and where the content before it went.

use secrecy::{SecretSlice, SecretString};
use std::path::PathBuf;

/// What is to become of the file.
pub enum Plan {
    /// It gets this content.
    Put(SecretSlice<u8>),
    /// It goes: it was made here and nothing is left in it.
    Remove,
    /// It stays.
    Leave,
}

/// A plan, and what the caller wants to know afterwards.
pub struct Proposal<T> {
    /// What is to become of the file.
    pub plan: Plan,
    /// What no backup may hold, besides what sounds secret.
    pub secrets: Vec<SecretString>,
    /// For the caller.
    pub note: T,
}

/// Where the content before a write is.
#[derive(Debug)]
pub enum Kept {
    /// Nothing was written.
    Unchanged,
    /// There was none: no file, or a blank one.
    Blank,
    /// In the ring, its secrets cut out.
    Backup(PathBuf),
    /// Beside the file, as it was: secrets cannot be found in what is no JSON.
    Aside(PathBuf),
}

impl Kept {
    /// The backup, if there is one.
    pub fn backup(self) -> Option<PathBuf> {
        match self {
            Self::Backup(path) => Some(path),
            Self::Unchanged | Self::Blank | Self::Aside(_) => None,
        }
    }
}

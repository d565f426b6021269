//! What a write did.

use crate::patch::Original;
use std::path::PathBuf;

/// What a change of one value did.
#[derive(Debug)]
pub enum Written {
    /// The value was replaced or cut.
    Changed {
        /// What was there.
        original: Original,
        /// The copy of the file before, its secrets cut out; none if there was no file or
        /// nothing in it.
        backup: Option<PathBuf>,
    },
    /// The value was added where there was none, maybe with the file.
    Created {
        /// What was there.
        original: Original,
        /// The copy of the file before, its secrets cut out; none if there was no file or
        /// nothing in it.
        backup: Option<PathBuf>,
    },
    /// Nothing had to be written.
    AlreadySo {
        /// What is there.
        original: Original,
    },
}

/// What a change of the whole document did that is no change of one value: a byte order mark
/// taken off, secrets cut out.
#[derive(Debug)]
pub enum Edited {
    /// It was made.
    Changed {
        /// The copy of the file before, its secrets cut out and without a byte order mark.
        backup: Option<PathBuf>,
    },
    /// Nothing had to be written.
    AlreadySo,
}

/// What came of putting a backup back.
#[derive(Debug)]
pub enum Restored {
    /// It is back.
    Done {
        /// The copy of the file before, its secrets cut out.
        backup: Option<PathBuf>,
        /// Where the file before is if it was no JSON: beside the config, as it was.
        set_aside: Option<PathBuf>,
        /// Where `<redacted>` stands because nobody knows the secret any more, as JSON pointers.
        unfilled: Vec<String>,
    },
    /// The file is like that already.
    AlreadySo,
}

/// What came of looking for what a killed writer left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// So many temporary files were removed.
    Removed(usize),
    /// Another process of ours is writing, and looks after it.
    Busy,
}

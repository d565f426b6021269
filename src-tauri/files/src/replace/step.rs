//! The steps of a replacement, by name: so that an error says where it happened, and so that
//! tests can let each of them fail.
//!
//! A caller passes a function that is called before each step. Outside tests it is
//! [`undisturbed`], which does nothing and is compiled away; nothing that a user sets leads here.

use std::io;

/// A step, in the order they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The temporary file is made beside the target.
    Create,
    /// It is given its content.
    Write,
    /// It is given the target's mode, owner and group.
    Access,
    /// Its content is brought to the disk.
    SyncFile,
    /// It gets the target's name.
    Rename,
    /// The folder's new state is brought to the disk.
    SyncFolder,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Create,
        Self::Write,
        Self::Access,
        Self::SyncFile,
        Self::Rename,
        Self::SyncFolder,
    ];
}

/// Lets every step be taken.
#[inline]
pub fn undisturbed<S>(_: S) -> io::Result<()> {
    Ok(())
}

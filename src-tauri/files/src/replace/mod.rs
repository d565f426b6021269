//! Replacing a file whole: a reader sees the old content or the new, never a part.
//!
//! The new content is written beside the file, synced, and renamed over it. A crash leaves
//! at most a temporary file with a recognisable name, which [`sweep`] removes.

#[cfg(unix)]
mod access_unix;
#[cfg(windows)]
mod access_windows;
mod leftovers;
mod link;
mod rename;
mod staged;
mod step;

#[cfg(unix)]
use access_unix as access;
#[cfg(windows)]
use access_windows as access;

pub use leftovers::{sweep, sweep_beside};
pub use link::target_of;
pub use staged::Staged;
pub use step::{Step, undisturbed};

use std::path::{Path, PathBuf};

/// Who may read the file afterwards. Windows files inherit their folder's access list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only this user: 0600.
    Private,
    /// Mode, owner and group of the file that is replaced; 0600 if there is none.
    Keep,
}

/// A step of a replacement that failed.
#[derive(Debug, thiserror::Error)]
#[error("`{}` {}: {source}", path.display(), if self.replaced() {
    "was changed, but the disk did not confirm that it will stay so"
} else {
    "was not changed"
})]
pub struct ReplaceError {
    /// The file.
    pub path: PathBuf,
    /// The step.
    pub step: Step,
    /// What the system said.
    pub source: std::io::Error,
}

impl ReplaceError {
    pub(crate) fn new(path: &Path, step: Step, source: std::io::Error) -> Self {
        Self {
            path: path.to_owned(),
            step,
            source,
        }
    }

    /// Whether the file has its new content all the same: only the sync after it failed.
    #[must_use]
    pub fn replaced(&self) -> bool {
        self.step == Step::SyncFolder
    }
}

/// Gives `path` the content `bytes`. If `path` is a link, the file it leads to is replaced
/// and the link stays. The folder must exist.
pub fn replace(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), ReplaceError> {
    Staged::write(path, bytes, mode, undisturbed)?.put(undisturbed)
}

/// Removes the file `path` and brings that to the disk.
pub fn remove(path: &Path) -> std::io::Result<()> {
    fs_err::remove_file(path)?;
    access::sync_folder(link::folder_of(path))
}

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod tests;

//! This process's surroundings, for [`Folders`].

use crate::folders::{Folders, FoldersError, Platform, Surroundings};
use std::path::{Path, PathBuf};

impl Folders {
    /// The folders of this process's user, or of its `ZOOMTRAY_HOME`.
    pub fn resolve() -> Result<Self, FoldersError> {
        Self::find(&Surroundings {
            platform: Platform::current(),
            variable: &|name| std::env::var_os(name),
            home: home(),
            user: user(),
            roaming: roaming(),
            local: local(),
            is_ours: &is_ours,
        })
    }
}

#[cfg(unix)]
fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(unix)]
fn home() -> Option<PathBuf> {
    // A user without an entry (a container's number) is a user without a home, and
    // so is one whose entry cannot be read.
    let entry = nix::unistd::User::from_uid(nix::unistd::geteuid())
        .ok()
        .flatten()?;
    entry.dir.is_absolute().then_some(entry.dir)
}

#[cfg(unix)]
fn is_ours(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs_err::symlink_metadata(path)
        .is_ok_and(|metadata| metadata.is_dir() && metadata.uid() == user())
}

#[cfg(unix)]
fn roaming() -> Option<PathBuf> {
    None
}

#[cfg(unix)]
fn local() -> Option<PathBuf> {
    None
}

#[cfg(windows)]
fn user() -> u32 {
    0
}

#[cfg(windows)]
fn home() -> Option<PathBuf> {
    dirs::home_dir()
}

#[cfg(windows)]
fn is_ours(path: &Path) -> bool {
    path.is_dir()
}

#[cfg(windows)]
fn roaming() -> Option<PathBuf> {
    dirs::config_dir()
}

#[cfg(windows)]
fn local() -> Option<PathBuf> {
    dirs::data_local_dir()
}

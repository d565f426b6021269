//! Replacing a file whole: a reader sees the old content or the new, never a part.
//!
//! The new content is written beside the file, synced, and renamed over it. A crash leaves
//! at most a temporary file with a recognisable name, which [`sweep`] removes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The end of every temporary file's name.
const TEMPORARY: &str = ".zoomtray-new";
/// How many links a path may lead through; the limit of Linux.
const LINKS: usize = 40;
/// How often a rename is tried on Windows: with the pauses below for a good second, longer
/// than a virus scanner or an indexer holds a small file, and often enough to find a gap
/// between the reads of a busy reader.
const RENAMES: u32 = 30;
/// The pause after the first refused rename; doubled after each.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// Who may read the file afterwards. Windows files inherit their folder's access list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only this user: 0600.
    Private,
    /// As the file that is replaced; 0600 if there is none.
    Keep,
}

/// A file that could not be replaced. It still has its old content.
#[derive(Debug, thiserror::Error)]
#[error("`{}` was not changed: {source}", path.display())]
pub struct ReplaceError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

impl ReplaceError {
    pub(crate) fn new(path: &Path, source: std::io::Error) -> Self {
        Self {
            path: path.to_owned(),
            source,
        }
    }
}

/// Gives `path` the content `bytes`. If `path` is a link, the file it leads to is replaced
/// and the link stays. The folder must exist.
pub fn replace(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), ReplaceError> {
    replace_target(path, bytes, mode).map_err(|error| ReplaceError::new(path, error))
}

/// Removes the temporary files that a crash left in `folder`; returns how many. To be
/// called by the folder's one writer before it writes.
pub fn sweep(folder: &Path) -> std::io::Result<usize> {
    let mut removed = 0;
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(TEMPORARY) && entry.file_type()?.is_file() {
            fs_err::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn replace_target(path: &Path, bytes: &[u8], mode: Mode) -> std::io::Result<()> {
    let target = follow(path)?;
    let temporary = temporary_beside(&target)?;
    let written = write_new(&temporary, bytes, permissions(&target, mode)?)
        .and_then(|()| rename(&temporary, &target));
    if let Err(error) = written {
        // The first error is the one to report; what stays behind is swept later.
        let _ = fs_err::remove_file(&temporary);
        return Err(error);
    }
    sync_folder(&target)
}

/// The file a chain of links leads to, which need not exist.
fn follow(path: &Path) -> std::io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs_err::symlink_metadata(&path) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let target = fs_err::read_link(&path)?;
                path = folder_of(&path).join(target);
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => return Ok(path),
        }
    }
    Err(std::io::Error::other(format!(
        "`{}` leads through too many links",
        path.display()
    )))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// `.NAME.PID-COUNT.zoomtray-new`: unlike any other name this process or another uses now.
fn temporary_beside(target: &Path) -> std::io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = target
        .file_name()
        .ok_or_else(|| std::io::Error::other(format!("`{}` names no file", target.display())))?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}-{count}{TEMPORARY}", std::process::id()));
    Ok(folder_of(target).join(temporary))
}

/// The permissions to give the new file; `None` leaves 0600, with which it is made.
fn permissions(target: &Path, mode: Mode) -> std::io::Result<Option<std::fs::Permissions>> {
    if mode == Mode::Private || cfg!(windows) {
        return Ok(None);
    }
    match fs_err::metadata(target) {
        Ok(metadata) => Ok(Some(metadata.permissions())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write_new(
    path: &Path,
    bytes: &[u8],
    permissions: Option<std::fs::Permissions>,
) -> std::io::Result<()> {
    let mut file = create_private(path)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

#[cfg(unix)]
fn create_private(path: &Path) -> std::io::Result<fs_err::File> {
    use fs_err::os::unix::fs::OpenOptionsExt;
    // A file of this name can only be the leftover of an earlier process with our number.
    remove_if_there(path)?;
    fs_err::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

#[cfg(windows)]
fn create_private(path: &Path) -> std::io::Result<fs_err::File> {
    // A file of this name can only be the leftover of an earlier process with our number.
    remove_if_there(path)?;
    fs_err::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
}

fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match fs_err::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Renames, and on Windows tries again while another program holds the target open: a
/// reader without delete sharing, a virus scanner or an indexer make the rename fail.
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    let tries = if cfg!(windows) { RENAMES } else { 1 };
    try_often(tries, || rename_once(from, to), std::thread::sleep)
}

/// Makes up to `tries` attempts, with growing pauses, until one succeeds or fails for good.
fn try_often(
    tries: u32,
    mut attempt: impl FnMut() -> std::io::Result<()>,
    mut pause: impl FnMut(Duration),
) -> std::io::Result<()> {
    let mut length = FIRST_PAUSE;
    for _ in 1..tries {
        match attempt() {
            Err(error) if is_passing(error.raw_os_error()) => pause(length),
            outcome => return outcome,
        }
        length = (length * 2).min(LONGEST_PAUSE);
    }
    attempt()
}

#[expect(
    clippy::disallowed_methods,
    reason = "fs_err hides the error number; ReplaceError names the path"
)]
fn rename_once(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::rename(from, to)
}

/// Windows: access denied (5), sharing violation (32), lock violation (33).
fn is_passing(code: Option<i32>) -> bool {
    matches!(code, Some(5 | 32 | 33))
}

#[cfg(unix)]
fn sync_folder(target: &Path) -> std::io::Result<()> {
    fs_err::File::open(folder_of(target))?.sync_all()
}

/// Windows has no such call; NTFS keeps renames in its journal.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the Unix form can fail")]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;

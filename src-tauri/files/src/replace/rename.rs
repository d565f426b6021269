//! The one step that changes what a reader sees.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

/// How often a rename is tried on Windows: with the pauses below for a good second, longer
/// than a virus scanner or an indexer holds a small file, and often enough to find a gap
/// between the reads of a busy reader.
pub(super) const RENAMES: u32 = 30;
/// The pause after the first refused rename; doubled after each.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// Renames, and on Windows tries again while another program holds the target open: a
/// reader without delete sharing, a virus scanner or an indexer make the rename fail.
pub(super) fn over(from: &Path, to: &Path) -> io::Result<()> {
    let tries = if cfg!(windows) { RENAMES } else { 1 };
    try_often(tries, || once(from, to), std::thread::sleep)
}

/// Gives `from` the name `to` if nothing has it: a second name never replaces a file, a rename
/// does. Where the file system has no second names, a look before the rename has to do.
pub(super) fn to_new(from: &Path, to: &Path) -> io::Result<()> {
    match link(from, to) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        Err(_) if to.try_exists()? => Err(ErrorKind::AlreadyExists.into()),
        Err(_) => over(from, to),
        Ok(()) => Ok(()),
    }
}

/// Makes up to `tries` attempts, with growing pauses, until one succeeds or fails for good.
pub(super) fn try_often(
    tries: u32,
    mut attempt: impl FnMut() -> io::Result<()>,
    mut pause: impl FnMut(Duration),
) -> io::Result<()> {
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
pub(super) fn once(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::hard_link(from, to)
}

/// Windows: access denied (5), sharing violation (32), lock violation (33).
pub(super) fn is_passing(code: Option<i32>) -> bool {
    matches!(code, Some(5 | 32 | 33))
}

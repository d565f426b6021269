//! A content that is no JSON, kept beside the config before a backup takes its place. It may
//! hold secrets, so it stays where it was, for this user alone, and its path is told.

use files::{Mode, ReplaceError, Staged, undisturbed};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Writes `bytes` to the first free name `NAME.set-aside-N` and gives back the path.
pub fn keep(path: &Path, bytes: &[u8]) -> Result<PathBuf, ReplaceError> {
    let mut number = 1_u32;
    loop {
        let aside = numbered(path, number);
        let kept = Staged::write(&aside, bytes, Mode::Private, undisturbed)?.put_new(undisturbed);
        match kept {
            Err(error) if error.source.kind() == ErrorKind::AlreadyExists => number += 1,
            kept => return kept.map(|()| aside),
        }
    }
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(format!(".set-aside-{number}"));
    path.with_file_name(name)
}

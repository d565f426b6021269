//! `lockfile`, which nobody else can open.

use super::Held;
use fs_err::os::windows::fs::OpenOptionsExt;
use std::fs::File;
use std::io;
use std::path::Path;

/// The lock, as long as this is not dropped.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of `profile`.
    pub fn take(profile: &Path) -> io::Result<Result<Self, Held>> {
        let opened = fs_err::OpenOptions::new()
            .create(true)
            .write(true)
            .share_mode(0)
            .open(profile.join("lockfile"));
        match opened {
            Ok(file) => Ok(Ok(Self {
                _file: file.into_file(),
            })),
            // ERROR_SHARING_VIOLATION
            Err(error) if error.raw_os_error() == Some(32) => Ok(Err(Held::Running)),
            Err(error) => Err(error),
        }
    }
}

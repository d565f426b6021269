//! The `.env` whose token line is kept fresh.

use crate::env_file::with_value;
use files::{Mode, ReplaceError};
use secrecy::{ExposeSecret, SecretString};
use std::io;
use std::path::Path;

/// The variable that carries the token.
const KEY: &str = "ZOOM_ACCESS_TOKEN";

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// The line was replaced or appended.
    Changed,
    /// It held the token already.
    AlreadySo,
}

/// A `.env` that could not be written; it is as it was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnvError {
    /// It cannot be read.
    #[error("the token was not written: {0}; check the file's permissions")]
    Read(#[from] io::Error),
    /// It cannot be replaced.
    #[error(transparent)]
    Replace(#[from] ReplaceError),
}

/// Puts the token into the file's line, 0600 from then on.
pub(crate) fn write(path: &Path, token: &SecretString) -> Result<Written, EnvError> {
    let before = match fs_err::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error.into()),
    };
    let after = with_value(&before, KEY, token.expose_secret());
    if after == before {
        return Ok(Written::AlreadySo);
    }
    files::replace(path, after.as_bytes(), Mode::Private)?;
    Ok(Written::Changed)
}

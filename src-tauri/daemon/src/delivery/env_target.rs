//! The `.env` whose token line is kept fresh.

use crate::board::Board;
use crate::clock::wall_now;
use crate::delivery::steps::{self, Sequence};
use crate::env_file::with_value;
use control::EventKind;
use files::{Mode, ReplaceError};
use secrecy::{ExposeSecret, SecretString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The variable that carries the token.
const KEY: &str = "ZOOM_ACCESS_TOKEN";

/// The file, if one is kept fresh, and where it is told.
#[derive(Clone)]
pub(crate) struct EnvTarget {
    pub(crate) path: Option<PathBuf>,
    pub(crate) board: Arc<Board>,
    pub(crate) sequence: Sequence,
}

impl EnvTarget {
    /// The `.env` gets the token; memory and vault have it already.
    pub(crate) fn load(&self, token: &SecretString) {
        let Some(path) = &self.path else {
            self.sequence.done(steps::LOAD, Duration::ZERO);
            return;
        };
        let watch = Instant::now();
        match write(path, token) {
            Ok(Written::Changed) => {
                let text = format!("The token was written to {}.", path.display());
                self.board.event(wall_now(), EventKind::Delivered, text);
                self.sequence.done(steps::LOAD, watch.elapsed());
            }
            Ok(Written::AlreadySo) => self.sequence.not_needed(steps::LOAD),
            Err(error) => {
                self.board
                    .event(wall_now(), EventKind::Failed, error.to_string());
                self.sequence.failed(steps::LOAD, watch.elapsed(), &error);
            }
        }
    }
}

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// The line was replaced or appended.
    Changed,
    /// It held the token already.
    AlreadySo,
}

/// A `.env` that could not be written; it is as it was.
#[derive(Debug, thiserror::Error)]
enum EnvError {
    /// It cannot be read.
    #[error("the token was not written: {0}; check the file's permissions")]
    Read(#[from] io::Error),
    /// It cannot be replaced.
    #[error(transparent)]
    Replace(#[from] ReplaceError),
}

/// Puts the token into the file's line, 0600 from then on.
fn write(path: &Path, token: &SecretString) -> Result<Written, EnvError> {
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

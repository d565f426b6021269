//! What the file holds after a write, and putting the old content back if it is damaged.

use super::place::{self, Content, exposed};
use super::writer::Writer;
use super::{ConfigError, Fingerprint, WriteStep};
use files::{Mode, ReplaceError, Staged};
use secrecy::ExposeSecret;
use serde::de::IgnoredAny;
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long somebody who writes at this very moment is waited for, look by look. Claude writes
/// in place; a megabyte takes it milliseconds.
const PAUSES: [Duration; 6] = [
    Duration::ZERO,
    Duration::from_millis(5),
    Duration::from_millis(20),
    Duration::from_millis(50),
    Duration::from_millis(150),
    Duration::from_millis(300),
];

/// What was found where the new content should be.
enum Found {
    Ours,
    Theirs,
    Damaged,
}

impl<B: Fn(WriteStep) -> io::Result<()>> Writer<'_, B> {
    /// Looks whether the file at `target` has its content `new`; gives back its fingerprint. If
    /// it is damaged, `old` comes back.
    pub(super) fn read_back(
        &self,
        target: &Path,
        old: &Content,
        new: &[u8],
    ) -> Result<Fingerprint, ConfigError> {
        let path = target.to_path_buf();
        match self.settled(target, new) {
            Found::Ours => Ok(Fingerprint::of(new)),
            Found::Theirs => Err(ConfigError::Overwritten { path }),
            Found::Damaged => match self.put_back(target, old) {
                Ok(()) => Err(ConfigError::NotAsWritten { path }),
                Err(source) => Err(ConfigError::Damaged { path, source }),
            },
        }
    }

    /// What is there once nobody is in the middle of writing it.
    fn settled(&self, target: &Path, new: &[u8]) -> Found {
        for pause in PAUSES {
            std::thread::sleep(pause);
            let ours = self.at(WriteStep::ReadBack, || place::holds(target, Some(new)));
            if matches!(ours, Ok(true)) {
                return Found::Ours;
            }
            match ours.and_then(|_| place::read(target)) {
                Ok(Some(bytes)) if is_whole(bytes.expose_secret()) => return Found::Theirs,
                Ok(None) | Err(ConfigError::NotAFile { .. } | ConfigError::FolderGone { .. }) => {
                    return Found::Theirs;
                }
                // Somebody is writing it, or the disk fails.
                Ok(Some(_)) | Err(_) => {}
            }
        }
        Found::Damaged
    }

    fn put_back(&self, target: &Path, old: &Content) -> io::Result<()> {
        let before = |step| (self.before)(WriteStep::PutBack(step));
        let Some(old) = exposed(old) else {
            return files::remove(target);
        };
        Staged::write(target, old, Mode::Keep, before)
            .and_then(|staged| staged.put(before))
            .map_err(|error: ReplaceError| error.source)?;
        if fs_err::read(target)? == old {
            return Ok(());
        }
        Err(io::Error::other("it read back damaged again"))
    }
}

/// Whether these bytes are a whole document, whoever wrote it.
fn is_whole(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

//! Our own writes told from those of others.

use super::{ConfigFile, Fingerprint};
use crate::watch::ForeignChange;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What was last written here or last reported as foreign; `None` for no file. Held during a
/// write and during a comparison, so that neither falls into the other.
#[derive(Clone, Debug, Default)]
pub struct Expected(Arc<Mutex<Option<Fingerprint>>>);

impl Expected {
    /// A panic while it was held leaves a value that is at worst reported once more.
    pub fn hold(&self) -> MutexGuard<'_, Option<Fingerprint>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ConfigFile {
    /// Takes what is there now for known, so that only later changes are foreign.
    pub(crate) fn expect_present(&self) {
        *self.expected.hold() = self.fingerprint().ok().flatten();
    }

    /// What is there if it is neither what was written here nor what was reported before.
    pub(crate) fn foreign_change(&self) -> Option<ForeignChange> {
        let mut expected = self.expected.hold();
        // A file that cannot be read now is looked at again at the next event.
        let found = self.fingerprint().ok()?;
        if found == *expected {
            return None;
        }
        *expected = found;
        Some(found.map_or(ForeignChange::Removed, ForeignChange::Content))
    }

    fn fingerprint(&self) -> Result<Option<Fingerprint>, io::Error> {
        match fs_err::read(self.path()) {
            Ok(bytes) => Ok(Some(Fingerprint::of(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

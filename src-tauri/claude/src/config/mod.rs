//! The config file on disk. [`ConfigFile`] is the one thing that writes it, and always so: lock,
//! read, parse strictly, change one value, back up with the secrets cut out, check that nobody
//! wrote meanwhile, replace atomically, read again and compare, put back what was there if the
//! result is damaged.
//!
//! It never creates an entry, and never touches a file that a strict parser does not take.

mod error;
mod reading;
mod store;

pub use error::ConfigError;
pub use reading::{Entry, Fingerprint, Reading};

use crate::patch::{EnvPointer, MAX_BYTES, Original, Outcome, Refusal, patch, redact, restore};
use crate::watch::ForeignChange;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Store;

/// How often a write starts over because somebody else wrote in between.
const ATTEMPTS: usize = 3;

/// Claude Desktop's config file.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
    store: Store,
    /// What was last written here or last reported as foreign; `None` for no file. Held during
    /// a write and during a comparison, so that neither falls into the other.
    expected: Arc<Mutex<Option<Fingerprint>>>,
}

/// What a write did.
#[derive(Debug)]
pub enum Written {
    /// The value was replaced or cut.
    Changed {
        /// What was there.
        original: Original,
        /// The copy of the file before, its secrets cut out.
        backup: PathBuf,
    },
    /// The variable was added to its entry.
    Created {
        /// What was there.
        original: Original,
        /// The copy of the file before, its secrets cut out.
        backup: PathBuf,
    },
    /// Nothing had to be written.
    AlreadySo {
        /// What is there.
        original: Original,
    },
}

impl ConfigFile {
    /// The config at `path`, with lock and backups in `data`, a folder of ours.
    pub fn new(path: impl Into<PathBuf>, data: &Path) -> Self {
        Self {
            path: path.into(),
            store: Store::new(data),
            expected: Arc::default(),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The backups, the newest first: the file before each of the last changes, its secrets
    /// replaced by `<redacted>`.
    pub fn backups(&self) -> Result<Vec<files::Backup>, ConfigError> {
        Ok(self.store.ring()?.list()?)
    }

    /// Reads it strictly.
    pub fn read(&self) -> Result<Reading, ConfigError> {
        Self::look(&self.path)
    }

    /// Reads the config at `path` strictly, without the means to write it.
    pub fn look(path: &Path) -> Result<Reading, ConfigError> {
        let bytes = bytes(path)?;
        Reading::of(bytes.expose_secret()).map_err(|refusal| refused(path, refusal))
    }

    /// Sets the variable `key` of the entry `server`.
    pub fn set_env(
        &self,
        server: &str,
        key: &str,
        value: &SecretString,
    ) -> Result<Written, ConfigError> {
        let pointer = EnvPointer {
            server: server.to_owned(),
            key: key.to_owned(),
        };
        self.write(value, |bytes| patch(bytes, &pointer, value))
    }

    /// Puts `original` back as the variable `key` of the entry `server`.
    pub fn restore_env(
        &self,
        server: &str,
        key: &str,
        original: &Original,
    ) -> Result<Written, ConfigError> {
        let pointer = EnvPointer {
            server: server.to_owned(),
            key: key.to_owned(),
        };
        let known = original.decoded();
        self.write(&known, |bytes| restore(bytes, &pointer, original))
    }

    fn write(
        &self,
        known: &SecretString,
        change: impl Fn(&[u8]) -> Outcome,
    ) -> Result<Written, ConfigError> {
        let mut expected = self.expected();
        let path = fs_err::canonicalize(&self.path).map_err(ConfigError::Io)?;
        store::check_owner(&path)?;
        let _lock = self.store.lock(path.parent().unwrap_or(&path))?;
        for _ in 0..ATTEMPTS {
            let before = bytes(&path)?;
            let outcome = change(before.expose_secret());
            if let Some(written) = self.carry_out(outcome, &path, &before, known, &mut expected)? {
                return Ok(written);
            }
        }
        Err(ConfigError::KeepsChanging {
            path: self.path.clone(),
        })
    }

    /// Makes the change that `outcome` holds; `None` if the file is not `before` any more.
    fn carry_out(
        &self,
        outcome: Outcome,
        path: &Path,
        before: &SecretSlice<u8>,
        known: &SecretString,
        expected: &mut Option<Fingerprint>,
    ) -> Result<Option<Written>, ConfigError> {
        let (new, original, created) = match outcome {
            Outcome::Changed { bytes, original } => (bytes, original, false),
            Outcome::Created { bytes, original } => (bytes, original, true),
            Outcome::AlreadySo { original } => return Ok(Some(Written::AlreadySo { original })),
            Outcome::Refused(refusal) => return Err(refused(&self.path, refusal)),
        };
        let clean = redact(before.expose_secret(), &[known, &original.decoded()])
            .map_err(|refusal| refused(&self.path, refusal))?;
        let backup = self.store.back_up(&clean)?;
        // A foreign write is lost only if it falls between here and the rename.
        if bytes(path)?.expose_secret() != before.expose_secret() {
            return Ok(None);
        }
        *expected = Some(replace(path, before, &new)?);
        Ok(Some(if created {
            Written::Created { original, backup }
        } else {
            Written::Changed { original, backup }
        }))
    }

    /// Takes what is there now for known, so that only later changes are foreign.
    pub(crate) fn expect_present(&self) {
        *self.expected() = self.fingerprint().ok().flatten();
    }

    /// What is there if it is neither what was written here nor what was reported before.
    pub(crate) fn foreign_change(&self) -> Option<ForeignChange> {
        let mut expected = self.expected();
        // A file that cannot be read now is looked at again at the next event.
        let found = self.fingerprint().ok()?;
        if found == *expected {
            return None;
        }
        *expected = found;
        Some(found.map_or(ForeignChange::Removed, ForeignChange::Content))
    }

    fn fingerprint(&self) -> Result<Option<Fingerprint>, io::Error> {
        match fs_err::read(&self.path) {
            Ok(bytes) => Ok(Some(Fingerprint::of(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A panic while it was held leaves a value that is at worst reported once more.
    fn expected(&self) -> MutexGuard<'_, Option<Fingerprint>> {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Replaces `before` by `new` and reads it again.
fn replace(
    path: &Path,
    before: &SecretSlice<u8>,
    new: &SecretSlice<u8>,
) -> Result<Fingerprint, ConfigError> {
    store::replace(path, new.expose_secret())?;
    let after = bytes(path)?;
    if after.expose_secret() == new.expose_secret() {
        return Ok(Fingerprint::of(new.expose_secret()));
    }
    if Reading::of(after.expose_secret()).is_ok() {
        // Whole, but not ours: somebody wrote at that very moment. It is theirs.
        return Err(ConfigError::Overwritten {
            path: path.to_path_buf(),
        });
    }
    store::replace(path, before.expose_secret())?;
    Err(ConfigError::NotAsWritten {
        path: path.to_path_buf(),
    })
}

/// The whole file, if it is not too large to be a config.
fn bytes(path: &Path) -> Result<SecretSlice<u8>, ConfigError> {
    let bytes = fs_err::metadata(path).map_err(ConfigError::Io)?.len();
    if bytes > MAX_BYTES {
        return Err(refused(
            path,
            Refusal::TooLarge {
                bytes,
                limit: MAX_BYTES,
            },
        ));
    }
    fs_err::read(path)
        .map(SecretSlice::from)
        .map_err(ConfigError::Io)
}

fn refused(path: &Path, refusal: Refusal) -> ConfigError {
    ConfigError::Refused {
        path: path.to_path_buf(),
        refusal,
    }
}

#[cfg(test)]
mod tests;

//! The config file on disk. [`ConfigFile`] is the one thing that writes it, and always so: lock,
//! read, parse strictly, change one value, back up with the secrets cut out, check that nobody
//! wrote meanwhile, replace atomically, read again and compare, put back what was there if the
//! result is damaged.
//!
//! It never changes a file that a strict parser does not take, with one exception: a backup that
//! the user chose takes the place of a broken file, which is set aside.

mod aside;
mod change;
mod error;
mod expected;
mod fill;
mod place;
mod plan;
mod read_back;
mod reading;
mod restore_backup;
mod step;
mod store;
mod trouble;
mod writer;
mod written;

pub use error::ConfigError;
pub use reading::{Entry, Fingerprint, Reading};
pub use step::WriteStep;
pub use written::{Edited, Recovered, Restored, Written};

use crate::patch::Refusal;
use expected::Expected;
use plan::{Kept, Proposal};
use secrecy::{ExposeSecret, SecretString};
use std::io;
use std::path::{Path, PathBuf};
use store::Store;
use writer::Writer;

/// Claude Desktop's config file.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
    store: Store,
    expected: Expected,
    known: Vec<SecretString>,
}

impl ConfigFile {
    /// The config at `path`, with lock and backups in `data`, a folder of ours.
    pub fn new(path: impl Into<PathBuf>, data: &Path) -> Self {
        Self {
            path: path.into(),
            store: Store::new(data),
            expected: Expected::default(),
            known: Vec::new(),
        }
    }

    /// The same file, of which no backup may hold one of `known` either, besides what sounds
    /// secret. They are not empty.
    #[must_use]
    pub fn knowing(&self, known: Vec<SecretString>) -> Self {
        Self {
            known,
            ..self.clone()
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads it strictly.
    pub fn read(&self) -> Result<Reading, ConfigError> {
        Self::look(&self.path)
    }

    /// Reads the config at `path` strictly, without the means to write it.
    pub fn look(path: &Path) -> Result<Reading, ConfigError> {
        let Some(bytes) = place::read(path)? else {
            let path = path.to_path_buf();
            return Err(ConfigError::Missing { path });
        };
        Reading::of(bytes.expose_secret()).map_err(|refusal| refused(path, refusal))
    }

    /// The backups, the newest first: the file before each of the last changes, its secrets
    /// replaced by `<redacted>`.
    pub fn backups(&self) -> Result<Vec<files::Backup>, ConfigError> {
        let ring = self.store.ring().map_err(ConfigError::Backup)?;
        ring.list().map_err(ConfigError::Backup)
    }

    /// Removes what a killed writer left beside the file and among the backups. To be called
    /// once by a process that is going to write.
    pub fn recover(&self) -> Result<Recovered, ConfigError> {
        if !self.store.is_there() {
            return Ok(Recovered::Removed(0));
        }
        let target = files::target_of(&self.path);
        let target = target.map_err(|error| trouble::of_reading(&self.path, error))?;
        match self.store.lock() {
            Err(ConfigError::Busy { .. }) => Ok(Recovered::Busy),
            lock => {
                let _lock = lock?;
                self.store.sweep(&target).map(Recovered::Removed)
            }
        }
    }

    fn write<T>(
        &self,
        before: impl Fn(WriteStep) -> io::Result<()>,
        decide: impl Fn(Option<&[u8]>) -> Result<Proposal<T>, Refusal>,
    ) -> Result<(T, Kept), ConfigError> {
        let mut expected = self.expected.hold();
        let writer = Writer::new(&self.path, &self.store, before);
        let decide = |bytes: Option<&[u8]>| {
            let mut proposal = decide(bytes)?;
            proposal.secrets.extend(self.known.iter().cloned());
            Ok(proposal)
        };
        writer.write(decide, &mut expected)
    }
}

fn refused(path: &Path, refusal: Refusal) -> ConfigError {
    let path = path.to_path_buf();
    ConfigError::Refused { path, refusal }
}

#[cfg(test)]
mod made_tests;
#[cfg(test)]
mod restore_backup_tests;
#[cfg(test)]
mod step_tests;
#[cfg(test)]
mod tests;

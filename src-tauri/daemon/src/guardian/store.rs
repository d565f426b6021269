//! The file that keeps the guardian's memory: `guardian.json` in our data folder, no secret.

use super::machine::Guardian;
use super::memory::Memory;
use files::{ReadError, ReplaceError};
use std::path::PathBuf;

/// Where the memory is kept.
#[derive(Clone, Debug)]
pub(crate) struct MemoryFile {
    path: PathBuf,
}

impl MemoryFile {
    /// The file at `path`, and a guardian that knows what it holds; with the reason, in a
    /// sentence, if it cannot be read: then entries are guarded from their next write on.
    pub(crate) fn open(path: PathBuf) -> (Self, Guardian, Option<String>) {
        let (memory, problem) = match files::read_json::<Memory>(&path) {
            Ok(memory) => (memory, None),
            Err(ReadError::Missing(_)) => (Memory::default(), None),
            Err(error) => (Memory::default(), Some(format!("{error}."))),
        };
        (Self { path }, Guardian::new(memory), problem)
    }

    /// Saves it.
    pub(crate) fn save(&self, memory: &Memory) -> Result<(), ReplaceError> {
        files::write_json(&self.path, memory)
    }
}

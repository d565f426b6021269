//! `locations.json` in the settings folder: the user's own names for locations.
//!
//! Read at each use, so that an edit is in force at the next call. What cannot be read is named
//! and does without aliases.

use super::location::Aliases;
use files::{Folders, ReadError};
use std::path::Path;

/// The file's name in the settings folder.
const NAME: &str = "locations.json";

/// The aliases and what is wrong with their file, in a sentence.
pub(crate) fn read() -> (Aliases, Option<String>) {
    match Folders::resolve() {
        Ok(folders) => read_from(&folders.config.join(NAME)),
        Err(error) => (Aliases::default(), Some(not_used(&error))),
    }
}

fn read_from(path: &Path) -> (Aliases, Option<String>) {
    match files::read_json(path) {
        Ok(aliases) => (aliases, None),
        Err(ReadError::Missing(_)) => (Aliases::default(), None),
        Err(error) => (Aliases::default(), Some(not_used(&error))),
    }
}

fn not_used(error: &impl std::fmt::Display) -> String {
    format!("Your aliases of locations are not used: {error}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_named_and_does_without() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        assert_eq!(read_from(&path), (Aliases::default(), None));
        fs_err::write(&path, r#"{"aliases": {"HQ": "Campus"}}"#).unwrap();
        let (aliases, problem) = read_from(&path);
        assert!(aliases.find("hq").is_some());
        assert_eq!(problem, None);
        fs_err::write(&path, r#"{"aliases": {"HQ": 1}}"#).unwrap();
        let (aliases, problem) = read_from(&path);
        assert_eq!(aliases, Aliases::default());
        let problem = problem.unwrap();
        assert!(problem.contains(NAME), "{problem}");
    }
}

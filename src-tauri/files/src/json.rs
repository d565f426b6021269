//! Our own state files: JSON, read with a named outcome and replaced whole.

use crate::replace::{Mode, ReplaceError, Step, replace};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// What is wrong with a JSON text. The text itself is not repeated: it may hold secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not JSON.
    Syntax,
    /// JSON that ends too early: the file was cut.
    Cut,
    /// JSON of another shape than expected.
    Shape,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Syntax => "it is not JSON",
            Self::Cut => "it ends too early",
            Self::Shape => "a value is missing or of another kind than expected",
        })
    }
}

/// Why a state file gave no value.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("there is no file `{}`", .0.display())]
    Missing(PathBuf),
    /// The system refused; the message names the path.
    #[error("{0}; check what is there and its permissions")]
    Unreadable(#[source] std::io::Error),
    /// The content is not what it should be.
    #[error(
        "`{}` cannot be used, {fault} (line {line}, column {column}); correct it or move it away",
        path.display()
    )]
    Invalid {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1; 0 before the first character of a line.
        column: usize,
        /// What is wrong.
        fault: Fault,
    },
}

/// Reads `path` as JSON.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ReadError> {
    let bytes = fs_err::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing(path.to_owned()),
        _ => ReadError::Unreadable(error),
    })?;
    serde_json::from_slice(&bytes).map_err(|error| invalid(path, &error))
}

/// Replaces `path` with `value` as indented JSON, mode 0600.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), ReplaceError> {
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|error| ReplaceError::new(path, Step::Write, error.into()))?;
    bytes.push(b'\n');
    replace(path, &bytes, Mode::Private)
}

fn invalid(path: &Path, error: &serde_json::Error) -> ReadError {
    let fault = match error.classify() {
        serde_json::error::Category::Eof => Fault::Cut,
        serde_json::error::Category::Data => Fault::Shape,
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => Fault::Syntax,
    };
    ReadError::Invalid {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct State {
        count: u32,
    }

    fn outcome_of(text: &str) -> (Fault, usize, usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        fs_err::write(&path, text).unwrap();
        match read_json::<State>(&path) {
            Err(ReadError::Invalid {
                fault,
                line,
                column,
                ..
            }) => (fault, line, column),
            other => panic!("{text:?} gave {other:?}"),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        write_json(&path, &State { count: 3 }).unwrap();
        assert_eq!(read_json::<State>(&path).unwrap(), State { count: 3 });
    }

    #[test]
    fn each_fault_has_its_place() {
        assert_eq!(outcome_of("{\n  \"count\": ,\n}"), (Fault::Syntax, 2, 12));
        assert_eq!(outcome_of("{\n  \"count\": 1"), (Fault::Cut, 2, 12));
        assert_eq!(outcome_of("{\"count\": \"one\"}"), (Fault::Shape, 1, 15));
        assert_eq!(outcome_of(""), (Fault::Cut, 1, 0));
    }

    #[test]
    fn an_error_does_not_repeat_the_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        fs_err::write(&path, "{\"count\": \"hunter2\"}").unwrap();
        let error = read_json::<State>(&path).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }

    #[test]
    fn missing_and_unreadable_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.json");
        assert!(
            matches!(read_json::<State>(&missing), Err(ReadError::Missing(path)) if path == missing)
        );
        assert!(matches!(
            read_json::<State>(folder.path()),
            Err(ReadError::Unreadable(_))
        ));
    }
}

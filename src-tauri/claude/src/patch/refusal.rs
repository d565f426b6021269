//! Why a config file is left alone.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A reason not to touch the file. Each names what is wrong, where, and what helps.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Refusal {
    /// Three bytes EF BB BF come first: Claude cannot parse such a file and empties it.
    #[error(
        "it starts with a byte order mark, which Claude cannot read; take it off with `zoomtrayctl claude mend`"
    )]
    Bom,
    /// A UTF-16 byte order mark, or every second byte zero.
    #[error("it is UTF-16, which Claude cannot read; save it as UTF-8 without BOM")]
    Utf16,
    /// Not UTF-8.
    #[error("it is not UTF-8 from byte {offset} on; save it as UTF-8")]
    NotUtf8 {
        /// Where the first bad byte is.
        offset: usize,
    },
    /// Not strict JSON: trailing comma, comment, cut off, something after the end.
    #[error("it is not JSON at line {line}, column {column}; correct it there")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1, in characters; 0 at the very start of a line.
        column: usize,
    },
    /// The same key twice on the way to the value: readers disagree about which counts.
    #[error("{path} is there more than once; delete all but one")]
    DuplicateKeys {
        /// As a JSON pointer.
        path: String,
    },
    /// Something on the way to the value is not an object.
    #[error("{} is not an object; correct it", named(.path))]
    NotAnObject {
        /// As a JSON pointer; empty for the whole document.
        path: String,
    },
    /// `mcpServers` has no such entry.
    #[error("it has no MCP server named {name}; add it in Claude first, or give another name")]
    NoSuchEntry {
        /// The entry's name.
        name: String,
    },
    /// The entry carries `extensionId`: Claude manages it.
    #[error(
        "the MCP server {name} belongs to a Claude extension, whose settings are in Claude; use an entry of its own"
    )]
    OwnedByExtension {
        /// The entry's name.
        name: String,
    },
    /// Claude refuses anything but strings in `env`.
    #[error("{path} is not a string, which Claude does not accept; put it in quotes or delete it")]
    EnvValueNotString {
        /// As a JSON pointer.
        path: String,
    },
    /// Something else stands there than what was written, and it is not overwritten.
    #[error(
        "{path} was changed since Zoomtray wrote it: it is {found} and was {ours}; delete it or put that back, then try again"
    )]
    ChangedSince {
        /// As a JSON pointer.
        path: String,
        /// What stands there, on one line, its secrets cut out.
        found: String,
        /// What was written there, in the same form.
        ours: String,
    },
    /// More than is ever read.
    #[error("it has {bytes} bytes, more than the {limit} that are read; it is not changed")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
}

/// A JSON pointer as a sentence names it.
fn named(path: &str) -> &str {
    if path.is_empty() {
        "the whole of it"
    } else {
        path
    }
}

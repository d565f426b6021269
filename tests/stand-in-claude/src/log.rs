//! The log: one JSON object a line, appended whole. Holds no value of any variable.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::PathBuf;

/// Where the program tells what it does.
pub struct Log {
    path: Option<PathBuf>,
}

impl Log {
    /// A log at `path`; without one nothing is told.
    pub fn new(path: Option<PathBuf>) -> Self {
        Self { path }
    }

    /// Tells `event` with what belongs to it.
    pub fn tell(&self, event: &str, more: Value) -> io::Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let mut line = json!({"event": event, "pid": std::process::id()});
        if let (Some(line), Value::Object(more)) = (line.as_object_mut(), more) {
            line.extend(more);
        }
        let mut file = fs_err::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)?;
        file.write_all(format!("{line}\n").as_bytes())
    }
}

/// SHA-256 of `text`, in hexadecimal digits.
pub fn hash(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |digits, byte| {
            digits + &format!("{byte:02x}")
        })
}

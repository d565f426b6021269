//! The same in a `.env`: `NAME=value` lines, read as every part of Zoomtray reads them.

use super::name::{Meaning, of_variable};
use super::{Found, Place, SecretName};
use thiserror::Error;

/// Why a `.env` was not read or not changed.
#[derive(Debug, Error)]
pub enum EnvFileError {
    /// It is no text.
    #[error("it is not UTF-8 text; save it as UTF-8")]
    NotText,
    /// A line is no assignment. The line itself may hold a secret and is not shown.
    #[error("line {line} is no NAME=value; correct it")]
    Line {
        /// The line, from 1.
        line: usize,
    },
    /// A value goes over several lines, so that cutting its line would leave a part.
    #[error("a value in it goes over several lines; take {name} out of it by hand")]
    SeveralLines {
        /// The variable.
        name: &'static str,
    },
}

type Pairs = Vec<(String, String)>;

/// What the `.env` holds; nothing if there is no secret in it.
pub fn scan_env_file(bytes: &[u8]) -> Result<Option<Found>, EnvFileError> {
    let mut found = Found {
        entry: None,
        owned_by_extension: false,
        secrets: Vec::new(),
        account_id: None,
        client_id: None,
    };
    for (name, value) in pairs(text(bytes)?)? {
        if let Some(meaning) = of_variable(&name) {
            found.note(meaning, &value, Place::Variable);
        }
    }
    Ok((!found.secrets.is_empty()).then_some(found))
}

/// The `.env` without the lines of these secrets; all other bytes are equal.
pub fn cut_env_file(bytes: &[u8], names: &[SecretName]) -> Result<Vec<u8>, EnvFileError> {
    let before = text(bytes)?;
    let mark = &bytes[..bytes.len() - before.len()];
    let goes = |name: &str| match of_variable(name) {
        Some(Meaning::Secret(name)) => names.contains(&name),
        _ => false,
    };
    let lines = before.split_inclusive('\n');
    let after: String = lines
        .filter(|line| !assigned(line).is_some_and(goes))
        .collect();
    let mut kept = pairs(before)?;
    kept.retain(|(name, _)| !goes(name));
    match pairs(&after) {
        Ok(left) if left == kept => Ok([mark, after.as_bytes()].concat()),
        _ => Err(EnvFileError::SeveralLines {
            name: names.first().map_or("it", |name| name.variable()),
        }),
    }
}

/// The name that a line assigns.
fn assigned(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, _) = line.split_once('=')?;
    Some(name.trim())
}

fn text(bytes: &[u8]) -> Result<&str, EnvFileError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| EnvFileError::NotText)
}

fn pairs(text: &str) -> Result<Pairs, EnvFileError> {
    let mut pairs = Vec::new();
    for pair in dotenvy::from_read_iter(text.as_bytes()) {
        pairs.push(pair.map_err(|error| EnvFileError::Line {
            line: line_of(text, &error),
        })?);
    }
    Ok(pairs)
}

/// The parser quotes the line it does not take; its number is what may be shown.
fn line_of(text: &str, error: &dotenvy::Error) -> usize {
    let dotenvy::Error::LineParse(wrong, _) = error else {
        return 1;
    };
    let first = wrong.lines().next().unwrap_or_default();
    let at = text.lines().position(|line| line == first);
    at.map_or(1, |index| index + 1)
}

//! An original in two parts: text that anybody may read, and the secrets that were in it.
//!
//! Each secret gives way to `<secret N>`. A string that has such a mark of its own is cut out
//! as a whole, so that every mark in the readable text is one that was put there.

use super::document::strict;
use super::known::Known;
use super::original::{Original, OriginalKind};
use super::secrets::{Hidden, find_secrets};
use super::tokens::{TokenKind, Tokens};
use secrecy::{ExposeSecret, SecretString};

/// How a mark starts; its number, from 1, and `>` follow.
const MARK: &str = "<secret ";

/// An [`Original`] taken apart.
#[derive(Clone, Debug)]
pub struct Apart {
    /// What kind of original it is.
    pub kind: OriginalKind,
    /// The JSON as it was written with `<secret 1>`, `<secret 2>` … in it; empty if there was
    /// no value.
    pub readable: String,
    /// What the marks stand for, in their order: JSON text within quotes, escapes as they were.
    pub secrets: Vec<SecretString>,
}

impl Apart {
    pub(super) fn of(original: &Original, known: &[&SecretString]) -> Self {
        let (readable, secrets) = match original {
            Original::Value(raw) => take_apart(raw.expose_secret(), known),
            _ => (String::new(), Vec::new()),
        };
        Self {
            kind: original.kind(),
            readable,
            secrets,
        }
    }

    /// The original again, byte for byte; `None` if a secret that is asked for is missing, or
    /// if the text is no JSON any more.
    #[must_use]
    pub fn put_together(&self) -> Option<Original> {
        let value = match self.kind {
            OriginalKind::Value => Some(fill(&self.readable, &self.secrets)?),
            _ => None,
        };
        Original::from_parts(self.kind, value)
    }
}

/// The secrets in a value, decoded. A value that is a string is one.
pub fn secrets_of(raw: &str) -> Vec<SecretString> {
    let decoded = |hidden: Hidden| {
        let quoted = format!("\"{}\"", &raw[hidden.from..hidden.to]);
        serde_json::from_str::<String>(&quoted)
            .ok()
            .map(SecretString::from)
    };
    hidden_in(raw, &[])
        .into_iter()
        .filter_map(decoded)
        .collect()
}

fn take_apart(raw: &str, known: &[&SecretString]) -> (String, Vec<SecretString>) {
    let (mut readable, mut secrets, mut kept) = (String::new(), Vec::new(), 0);
    for Hidden { from, to } in hidden_in(raw, known) {
        secrets.push(SecretString::from(&raw[from..to]));
        readable.push_str(&raw[kept..from]);
        readable.push_str(MARK);
        readable.push_str(&secrets.len().to_string());
        readable.push('>');
        kept = to;
    }
    readable.push_str(&raw[kept..]);
    (readable, secrets)
}

fn hidden_in(raw: &str, known: &[&SecretString]) -> Vec<Hidden> {
    if raw.starts_with('"') {
        let whole = Hidden {
            from: 1,
            to: raw.len() - 1,
        };
        return Some(whole)
            .filter(|whole| whole.from < whole.to)
            .into_iter()
            .collect();
    }
    find_secrets(raw, true, &Known::secrets(known).and(MARK))
}

fn fill(readable: &str, secrets: &[SecretString]) -> Option<SecretString> {
    strict(readable).ok()?;
    let (mut raw, mut kept) = (String::new(), 0);
    for token in Tokens::of(readable, 0, readable.len()) {
        let text = &readable[token.from..token.to];
        let Some(at) = text.find(MARK).filter(|_| token.kind == TokenKind::String) else {
            continue;
        };
        let (number, _) = text[at + MARK.len()..].split_once('>')?;
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        raw.push_str(&readable[kept..token.from + at]);
        raw.push_str(secrets.get(index)?.expose_secret());
        kept = token.from + at + MARK.len() + number.len() + 1;
    }
    raw.push_str(&readable[kept..]);
    strict(&raw).ok()?;
    Some(SecretString::from(raw))
}

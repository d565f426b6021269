//! Texts that are secrets wherever they stand.

use secrecy::{ExposeSecret, SecretString};

/// The texts, and whether a string must be decoded to see that it has none of them.
pub struct Known<'k> {
    texts: Vec<&'k str>,
    plain: bool,
}

impl<'k> Known<'k> {
    /// These secrets, without the empty ones.
    pub fn secrets(secrets: &[&'k SecretString]) -> Self {
        let texts = secrets.iter().map(|secret| secret.expose_secret());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let plain = texts.iter().all(|text| is_plain(text));
        Self { texts, plain }
    }

    /// As well as `text`.
    pub fn and(mut self, text: &'k str) -> Self {
        self.plain = self.plain && is_plain(text);
        self.texts.push(text);
        self
    }

    /// Whether one of them is in `text`.
    pub fn are_in(&self, text: &str) -> bool {
        self.texts.iter().any(|known| text.contains(known))
    }

    /// Whether it is certain that none is in the string written as `raw`: one that is spelled
    /// without escapes would stand in `raw` as it is, unless `raw` has escapes for letters.
    pub fn are_surely_not_in(&self, raw: &str) -> bool {
        self.plain && !self.are_in(raw) && !raw.contains("\\u")
    }
}

/// Whether every character of it stands for itself in JSON, but where `\u` spells it.
fn is_plain(text: &str) -> bool {
    !text
        .chars()
        .any(|character| matches!(character, '"' | '\\' | '/') || character.is_control())
}

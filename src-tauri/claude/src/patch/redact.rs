//! A copy of a config file without its secrets, for backups.

use super::document::Document;
use super::known::Known;
use super::refusal::Refusal;
use super::secrets::{find_secrets, hide};
use secrecy::SecretString;

/// The document with `<redacted>` for each part of a string that is or may be a secret, and for
/// each string and name that contains one of `known`. All other bytes are equal.
pub fn redact(bytes: &[u8], known: &[&SecretString]) -> Result<Vec<u8>, Refusal> {
    let document = Document::parse(bytes)?;
    let secrets = find_secrets(document.text, false, &Known::secrets(known));
    Ok(hide(document.text, &secrets).into_bytes())
}

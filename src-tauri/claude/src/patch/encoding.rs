//! Bytes as text, and the one repair of an encoding that is offered: a byte order mark cut off.

use super::document::Document;
use super::refusal::Refusal;
use secrecy::SecretSlice;

/// The largest file that is read. Configs of 1 MB are known; ten times that is not a config.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The byte order mark of UTF-8.
const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// What became of a byte order mark.
#[derive(Debug)]
pub enum Stripped {
    /// It is off.
    Changed {
        /// The document without it.
        bytes: SecretSlice<u8>,
    },
    /// There is none.
    NoBom,
    /// Something else is wrong as well, so the document is left alone.
    Refused(Refusal),
}

/// Takes the byte order mark off a document that is fine without it.
#[must_use]
pub fn strip_bom(bytes: &[u8]) -> Stripped {
    let Some(rest) = bytes.strip_prefix(MARK) else {
        return Stripped::NoBom;
    };
    match Document::parse(rest) {
        Ok(_) => Stripped::Changed {
            bytes: SecretSlice::from(rest.to_vec()),
        },
        Err(refusal) => Stripped::Refused(refusal),
    }
}

/// The text of a config file.
pub fn decode(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooLarge {
            bytes: bytes.len() as u64,
            limit: MAX_BYTES,
        });
    }
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Err(Refusal::Bom),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err(Refusal::Utf16),
        // A JSON document starts with an ASCII character, so a zero beside it means UTF-16;
        // a file of zeros (power loss) has two and is no JSON.
        [0, second, ..] if *second != 0 => Err(Refusal::Utf16),
        [first, 0, ..] if *first != 0 => Err(Refusal::Utf16),
        _ => std::str::from_utf8(bytes).map_err(|error| Refusal::NotUtf8 {
            offset: error.valid_up_to(),
        }),
    }
}

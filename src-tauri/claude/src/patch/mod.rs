//! Change one entry, or one variable of one entry, in a config file's bytes, and nothing else.
//!
//! Pure. Every byte outside the one span that is replaced, inserted or cut stays as it was, and
//! the result differs from the input, as JSON, by that value alone. A document that a strict
//! parser does not take is never edited.

mod apart;
mod document;
mod encoding;
mod known;
mod layout;
mod original;
mod pointer;
mod put_back;
mod redact;
mod refusal;
mod secrets;
mod set;
mod sounds;
mod splice;
mod tokens;
mod trail;
mod value;

pub use apart::Apart;
pub(crate) use document::{Document, child, unique};
pub use encoding::{MAX_BYTES, Stripped, strip_bom};
pub use original::{Original, OriginalKind};
pub use pointer::{NewValue, Pointer};
pub use redact::redact;
pub use refusal::Refusal;
pub use sounds::sounds_secret;
pub(crate) use value::{Member, Object, Value};

use put_back::{check_ours, put_back};
use secrecy::SecretSlice;
use set::{Decision, set};
use trail::Trail;

/// What became of a change. Bytes are the whole new document and may hold secrets.
#[derive(Debug)]
pub enum Outcome {
    /// The value was replaced, or cut by [`restore`].
    Changed {
        /// The new document.
        bytes: SecretSlice<u8>,
        /// What was there.
        original: Original,
    },
    /// The value was added where there was none.
    Created {
        /// The new document.
        bytes: SecretSlice<u8>,
        /// What was there.
        original: Original,
    },
    /// Nothing to do.
    AlreadySo {
        /// What is there.
        original: Original,
    },
    /// The document is left alone.
    Refused(Refusal),
}

/// Brings `value` to `pointer`. An entry is made where there is none, in a blank document too; a
/// variable only in an entry that is there.
#[must_use]
pub fn patch(bytes: &[u8], pointer: &Pointer, value: &NewValue) -> Outcome {
    settle(bytes, pointer, |text, trail| {
        set(text, trail, pointer, value)
    })
}

/// Puts `original` back at `pointer`; the inverse of [`patch`], byte for byte, if the file was
/// not changed in between, and the same as JSON if it was. With `ours`, what was written there,
/// it refuses to overwrite anything else; a value that is gone comes back.
#[must_use]
pub fn restore(
    bytes: &[u8],
    pointer: &Pointer,
    original: &Original,
    ours: Option<&NewValue>,
) -> Outcome {
    settle(bytes, pointer, |text, trail| {
        check_ours(trail, pointer, original, ours)?;
        Ok(put_back(text, trail, original))
    })
}

fn settle(
    bytes: &[u8],
    pointer: &Pointer,
    decide: impl FnOnce(&str, &Trail<'_, '_>) -> Result<Decision, Refusal>,
) -> Outcome {
    let attempt = || -> Result<Outcome, Refusal> {
        let document = Document::parse(bytes)?;
        let trail = Trail::find(&document, pointer)?;
        let original = trail.original();
        Ok(match decide(document.text, &trail)? {
            Decision::Replace(splice) => Outcome::Changed {
                bytes: splice.apply(document.text),
                original,
            },
            Decision::Add(splice) => Outcome::Created {
                bytes: splice.apply(document.text),
                original,
            },
            Decision::Nothing => Outcome::AlreadySo { original },
        })
    };
    attempt().unwrap_or_else(Outcome::Refused)
}

/// `text` as a JSON string.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;

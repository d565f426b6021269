//! A config file that was read strictly.
//!
//! `serde_json` decides what is JSON, without building a value and to any depth; where each
//! value stands is then told by the tokens alone, so that no second opinion is asked.

use super::encoding::decode;
use super::refusal::Refusal;
use super::value::{Member, Object, Value};
use serde::de::IgnoredAny;

/// A document's text, known to be strict JSON in UTF-8 or blank.
pub struct Document<'a> {
    /// The text.
    pub text: &'a str,
    value: Option<Value<'a>>,
}

impl<'a> Document<'a> {
    /// Reads `bytes` strictly. Nothing but white space is a document without a value.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let text = decode(bytes)?;
        let value = Value::whole(text);
        if value.is_some() {
            strict(text)?;
        }
        Ok(Self { text, value })
    }

    /// The document as an object, if it is not blank.
    pub fn root(&self) -> Result<Option<Object<'a>>, Refusal> {
        self.value.map(|value| object(value, "")).transpose()
    }

    /// The value of `mcpServers`, if there is one.
    pub fn servers(&self) -> Result<Option<Object<'a>>, Refusal> {
        let Some(root) = self.root()? else {
            return Ok(None);
        };
        unique(&root, "mcpServers", "")?
            .map(|member| object(member.value, "/mcpServers"))
            .transpose()
    }
}

/// Refuses what is not strict JSON.
pub fn strict(text: &str) -> Result<(), Refusal> {
    serde_json::from_str::<IgnoredAny>(text)
        .map(|_| ())
        .map_err(|error| Refusal::NotJson {
            line: error.line(),
            column: characters(text, error.line(), error.column()),
        })
}

/// The characters in the first `bytes` bytes of a line: the parser counts bytes, an editor
/// characters.
fn characters(text: &str, line: usize, bytes: usize) -> usize {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or("");
    let starts = |byte: &&u8| (**byte & 0xC0) != 0x80;
    line.as_bytes().iter().take(bytes).filter(starts).count()
}

/// `value` as an object; `path` names it if it is not.
pub fn object<'a>(value: Value<'a>, path: &str) -> Result<Object<'a>, Refusal> {
    value.as_object().ok_or_else(|| Refusal::NotAnObject {
        path: path.to_owned(),
    })
}

/// The only member `key` of `object`, whose own path is `path`.
pub fn unique<'o, 'a>(
    object: &'o Object<'a>,
    key: &str,
    path: &str,
) -> Result<Option<&'o Member<'a>>, Refusal> {
    let mut found = object.all(key);
    let first = found.next();
    match found.next() {
        Some(_) => Err(Refusal::DuplicateKeys {
            path: child(path, key),
        }),
        None => Ok(first),
    }
}

/// The JSON pointer of `key` below `path`.
pub fn child(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}

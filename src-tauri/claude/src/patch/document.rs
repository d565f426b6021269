//! A config file that was read strictly: text, values, and where each value stands in the text.
//!
//! `serde_json` decides what is JSON, because the tree's parser also takes trailing commas and
//! comments. Duplicate keys survive only in the tree, so they are looked for there.

use super::refusal::Refusal;
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// The largest file that is read. Configs of 1 MB are known; ten times that is not a config.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The deepest nesting that is read: what `serde_json` takes.
const MAX_DEPTH: usize = 127;

/// A document's text, known to be strict JSON in UTF-8.
pub struct Document<'a> {
    /// The text.
    pub text: &'a str,
    root: Value<'a>,
}

impl<'a> Document<'a> {
    /// Reads `bytes` strictly.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let text = decode(bytes)?;
        if depth(bytes) > MAX_DEPTH {
            return Err(Refusal::TooDeep { limit: MAX_DEPTH });
        }
        serde_json::from_str::<serde_json::Value>(text).map_err(|error| not_json(&error))?;
        let tree = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default())
            .map_err(|error| Refusal::NotJson {
                line: error.line_display(),
                column: error.column_display(),
            })?;
        let root = tree.value.ok_or(Refusal::NotJson { line: 1, column: 0 })?;
        Ok(Self { text, root })
    }

    /// The whole document.
    pub fn value(&self) -> &Value<'a> {
        &self.root
    }

    /// The document as an object.
    pub fn root(&self) -> Result<&Object<'a>, Refusal> {
        object(&self.root, "")
    }

    /// The value of `mcpServers`, if there is one.
    pub fn servers(&self) -> Result<Option<&Object<'a>>, Refusal> {
        match unique(self.root()?, "mcpServers", "")? {
            Some(property) => object(&property.value, "/mcpServers").map(Some),
            None => Ok(None),
        }
    }
}

fn decode(bytes: &[u8]) -> Result<&str, Refusal> {
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

/// How deeply brackets nest, those in strings left out.
fn depth(bytes: &[u8]) -> usize {
    let (mut deepest, mut level, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in bytes {
        match (quoted, escaped, byte) {
            (true, true, _) => escaped = false,
            (true, false, b'\\') => escaped = true,
            (_, _, b'"') => quoted = !quoted,
            (false, _, b'{' | b'[') => level += 1,
            (false, _, b'}' | b']') => level = level.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(level);
    }
    deepest
}

fn not_json(error: &serde_json::Error) -> Refusal {
    Refusal::NotJson {
        line: error.line(),
        column: error.column(),
    }
}

/// `value` as an object; `path` names it if it is not.
pub fn object<'v, 'a>(value: &'v Value<'a>, path: &str) -> Result<&'v Object<'a>, Refusal> {
    value.as_object().ok_or_else(|| Refusal::NotAnObject {
        path: path.to_owned(),
    })
}

/// The only property `key` of `object`, whose own path is `path`.
pub fn unique<'v, 'a>(
    object: &'v Object<'a>,
    key: &str,
    path: &str,
) -> Result<Option<&'v ObjectProp<'a>>, Refusal> {
    let mut found = object
        .properties
        .iter()
        .filter(|property| property.name.as_str() == key);
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

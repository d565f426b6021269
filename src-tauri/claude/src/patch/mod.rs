//! Change one variable of one entry in a config file's bytes, and nothing else.
//!
//! Pure. Every byte outside the one span that is replaced, inserted or cut stays as it was, and
//! the result differs from the input, as JSON, by that variable alone. A document that a strict
//! parser does not take is never edited. The tree's own editing calls spread a one-line object
//! over several lines when they add to it, so the tree says where, and the edit is a splice.

mod document;
mod original;
mod redact;
mod refusal;
mod splice;

pub use document::MAX_BYTES;
pub(crate) use document::{Document, child, object, unique};
pub use original::{EnvPointer, Original, OriginalKind};
pub use redact::redact;
pub use refusal::Refusal;

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use splice::{Splice, append, cut};

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
    /// The variable was added to an entry that lacked it.
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

/// Sets the variable at `pointer` to `value`.
#[must_use]
pub fn patch(bytes: &[u8], pointer: &EnvPointer, value: &SecretString) -> Outcome {
    settle(bytes, pointer, |text, site| {
        set(text, site, &pointer.key, value)
    })
}

/// Puts `original` back at `pointer`; the inverse of [`patch`], byte for byte, if the file was
/// not changed in between, and the same as JSON if it was.
#[must_use]
pub fn restore(bytes: &[u8], pointer: &EnvPointer, original: &Original) -> Outcome {
    settle(bytes, pointer, |text, site| {
        put_back(text, site, &pointer.key, original)
    })
}

/// Where the pointer leads in a document.
struct Site<'v, 'a> {
    entry: &'v Object<'a>,
    env: Option<&'v ObjectProp<'a>>,
    variable: Option<&'v ObjectProp<'a>>,
}

/// The decision about a site.
enum Decision {
    Replace(Splice),
    Add(Splice),
    Nothing,
}

fn settle(
    bytes: &[u8],
    pointer: &EnvPointer,
    decide: impl FnOnce(&str, &Site<'_, '_>) -> Result<Decision, Refusal>,
) -> Outcome {
    let attempt = || -> Result<Outcome, Refusal> {
        let document = Document::parse(bytes)?;
        let site = find(&document, pointer)?;
        let original = site.original(document.text);
        Ok(match decide(document.text, &site)? {
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

impl Site<'_, '_> {
    fn original(&self, text: &str) -> Original {
        match (self.env, self.variable) {
            (None, _) => Original::EnvAbsent,
            (Some(_), None) => Original::KeyAbsent,
            (Some(_), Some(variable)) => {
                Original::Value(SecretString::from(raw(text, &variable.value)))
            }
        }
    }
}

fn find<'v, 'a>(document: &'v Document<'a>, pointer: &EnvPointer) -> Result<Site<'v, 'a>, Refusal> {
    let absent = || Refusal::NoSuchEntry {
        name: pointer.server.clone(),
    };
    let servers = document.servers()?.ok_or_else(absent)?;
    let entry = unique(servers, &pointer.server, "/mcpServers")?.ok_or_else(absent)?;
    let path = child("/mcpServers", &pointer.server);
    let entry = object(&entry.value, &path)?;
    if unique(entry, "extensionId", &path)?.is_some() {
        return Err(Refusal::OwnedByExtension {
            name: pointer.server.clone(),
        });
    }
    let env = unique(entry, "env", &path)?;
    let path = child(&path, "env");
    let variable = match env {
        Some(env) => unique(object(&env.value, &path)?, &pointer.key, &path)?,
        None => None,
    };
    match variable {
        Some(found) if found.value.as_string_lit().is_none() => Err(Refusal::EnvValueNotString {
            path: child(&path, &pointer.key),
        }),
        _ => Ok(Site {
            entry,
            env,
            variable,
        }),
    }
}

fn set(
    text: &str,
    site: &Site<'_, '_>,
    key: &str,
    value: &SecretString,
) -> Result<Decision, Refusal> {
    let value = value.expose_secret();
    let literal = quote(value);
    if let Some(variable) = site.variable {
        let same = variable
            .value
            .as_string_lit()
            .is_some_and(|found| found.value == value);
        return Ok(if same {
            Decision::Nothing
        } else {
            replace(variable, literal)
        });
    }
    let member = (key, literal.as_str());
    Ok(Decision::Add(match site.env {
        Some(env) => append(text, object(&env.value, "/env")?, member),
        None => splice::append_object(text, site.entry, "env", member),
    }))
}

fn put_back(
    text: &str,
    site: &Site<'_, '_>,
    key: &str,
    original: &Original,
) -> Result<Decision, Refusal> {
    if let Original::Value(literal) = original {
        return put_value_back(text, site, key, literal);
    }
    let (Some(env), Some(variable)) = (site.env, site.variable) else {
        return Ok(Decision::Nothing);
    };
    let members = object(&env.value, "/env")?;
    let whole = matches!(original, Original::EnvAbsent) && members.properties.len() == 1;
    Ok(Decision::Replace(if whole {
        cut(site.entry, env)
    } else {
        cut(members, variable)
    }))
}

fn put_value_back(
    text: &str,
    site: &Site<'_, '_>,
    key: &str,
    literal: &SecretString,
) -> Result<Decision, Refusal> {
    let literal = literal.expose_secret();
    Ok(match (site.variable, site.env) {
        (Some(variable), _) if raw(text, &variable.value) == literal => Decision::Nothing,
        (Some(variable), _) => replace(variable, literal.to_owned()),
        (None, Some(env)) => {
            Decision::Add(append(text, object(&env.value, "/env")?, (key, literal)))
        }
        (None, None) => Decision::Add(splice::append_object(
            text,
            site.entry,
            "env",
            (key, literal),
        )),
    })
}

fn replace(property: &ObjectProp<'_>, literal: String) -> Decision {
    let range = property.value.range();
    Decision::Replace(Splice {
        from: range.start,
        to: range.end,
        text: literal,
    })
}

fn raw<'t>(text: &'t str, value: &Value<'_>) -> &'t str {
    value.range().text(text)
}

/// `text` as a JSON string.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

//! A copy of a config file without its secrets, for backups.

use super::Document;
use super::refusal::Refusal;
use super::splice::Splice;
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use secrecy::{ExposeSecret, SecretString};

const REDACTED: &str = "\"<redacted>\"";

/// What a secret's name has in it, in upper case.
const WORDS: [&str; 7] = [
    "TOKEN",
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "PRIVATE",
    "CREDENTIAL",
    "AUTH",
];

/// What a secret's name ends in, in upper case.
const ENDINGS: [&str; 4] = ["KEY", "_PAT", "_PWD", "_PASS"];

/// The document with `"<redacted>"` for each string that is or may be a secret: the values of
/// `env` and of flags in `args` whose name sounds like one, addresses with a password in them,
/// and whatever contains one of `known`, names included. All other bytes are equal.
pub fn redact(bytes: &[u8], known: &[&SecretString]) -> Result<Vec<u8>, Refusal> {
    let document = Document::parse(bytes)?;
    let mut found = Vec::new();
    gather(document.value(), &Place::Elsewhere, known, &mut found);
    let mut text = document.text.to_owned();
    for splice in found.iter().rev() {
        text.replace_range(splice.from..splice.to, &splice.text);
    }
    Ok(text.into_bytes())
}

/// Whether a variable or flag of this name holds a secret.
fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace('-', "_");
    WORDS.iter().any(|word| name.contains(word)) || ENDINGS.iter().any(|end| name.ends_with(end))
}

/// Where a value stands, as far as it decides about secrets.
enum Place<'p> {
    /// The value of the variable of this name.
    Env(&'p str),
    /// An argument after this one.
    Argument(&'p str),
    Elsewhere,
}

impl Place<'_> {
    fn hides(&self, value: &str) -> bool {
        match self {
            Self::Env(name) => sounds_secret(name) || has_password(value),
            Self::Argument(before) => {
                let follows = before.starts_with('-') && !before.contains('=');
                let assigns = value
                    .split_once('=')
                    .is_some_and(|(name, _)| sounds_secret(name));
                (follows && sounds_secret(before)) || assigns || has_password(value)
            }
            Self::Elsewhere => false,
        }
    }
}

/// An address of the form `scheme://user:password@host`.
fn has_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority
        .split_once('@')
        .is_some_and(|(user, _)| user.contains(':'))
}

/// Collects the spans to hide, in the order of the text.
fn gather(value: &Value<'_>, place: &Place<'_>, known: &[&SecretString], found: &mut Vec<Splice>) {
    match value {
        Value::StringLit(literal) => {
            if place.hides(&literal.value) || holds(&literal.value, known) {
                let range = literal.range;
                found.push(Splice {
                    from: range.start,
                    to: range.end,
                    text: REDACTED.to_owned(),
                });
            }
        }
        Value::Object(object) => gather_object(object, known, found),
        Value::Array(array) => {
            for element in &array.elements {
                gather(element, &Place::Elsewhere, known, found);
            }
        }
        Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => {}
    }
}

fn gather_object(object: &Object<'_>, known: &[&SecretString], found: &mut Vec<Splice>) {
    for property in &object.properties {
        gather_name(property, known, found);
        match (property.name.as_str(), &property.value) {
            ("env", Value::Object(env)) => {
                for variable in &env.properties {
                    gather_name(variable, known, found);
                    gather(
                        &variable.value,
                        &Place::Env(variable.name.as_str()),
                        known,
                        found,
                    );
                }
            }
            ("args", Value::Array(args)) => gather_arguments(&args.elements, known, found),
            (_, value) => gather(value, &Place::Elsewhere, known, found),
        }
    }
}

fn gather_name(property: &ObjectProp<'_>, known: &[&SecretString], found: &mut Vec<Splice>) {
    if holds(property.name.as_str(), known) {
        let range = property.name.range();
        found.push(Splice {
            from: range.start,
            to: range.end,
            text: REDACTED.to_owned(),
        });
    }
}

fn gather_arguments(args: &[Value<'_>], known: &[&SecretString], found: &mut Vec<Splice>) {
    let mut before = "";
    for argument in args {
        gather(argument, &Place::Argument(before), known, found);
        before = argument
            .as_string_lit()
            .map_or("", |literal| literal.value.as_ref());
    }
}

fn holds(value: &str, known: &[&SecretString]) -> bool {
    known
        .iter()
        .map(|secret| secret.expose_secret())
        .any(|secret| !secret.is_empty() && value.contains(secret))
}

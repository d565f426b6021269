//! One replacement in a text, and how a property is added to or cut from an object.
//!
//! `cut` undoes `append` exactly: what is added stands behind the last property and carries its
//! own separator, and what stood before the closing brace stays there.

use super::quote;
use jsonc_parser::ast::{Object, ObjectProp};
use jsonc_parser::common::Ranged;
use secrecy::SecretSlice;

/// Replaces the bytes `from..to` by `text`.
pub struct Splice {
    /// First byte replaced.
    pub from: usize,
    /// First byte kept again.
    pub to: usize,
    /// What stands there instead.
    pub text: String,
}

impl Splice {
    /// The document with the splice made.
    pub fn apply(&self, document: &str) -> SecretSlice<u8> {
        let parts = [&document[..self.from], &self.text, &document[self.to..]];
        SecretSlice::from(parts.concat().into_bytes())
    }
}

/// How the properties of an object are laid out.
struct Layout<'t> {
    /// White space before a property.
    lead: String,
    /// What stands between a name and its value.
    colon: &'t str,
    /// White space before the closing brace.
    tail: &'t str,
}

impl<'t> Layout<'t> {
    fn of(text: &'t str, object: &Object<'_>) -> Self {
        let Some(last) = object.properties.last() else {
            let tail = &text[object.range.start + 1..object.range.end - 1];
            let lead = if tail.contains('\n') {
                format!("{tail}{}", unit(tail))
            } else {
                String::new()
            };
            return Self {
                lead,
                colon: ": ",
                tail,
            };
        };
        let before = &text[object.range.start..last.range.start];
        let lead = before[before.trim_end().len()..].to_owned();
        let colon = &text[last.name.range().end..last.value.range().start];
        let tail = &text[last.range.end..object.range.end - 1];
        Self { lead, colon, tail }
    }
}

/// One step of indentation in the style of `white`.
fn unit(white: &str) -> &'static str {
    if white.contains('\t') { "\t" } else { "  " }
}

/// Adds a property behind the last of `object`, laid out like that one.
pub fn append(text: &str, object: &Object<'_>, (key, literal): (&str, &str)) -> Splice {
    let Layout { lead, colon, .. } = Layout::of(text, object);
    let (at, comma) = match object.properties.last() {
        Some(last) => (last.range.end, ","),
        None => (object.range.start + 1, ""),
    };
    Splice {
        from: at,
        to: at,
        text: format!("{comma}{lead}{}{colon}{literal}", quote(key)),
    }
}

/// Adds to `object` a property `name` that is an object with one member.
pub fn append_object(text: &str, object: &Object<'_>, name: &str, member: (&str, &str)) -> Splice {
    let Layout { lead, colon, tail } = Layout::of(text, object);
    let member = format!("{}{colon}{}", quote(member.0), member.1);
    let value = if lead.contains('\n') {
        let step = lead.strip_prefix(tail).filter(|step| !step.is_empty());
        format!("{{{lead}{}{member}{lead}}}", step.unwrap_or(unit(&lead)))
    } else {
        format!("{{{member}}}")
    };
    append(text, object, (name, &value))
}

/// Takes `property` out of `object`, with the comma that becomes one too many.
pub fn cut(object: &Object<'_>, property: &ObjectProp<'_>) -> Splice {
    let starts = |found: &&ObjectProp<'_>| found.range.start < property.range.start;
    let before = object.properties.iter().rfind(starts);
    let after = object
        .properties
        .iter()
        .find(|found| found.range.start > property.range.start);
    let (from, to) = match (before, after) {
        (Some(before), _) => (before.range.end, property.range.end),
        (None, Some(after)) => (property.range.start, after.range.start),
        (None, None) => (object.range.start + 1, property.range.end),
    };
    Splice {
        from,
        to,
        text: String::new(),
    }
}

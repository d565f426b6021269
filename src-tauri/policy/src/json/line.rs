//! Finds the line of a place in a document that was read before.

use crate::pointer::Pointer;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The line, from 1, on which `pointer` stands in `text`, or else the deepest place above it
/// that is there. Of equal keys the last is meant.
pub(crate) fn line_of(text: &str, pointer: &Pointer) -> usize {
    let (mut inner, mut at) = (text, start(text));
    for step in pointer.steps() {
        let Some((found, value)) = member(inner, &step).or_else(|| element(inner, &step)) else {
            break;
        };
        at = found.as_ptr().addr() - text.as_ptr().addr();
        inner = value;
    }
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

fn start(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The key and the value of the member `name`, if `text` is an object that has it.
fn member<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let Members(members) = serde_json::from_str(text).ok()?;
    let is_named = |key: &RawValue| {
        serde_json::from_str::<String>(key.get()).is_ok_and(|decoded| decoded == name)
    };
    let last = members.iter().rfind(|(key, _)| is_named(key))?;
    Some((last.0.get(), last.1.get()))
}

/// The element `index`, twice, if `text` is an array that has it.
fn element<'t>(text: &'t str, index: &str) -> Option<(&'t str, &'t str)> {
    let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    let element = elements.get(index.parse::<usize>().ok()?)?.get();
    Some((element, element))
}

/// The members of an object as they are written.
struct Members<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = members.next_entry()? {
            all.push(member);
        }
        Ok(Members(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "\n{ \"a\": 1,\r\n  \"b\\u002f\": [\n    10,\n    { \"c\":\n 1 } ],\n \"a\": 2 }";

    #[test]
    fn places_are_on_the_line_of_their_key_or_element() {
        let root = Pointer::default();
        let list = root.child("b/");
        for (pointer, line) in [
            (root.clone(), 2),
            (list.clone(), 3),
            (list.item(0), 4),
            (list.item(1), 5),
            (list.item(1).child("c"), 5),
        ] {
            assert_eq!(line_of(TEXT, &pointer), line, "{pointer}");
        }
    }

    #[test]
    fn the_last_of_equal_keys_is_meant() {
        assert_eq!(line_of(TEXT, &Pointer::default().child("a")), 7);
    }

    #[test]
    fn what_is_missing_is_on_the_line_of_what_it_is_missing_from() {
        let missing = Pointer::default().child("b/").item(7).child("x");
        assert_eq!(line_of(TEXT, &missing), 3);
    }
}

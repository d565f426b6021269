//! What a tool is called with.
//!
//! Values are looked at and shown masked to the person who is asked; what is written down is
//! names only.

use crate::json;
use crate::pointer::Pointer;
use serde_json::{Map, Value};
use std::fmt;

/// The arguments of one call. Its debug form has their names only.
#[derive(Clone, Default, PartialEq)]
pub struct Arguments {
    pub(crate) object: Map<String, Value>,
    pub(crate) unclear: Option<Unclear>,
}

/// Why a server may take the arguments for others than they are taken for here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unclear {
    /// A key is there more than once: readers disagree about which counts.
    Duplicate(Pointer),
    /// A key differs from another in case alone: some readers take both for the same.
    Variant(Pointer),
    /// Something else than an object.
    NotAnObject,
    /// No JSON that is read here: too deep, a number too large.
    Unreadable,
}

impl Arguments {
    /// Reads the text of `params.arguments` as it stands in the frame; none for a call without.
    #[must_use]
    pub fn read(text: Option<&str>) -> Self {
        let Some(text) = text else {
            return Self::default();
        };
        let Ok(read) = json::read(text) else {
            return Self::unclear(Unclear::Unreadable);
        };
        let duplicate = read.duplicates.into_iter().next().map(Unclear::Duplicate);
        let variant = read.variants.into_iter().next().map(Unclear::Variant);
        let unclear = duplicate.or(variant);
        match read.value {
            Value::Object(object) => Self { object, unclear },
            Value::Null => Self::default(),
            _ => Self::unclear(Unclear::NotAnObject),
        }
    }

    /// The names of the arguments, sorted, without their values.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.object.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    fn unclear(why: Unclear) -> Self {
        Self {
            object: Map::new(),
            unclear: Some(why),
        }
    }
}

impl fmt::Debug for Arguments {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Arguments")
            .field("names", &self.names())
            .field("unclear", &self.unclear)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_top_level_names_are_told_and_in_order() {
        let arguments = Arguments::read(Some(r#"{"topic":"secret","agenda":{"inner":1}}"#));
        assert_eq!(arguments.names(), ["agenda", "topic"]);
    }

    #[test]
    fn the_debug_form_has_no_values() {
        let arguments = Arguments::read(Some(r#"{"password":"open sesame"}"#));
        let shown = format!("{arguments:?}");
        assert!(
            shown.contains("password") && !shown.contains("sesame"),
            "{shown}"
        );
    }

    #[test]
    fn no_arguments_null_and_an_empty_object_are_the_same() {
        assert_eq!(Arguments::read(None), Arguments::read(Some("null")));
        assert_eq!(Arguments::read(None), Arguments::read(Some(" { } ")));
    }

    #[test]
    fn the_order_of_arguments_is_no_difference() {
        let one = Arguments::read(Some(r#"{"a":1,"b":{"c":2,"d":3}}"#));
        let other = Arguments::read(Some(r#"{"b":{"d":3,"c":2},"a":1}"#));
        assert_eq!(one, other);
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_noted() {
        let duplicate = Unclear::Duplicate(Pointer::default().child("a").child("b"));
        let variant = Unclear::Variant(Pointer::default().child("Topic"));
        for (text, unclear) in [
            (r#"{"a":{"b":1,"b":2}}"#, duplicate),
            (r#"{"topic":1,"Topic":2}"#, variant),
            ("[1]", Unclear::NotAnObject),
            ("\"x\"", Unclear::NotAnObject),
            (r#"{"a":1e999}"#, Unclear::Unreadable),
        ] {
            assert_eq!(Arguments::read(Some(text)).unclear, Some(unclear), "{text}");
        }
    }
}

//! Conditions in words, as they follow *must* and *must not*.

use super::{Comparison, Path, Test};
use serde_json::Value;
use std::fmt;

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "args.{}", self.0.join("."))
    }
}

impl fmt::Display for Test {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(value) => write!(formatter, "be {value}"),
            Self::Unequal(value) => write!(formatter, "differ from {value}"),
            Self::OneOf(values) => write!(formatter, "be one of {}", list(values)),
            Self::NoneOf(values) => write!(formatter, "be none of {}", list(values)),
            Self::Compare(comparison, bound) => write!(formatter, "be {comparison} {bound}"),
            Self::Matches(regex) => write!(formatter, "match {regex}"),
            Self::Contains(part) => write!(formatter, "contain {part}"),
            Self::Exists(true) => formatter.write_str("be given"),
            Self::Exists(false) => formatter.write_str("be left out"),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Less => "less than",
            Self::AtMost => "at most",
            Self::Greater => "greater than",
            Self::AtLeast => "at least",
        })
    }
}

fn list(values: &[Value]) -> String {
    let values: Vec<_> = values.iter().map(Value::to_string).collect();
    values.join(", ")
}

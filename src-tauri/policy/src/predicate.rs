//! Conditions on arguments.
//!
//! A condition holds, fails, or is *unclear*: the argument is of a kind that it cannot judge. An
//! unclear condition never lets a call through, neither as `require` nor as `deny_if`.

use crate::arguments::Arguments;
use crate::numeric::{Numeric, same, text_of};
use crate::pointer::Pointer;
use regex::Regex;
use serde_json::Value;
use std::cmp::Ordering;

/// One condition of `require` or `deny_if`.
#[derive(Clone, Debug)]
pub(crate) struct Predicate {
    /// Its place in the file.
    pub(crate) rule: Pointer,
    pub(crate) path: Path,
    pub(crate) test: Test,
    /// What the caller is told instead of the generated reason.
    pub(crate) on_deny: Option<String>,
}

/// The way to an argument: `args.settings.audio`. A number is an element of a list.
#[derive(Clone, Debug)]
pub(crate) struct Path(pub(crate) Vec<String>);

/// What is asked of an argument. `null` counts as not given.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Equal(Value),
    /// Also true of an argument that is not given.
    Unequal(Value),
    OneOf(Vec<Value>),
    /// Also true of an argument that is not given.
    NoneOf(Vec<Value>),
    Compare(Comparison, Value),
    Matches(Regex),
    /// A text holds the text, a list holds the value.
    Contains(Value),
    Exists(bool),
}

/// Which way numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What became of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Holds,
    Fails,
    Unclear,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

impl Predicate {
    pub(crate) fn judge(&self, arguments: &Arguments) -> Truth {
        match self.path.find(arguments) {
            Some(value) => self.test.judge(value),
            None => Truth::from(self.test.holds_of_nothing()),
        }
    }

    /// Why a call is denied of which this is required.
    pub(crate) fn required(&self) -> String {
        let told = || format!("{} must {}.", self.path, self.test);
        self.on_deny.clone().unwrap_or_else(told)
    }

    /// Why a call is denied of which this holds, or may hold.
    pub(crate) fn forbidden(&self, truth: Truth) -> String {
        let (path, test) = (&self.path, &self.test);
        let told = || match truth {
            Truth::Unclear => {
                format!("{path} must not {test}, and is of a kind that cannot be judged by that.")
            }
            Truth::Holds | Truth::Fails => format!("{path} must not {test}."),
        };
        self.on_deny.clone().unwrap_or_else(told)
    }
}

impl Path {
    fn find<'a>(&self, arguments: &'a Arguments) -> Option<&'a Value> {
        let (first, rest) = self.0.split_first()?;
        let first = arguments.object.get(first)?;
        let found = rest.iter().try_fold(first, |value, step| match value {
            Value::Object(object) => object.get(step),
            Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
            _ => None,
        })?;
        (!found.is_null()).then_some(found)
    }
}

impl Test {
    fn holds_of_nothing(&self) -> bool {
        match self {
            Self::Unequal(_) | Self::NoneOf(_) => true,
            Self::Exists(wanted) => !wanted,
            _ => false,
        }
    }

    fn judge(&self, value: &Value) -> Truth {
        match self {
            Self::Equal(wanted) => Truth::from(same(value, wanted)),
            Self::Unequal(unwanted) => Truth::from(!same(value, unwanted)),
            Self::OneOf(wanted) => Truth::from(wanted.iter().any(|one| same(value, one))),
            Self::NoneOf(unwanted) => Truth::from(!unwanted.iter().any(|one| same(value, one))),
            Self::Compare(comparison, bound) => compare(value, *comparison, bound),
            Self::Matches(regex) => {
                text_of(value).map_or(Truth::Unclear, |text| Truth::from(regex.is_match(&text)))
            }
            Self::Contains(part) => contains(value, part),
            Self::Exists(wanted) => Truth::from(*wanted),
        }
    }
}

fn compare(value: &Value, comparison: Comparison, bound: &Value) -> Truth {
    let order = Numeric::of(value)
        .zip(Numeric::of(bound))
        .and_then(|(value, bound)| value.compare(bound));
    order.map_or(Truth::Unclear, |order| {
        Truth::from(comparison.allows(order))
    })
}

fn contains(value: &Value, part: &Value) -> Truth {
    match value {
        Value::Array(elements) => Truth::from(elements.iter().any(|element| same(element, part))),
        _ => match (text_of(value), text_of(part)) {
            (Some(text), Some(part)) => Truth::from(text.contains(part.as_ref())),
            _ => Truth::Unclear,
        },
    }
}

impl Comparison {
    fn allows(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

mod words;

#[cfg(test)]
mod tests;

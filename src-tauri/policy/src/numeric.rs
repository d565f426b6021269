//! How arguments and the values of rules compare.
//!
//! Servers take `"500"` for 500 and Zoom's clients send meeting ids as either, so a number and
//! the text that says it are the same here: a rule cannot be got around by putting quotes.

use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A number. Whole ones are exact, so that long ids are not taken for their neighbours.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numeric {
    Whole(i128),
    Real(f64),
}

impl Numeric {
    /// The number that a JSON value is or, as text, says.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number
                .as_i64()
                .map(i128::from)
                .or_else(|| number.as_u64().map(i128::from))
                .map(Self::Whole)
                .or_else(|| number.as_f64().map(Self::Real)),
            Value::String(text) => Self::said(text.trim()),
            _ => None,
        }
    }

    /// How this number stands to `other`.
    pub(crate) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(left), Self::Whole(right)) => Some(left.cmp(&right)),
            _ => self.real().partial_cmp(&other.real()),
        }
    }

    fn said(text: &str) -> Option<Self> {
        let real = || text.parse::<f64>().ok().filter(|real| real.is_finite());
        text.parse()
            .map(Self::Whole)
            .ok()
            .or_else(|| real().map(Self::Real))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "against a number with a fraction, or one beyond the exact ones"
    )]
    fn real(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real) => real,
        }
    }
}

/// Whether two JSON values are equal: numbers by value, and a text equals the number or the
/// truth value that it says.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    if let (Value::String(left), Value::String(right)) = (left, right) {
        return left == right;
    }
    if let (Some(left), Some(right)) = (Numeric::of(left), Numeric::of(right)) {
        return left.compare(right) == Some(Ordering::Equal);
    }
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b))
        }
        (Value::Object(left), Value::Object(right)) => {
            let has_same = |(name, value)| right.get(name).is_some_and(|other| same(value, other));
            left.len() == right.len() && left.iter().all(has_same)
        }
        (Value::Bool(truth), Value::String(text)) | (Value::String(text), Value::Bool(truth)) => {
            text.trim() == truth.to_string()
        }
        _ => left == right,
    }
}

/// What a text, number or truth value reads as.
pub(crate) fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equal_is_by_value_not_by_spelling() {
        for (left, right) in [
            (json!(1), json!(1.0)),
            (json!("85746065"), json!(85_746_065)),
            (json!(8), json!(" 8.0 ")),
            (json!("true"), json!(true)),
            (
                json!({"a": [1, "2"], "b": null}),
                json!({"b": null, "a": ["1", 2]}),
            ),
        ] {
            assert!(same(&left, &right), "{left} {right}");
            assert!(same(&right, &left), "{right} {left}");
        }
    }

    #[test]
    fn different_values_are_different() {
        for (left, right) in [
            (json!("8"), json!("8.0")),
            (
                json!(9_007_199_254_740_993_i64),
                json!(9_007_199_254_740_992_i64),
            ),
            (json!(1), json!(true)),
            (json!(""), json!(0)),
            (json!("NaN"), json!(0)),
            (json!([1]), json!([1, 2])),
            (json!({"a": 1}), json!({"b": 1})),
            (json!(null), json!("null")),
        ] {
            assert!(!same(&left, &right), "{left} {right}");
            assert!(!same(&right, &left), "{right} {left}");
        }
    }

    #[test]
    fn texts_that_say_no_number_are_none() {
        for text in ["", "x", "NaN", "inf", "0x1F", "1 2"] {
            assert!(Numeric::of(&json!(text)).is_none(), "{text}");
        }
    }
}

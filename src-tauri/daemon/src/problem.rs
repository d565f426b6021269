//! Things the user wrote that cannot be used, each named with what is used instead.

use std::fmt;

/// A value that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread(String);

impl Misread {
    pub(crate) fn empty(name: &str) -> Self {
        Self(format!(
            "{name} is empty; it is treated as not set. Give it a value or remove it."
        ))
    }

    pub(crate) fn empty_number(name: &str, default: u64) -> Self {
        Self(format!(
            "{name} is empty; {default} is used. Set it to {default} or another number, or remove it."
        ))
    }

    pub(crate) fn not_text(name: &str) -> Self {
        Self(format!(
            "{name} is not valid text; it is treated as not set. Set it again."
        ))
    }

    pub(crate) fn not_seconds(name: &str, value: &str, default: u64) -> Self {
        let shown: String = value.chars().take(20).collect();
        Self(format!(
            "{name} is {shown:?}, not a whole number of seconds; {default} is used. Set it to {default} or another number."
        ))
    }

    pub(crate) fn incomplete(missing: &[&str]) -> Self {
        Self(format!(
            "The environment's Zoom credentials are incomplete; they are not used. Set {} too.",
            missing.join(" and ")
        ))
    }

    pub(crate) fn setting(path: &str, wanted: &str, default: &str) -> Self {
        Self(format!(
            "{path} in settings.json is not {wanted}; {default} is used. Correct or remove it."
        ))
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

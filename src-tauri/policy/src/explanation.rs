//! What would become of a call, without counting it.

use crate::denial::Denial;
use crate::pointer::Pointer;
use std::fmt;
use std::time::Duration;

/// What would become of a call made now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// It would be forwarded.
    Forward {
        /// The place that lets it through; none if there is no policy file.
        rule: Option<Pointer>,
    },
    /// A person would be asked.
    Ask {
        /// The place that wants that.
        rule: Pointer,
        /// How long the person would have.
        timeout: Duration,
    },
    /// It would be denied.
    Deny(Denial),
}

impl Explanation {
    /// The place in the policy file that decides; none if there is no file.
    #[must_use]
    pub fn rule(&self) -> Option<&Pointer> {
        match self {
            Self::Forward { rule } => rule.as_ref(),
            Self::Ask { rule, .. } => Some(rule),
            Self::Deny(denial) => Some(&denial.rule),
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forward { rule: None } => {
                formatter.write_str("Forwarded: there is no policy file.")
            }
            Self::Forward { rule: Some(rule) } => write!(formatter, "Forwarded by {rule}."),
            Self::Ask { rule, timeout } => {
                let seconds = timeout.as_secs();
                write!(
                    formatter,
                    "A person is asked and has {seconds} s to answer, by {rule}."
                )
            }
            Self::Deny(denial) => denial.fmt(formatter),
        }
    }
}

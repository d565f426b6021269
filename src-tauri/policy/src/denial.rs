//! Why a call is not forwarded, in a form for machines and in words for the caller.

use crate::limit::Limit;
use crate::pointer::Pointer;
use std::fmt;
use std::time::Duration;

/// A call that is not forwarded. Its text is what the caller is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The place in the policy file that decided; empty for the file as a whole.
    pub rule: Pointer,
    /// What kind of rule it is.
    pub cause: Cause,
    /// What happened and what to do now, as sentences. Holds no value of an argument.
    pub reason: String,
}

/// What kind of rule denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// `hide` names the tool.
    Hidden,
    /// Its `action` is `deny`.
    Action,
    /// It is not listed, and `default` is `deny`.
    Unlisted,
    /// The server could take its arguments for others than the policy does.
    Unclear,
    /// A condition of `require` does not hold.
    Require,
    /// A condition of `deny_if` holds, or may hold.
    DenyIf,
    /// A limit is reached.
    Limit {
        /// When there is room again; none if that depends on calls that wait.
        retry_in: Option<Duration>,
    },
    /// No person allowed it.
    NotApproved(NotApproved),
    /// The policy file has mistakes, and there is no earlier one.
    Broken,
}

/// Why no person allowed a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApproved {
    /// A person said no.
    Denied,
    /// Nobody answered in time.
    TimedOut,
    /// More questions wait than a person would answer.
    TooManyWait,
}

impl Denial {
    pub(crate) fn new(rule: &Pointer, cause: Cause, reason: impl Into<String>) -> Self {
        Self {
            rule: rule.clone(),
            cause,
            reason: reason.into(),
        }
    }

    pub(crate) fn of_limit(limit: &Limit, retry_in: Option<Duration>) -> Self {
        let next = match retry_in {
            // Rounded up: a retry after that long succeeds.
            Some(wait) => format!("Call again in {} s.", wait.as_millis().div_ceil(1000)),
            None => "Call again when a call that waits has ended.".to_owned(),
        };
        let reason = format!("No more than {limit} are allowed. {next}");
        Self::new(&limit.rule, Cause::Limit { retry_in }, reason)
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, reason, .. } = self;
        if rule.as_str().is_empty() {
            write!(formatter, "Denied by the policy. {reason}")
        } else {
            write!(formatter, "Denied by the policy's rule {rule}. {reason}")
        }
    }
}

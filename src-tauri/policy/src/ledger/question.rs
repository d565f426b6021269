//! What a person is asked.

use super::counters::Slots;
use super::held::identical;
use crate::arguments::Arguments;
use crate::call::{Call, Origin};
use crate::denial::{Cause, Denial, NotApproved};
use crate::pointer::Pointer;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

/// A question's number: six digits, short enough to be typed. Taken from the clock, so that a
/// number from before a restart is no other question's after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub u32);

impl fmt::Display for QuestionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:06}", self.0)
    }
}

impl FromStr for QuestionId {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// A question to a person: may this call be forwarded?
#[derive(Clone, Debug)]
pub struct Question {
    /// Its number.
    pub id: QuestionId,
    /// Who calls.
    pub origin: Origin,
    /// The tool.
    pub tool: String,
    /// What it is called with. To be shown masked, and never in a notification.
    pub arguments: Arguments,
    /// The place in the policy file that wants the question.
    pub rule: Pointer,
    /// When it was asked, in milliseconds since the Unix epoch.
    pub asked_ms: i64,
    /// Until when an answer is in time, as `asked_ms`.
    pub until_ms: i64,
    /// On the boot clock.
    pub(super) deadline_ms: i64,
    /// The places under limits of the call that waits; none once it was denied.
    pub(super) slots: Option<Slots>,
}

/// Whether anybody waits for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionState {
    /// The call waits.
    Waiting,
    /// The call was denied; an answer holds for the identical one.
    TimedOut,
}

impl Question {
    /// Whether anybody waits for the answer.
    #[must_use]
    pub fn state(&self) -> QuestionState {
        match self.slots {
            Some(_) => QuestionState::Waiting,
            None => QuestionState::TimedOut,
        }
    }

    pub(super) fn call(&self) -> Call<'_> {
        Call {
            origin: &self.origin,
            tool: &self.tool,
            arguments: &self.arguments,
        }
    }

    pub(super) fn asks_about(&self, call: &Call<'_>) -> bool {
        identical(&self.call(), call)
    }

    pub(super) fn denied(&self) -> Denial {
        let reason = "The person who was asked denied this call. Do not repeat it unasked.";
        let cause = Cause::NotApproved(NotApproved::Denied);
        Denial::new(&self.rule, cause, reason)
    }

    pub(super) fn timed_out(&self) -> Denial {
        let seconds = (self.until_ms - self.asked_ms) / 1000;
        let reason = format!(
            "Nobody allowed this call within {seconds} s. Ask the user to allow it in Zoomtray, \
             then make the same call again within five minutes."
        );
        let cause = Cause::NotApproved(NotApproved::TimedOut);
        Denial::new(&self.rule, cause, reason)
    }
}

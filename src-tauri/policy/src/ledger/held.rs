//! What a person allowed and nobody has made use of yet.

use super::question::Question;
use crate::arguments::Arguments;
use crate::call::{Call, Origin};
use crate::time::Now;

/// How long an answer that came too late holds for the identical call: five minutes.
pub(super) const HOLDS_MS: i64 = 5 * 60 * 1000;

/// One allowed call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    origin: Origin,
    tool: String,
    arguments: Arguments,
    /// On the boot clock.
    pub(super) until_ms: i64,
}

impl Held {
    /// What was asked, allowed at `now`.
    pub(super) fn of(now: Now, question: Question) -> Self {
        Self {
            origin: question.origin,
            tool: question.tool,
            arguments: question.arguments,
            until_ms: now.boot_ms.saturating_add(HOLDS_MS),
        }
    }

    pub(super) fn lives(&self, now: Now) -> bool {
        now.boot_ms < self.until_ms
    }

    /// Whether it allows this call.
    pub(super) fn allows(&self, call: &Call<'_>) -> bool {
        let told = Call {
            origin: &self.origin,
            tool: &self.tool,
            arguments: &self.arguments,
        };
        identical(&told, call)
    }
}

/// Whether a call is the one that a person was told of: entry, account, tool and arguments. A
/// client that starts its relay anew may repeat a call in another session.
pub(super) fn identical(told: &Call<'_>, call: &Call<'_>) -> bool {
    told.origin.entry == call.origin.entry
        && told.origin.account == call.origin.account
        && told.tool == call.tool
        && told.arguments == call.arguments
}

//! How an attempt ends, by what must happen next.

use crate::lifetime::Granted;
use crate::time::WallTime;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The end of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new token.
    Granted(Granted),
    /// Zoom said no. Three in a row suspend.
    Answered(Answered),
    /// Nothing usable came back; worth another try.
    Transient {
        /// What went wrong.
        kind: Transient,
        /// When Zoom wants to be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// The request was not made: something on this machine failed.
    Local(Local),
}

/// `Retry-After`, in either of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this long.
    In(Duration),
    /// At this time.
    At(WallTime),
}

impl RetryAfter {
    /// How long to wait from `now`.
    #[must_use]
    pub fn wait(self, now: WallTime) -> Duration {
        match self {
            Self::In(span) => span,
            Self::At(time) => now.until(time),
        }
    }
}

/// What Zoom refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Client id or client secret is wrong.
    InvalidClient,
    /// The grant is not given to this app.
    InvalidGrant,
    /// The account id is not the app's.
    UnknownAccount,
    /// The app is not of the kind that may ask for this grant.
    UnsupportedGrant,
    /// The app is switched off.
    Disabled,
    /// Any other refusal.
    Other,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transient {
    /// No connection: name, address or route.
    Unreachable,
    /// The connection is not trusted.
    Tls,
    /// No answer in time.
    TimedOut,
    /// Zoom asks for fewer requests (429).
    RateLimited,
    /// Zoom has a fault of its own (5xx, 408).
    ServerError,
    /// The answer is a page, is cut, or is no JSON.
    Unreadable,
}

/// What failed on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Local {
    /// The vault is locked.
    VaultLocked,
    /// The vault fails or hangs.
    VaultFailed,
    /// The vault has no client secret for the account.
    SecretMissing,
}

/// Every end but a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "what", rename_all = "snake_case")]
pub enum Failure {
    /// Zoom said no.
    Answered(Answered),
    /// Nothing usable came back.
    Transient(Transient),
    /// Something on this machine failed.
    Local(Local),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_retry_after_give_a_wait() {
        let now = WallTime(1_000);
        let ten = Duration::from_secs(10);
        assert_eq!(RetryAfter::In(ten).wait(now), ten);
        assert_eq!(RetryAfter::At(WallTime(11_000)).wait(now), ten);
        assert_eq!(RetryAfter::At(WallTime(500)).wait(now), Duration::ZERO);
    }
}

//! The numbers by which an account's token is kept.

use std::time::Duration;

/// Least time between the starts of two attempts for one account, whoever asks.
pub const COOLDOWN: Duration = Duration::from_secs(30);

/// Longest a token request may take. Shorter than [`COOLDOWN`], so that an attempt has
/// ended before the next may start and attempts never overlap.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// Longest sleep without a look at both clocks while a token lives: a suspended machine or
/// a clock that was set is noticed within this time.
pub const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// How long callers wait for a new token to be saved before they get it unsaved. Shorter
/// than the 20 s a tool call is held, so that a vault that hangs fails no call.
pub const SAVE_PATIENCE: Duration = Duration::from_secs(2);

/// How long after a failed save of a refresh token the next try is made: seldom enough for a
/// locked keychain, often enough that little is lost with a process that ends.
pub(crate) const SAVE_AGAIN: Duration = Duration::from_secs(5);

/// Answered failures in a row after which only the user can cause an attempt.
pub(crate) const REFUSALS_TO_SUSPEND: u32 = 3;

/// A rejection within this time of issue counts against the new token itself.
pub(crate) const YOUNG: Duration = Duration::from_mins(1);

/// Successive tokens rejected while young after which attempts stop.
pub(crate) const YOUNG_REJECTIONS_TO_SUSPEND: u32 = 2;

/// Transient failures are retried at the cooldown's pace until this long after expiry.
pub(crate) const EAGER_AFTER_EXPIRY: Duration = Duration::from_mins(10);

/// A refresh waits for this part of the lifetime at least, so that a threshold longer than
/// the lifetime does not refresh without end.
pub(crate) const EARLIEST_REFRESH: u32 = 4;

/// Longest `Retry-After` obeyed: Zoom's longest limits are daily.
pub(crate) const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(24);

/// What a user or the caller can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// A refresh starts when less than this is left (`ZOOM_AUTO_REFRESH_THRESHOLD`).
    pub threshold: Duration,
    /// Whether tokens are refreshed unasked. If not, callers and the user still cause
    /// attempts.
    pub auto_refresh: bool,
    /// Spreads the back-off of many installations; any number.
    pub jitter_seed: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            threshold: Duration::from_mins(5),
            auto_refresh: true,
            jitter_seed: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_ends_before_the_next_may_start() {
        assert!(REQUEST_TIMEOUT < COOLDOWN);
    }

    #[test]
    fn a_request_and_its_save_end_before_the_next_may_start() {
        assert!(REQUEST_TIMEOUT + SAVE_PATIENCE < COOLDOWN);
    }

    #[test]
    fn retries_come_more_often_than_young_tokens_age() {
        assert!(
            COOLDOWN < YOUNG,
            "two young rejections must fit around one cooldown"
        );
    }

    #[test]
    fn the_threshold_is_five_minutes() {
        assert_eq!(Policy::default().threshold, Duration::from_mins(5));
    }
}

//! What is remembered about attempts from process to process.
//!
//! Written before each request, so that fifty short commands keep the cooldown of one
//! process. Nothing read back may put off an attempt for longer than its own rule allows,
//! whatever the clock has done meanwhile.

use crate::condition::SuspendReason;
use crate::generation::Generation;
use crate::health::Span;
use crate::outcome::Failure;
use crate::rotating::DeadGrant;
use crate::time::{Now, WallTime};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The attempts for one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempts {
    /// When the last attempt was started, on both clocks.
    pub last: Option<Now>,
    /// How the last attempt that ended did.
    pub ended: Option<Ended>,
    /// When the last attempt that brought a token was started, on both clocks: a token read
    /// back within the boot is held against it.
    pub refreshed: Option<Now>,
    /// Failures of every kind since the last token.
    pub failures: u32,
    /// Refusals by Zoom since the last token.
    pub refusals: u32,
    /// Failures since the pace slowed down.
    pub late: u32,
    /// When Zoom last asked for patience, and until when.
    pub retry_after: Option<Span>,
    /// Why only the user can cause an attempt, if so.
    pub suspended: Option<SuspendReason>,
    /// The newest token there has been.
    pub generation: Generation,
    /// The newest token that Zoom's API rejected.
    pub rejected: Option<Generation>,
    /// Successive tokens rejected while young.
    pub young_rejections: u32,
    /// When the last attempt with a refresh token was started of which it is known what became of
    /// the refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<WallTime>,
    /// The sign-in that has ended, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_grant: Option<DeadGrant>,
}

/// An attempt that ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When it was started.
    pub at: WallTime,
    /// What went wrong; none if it brought a token.
    pub failure: Option<Failure>,
}

impl Attempts {
    /// How long ago the last attempt was started; a time to come counts as now.
    ///
    /// The boot clock counts if it can belong to this boot; of the two the shorter is
    /// taken, so that a clock set forward does not end the cooldown.
    pub(crate) fn since_last(&self, now: Now) -> Option<Duration> {
        let last = self.last?;
        let by_wall = last.wall.until(now.wall);
        let same_boot = last.boot <= now.boot;
        Some(if same_boot {
            by_wall.min(last.boot.until(now.boot))
        } else {
            by_wall
        })
    }

    /// How long Zoom still wants to be left alone; never longer than it said.
    pub(crate) fn patience(&self, now: WallTime) -> Duration {
        self.retry_after.map_or(Duration::ZERO, |span| {
            now.until(span.expires).min(span.lifetime())
        })
    }

    /// Forgets failures: the credentials are new. The end of a sign-in stays.
    pub(crate) fn forgive(&mut self) {
        self.failures = 0;
        self.refusals = 0;
        self.late = 0;
        self.young_rejections = 0;
        self.retry_after = None;
        self.suspended = self.dead_grant.map(|_| SuspendReason::SignInAgain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::BootTime;

    fn now(wall_s: i64, boot_s: u64) -> Now {
        Now {
            wall: WallTime(wall_s * 1000),
            boot: BootTime(boot_s * 1000),
        }
    }

    fn attempted(last: Now) -> Attempts {
        Attempts {
            last: Some(last),
            ..Attempts::default()
        }
    }

    #[test]
    fn a_last_attempt_in_the_future_counts_as_now() {
        let attempts = attempted(now(9_000, 500));
        assert_eq!(attempts.since_last(now(100, 20)), Some(Duration::ZERO));
    }

    #[test]
    fn a_clock_set_forward_does_not_age_the_last_attempt() {
        let attempts = attempted(now(100, 500));
        assert_eq!(
            attempts.since_last(now(9_000, 510)),
            Some(Duration::from_secs(10))
        );
    }

    #[test]
    fn after_a_boot_the_wall_clock_counts() {
        let attempts = attempted(now(100, 500));
        assert_eq!(
            attempts.since_last(now(400, 20)),
            Some(Duration::from_mins(5))
        );
    }

    #[test]
    fn patience_is_never_longer_than_zoom_asked_for() {
        let told = Span {
            issued: WallTime(1_000_000),
            expires: WallTime(1_060_000),
        };
        let attempts = Attempts {
            retry_after: Some(told),
            ..Attempts::default()
        };
        assert_eq!(
            attempts.patience(WallTime(1_030_000)),
            Duration::from_secs(30)
        );
        assert_eq!(
            attempts.patience(WallTime(0)),
            Duration::from_mins(1),
            "clock set back"
        );
    }

    #[test]
    fn attempts_survive_json_and_missing_fields() {
        let attempts = Attempts {
            failures: 2,
            ..attempted(now(1, 2))
        };
        let text = serde_json::to_string(&attempts).unwrap();
        assert_eq!(serde_json::from_str::<Attempts>(&text).unwrap(), attempts);
        assert_eq!(
            serde_json::from_str::<Attempts>("{}").unwrap(),
            Attempts::default()
        );
    }
}

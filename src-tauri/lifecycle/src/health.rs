//! How much of a token's hour is left, in the four words every surface uses.

use crate::time::WallTime;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What is left of a token, by the boundaries of [`Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// More than a quarter of the lifetime, or 15 minutes.
    Fresh,
    /// Down to a twelfth of the lifetime, or 5 minutes.
    ExpiringSoon,
    /// Below that: a refresh has started.
    ExpiringVerySoon,
    /// Nothing.
    Expired,
}

impl Health {
    /// Health of a token of lifetime `lifetime` with `remaining` left.
    ///
    /// The boundaries are 15 and 5 minutes of an hour, scaled down for shorter lives:
    /// min(15 min, L/4) and min(5 min, L/12).
    #[must_use]
    pub fn of(remaining: Duration, lifetime: Duration) -> Self {
        if remaining.is_zero() {
            Self::Expired
        } else if remaining > soon(lifetime) {
            Self::Fresh
        } else if remaining > very_soon(lifetime) {
            Self::ExpiringSoon
        } else {
            Self::ExpiringVerySoon
        }
    }

    /// The mark in the terminal's status line.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Fresh => "✅",
            Self::ExpiringSoon => "📊",
            Self::ExpiringVerySoon => "⚠️",
            Self::Expired => "❌",
        }
    }
}

/// Remaining time at which *fresh* ends.
#[must_use]
pub fn soon(lifetime: Duration) -> Duration {
    Duration::from_mins(15).min(lifetime / 4)
}

/// Remaining time at which *expiring very soon* begins.
#[must_use]
pub fn very_soon(lifetime: Duration) -> Duration {
    Duration::from_mins(5).min(lifetime / 12)
}

/// A token's life on the user's clock: instants, so that viewers count down themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The instant before the request that brought it.
    pub issued: WallTime,
    /// When Zoom stops accepting it.
    pub expires: WallTime,
}

impl Span {
    /// From issue to expiry.
    #[must_use]
    pub fn lifetime(self) -> Duration {
        self.issued.until(self.expires)
    }

    /// What is left at `now`; more than the lifetime means the clock was set back: nothing.
    #[must_use]
    pub fn remaining(self, now: WallTime) -> Duration {
        let left = now.until(self.expires);
        if left > self.lifetime() {
            Duration::ZERO
        } else {
            left
        }
    }

    /// Health at `now`.
    #[must_use]
    pub fn health(self, now: WallTime) -> Health {
        Health::of(self.remaining(now), self.lifetime())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn health(left_s: u64, lifetime_s: u64) -> Health {
        Health::of(Duration::from_secs(left_s), Duration::from_secs(lifetime_s))
    }

    #[test]
    fn an_hours_boundaries_are_fifteen_and_five_minutes() {
        let cases = [
            (901, Health::Fresh),
            (900, Health::ExpiringSoon),
            (301, Health::ExpiringSoon),
            (300, Health::ExpiringVerySoon),
            (1, Health::ExpiringVerySoon),
            (0, Health::Expired),
        ];
        for (left, goal) in cases {
            assert_eq!(health(left, 3600), goal, "{left} s of an hour");
        }
    }

    #[test]
    fn boundaries_shrink_with_short_lives_and_stay_for_long_ones() {
        assert_eq!(health(16, 60), Health::Fresh);
        assert_eq!(health(15, 60), Health::ExpiringSoon);
        assert_eq!(health(5, 60), Health::ExpiringVerySoon);
        assert_eq!(health(901, 36_000), Health::Fresh);
    }

    #[test]
    fn each_health_has_its_own_mark() {
        let all = [
            Health::Fresh,
            Health::ExpiringSoon,
            Health::ExpiringVerySoon,
            Health::Expired,
        ];
        assert_eq!(all.map(Health::mark), ["✅", "📊", "⚠️", "❌"]);
    }

    #[test]
    fn more_left_than_the_lifetime_is_nothing() {
        let span = Span {
            issued: WallTime(10_000),
            expires: WallTime(70_000),
        };
        assert_eq!(span.remaining(WallTime(10_000)), Duration::from_mins(1));
        assert_eq!(
            span.remaining(WallTime(9_999)),
            Duration::ZERO,
            "the clock was set back"
        );
        assert_eq!(span.health(WallTime(70_000)), Health::Expired);
    }
}

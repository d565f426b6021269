//! When a token ends, on two clocks.
//!
//! Within a boot the sleep-counting clock decides. A token loaded from the vault knows its
//! wall times only, so the wall clock may end it earlier, never later.

use crate::generation::Generation;
use crate::health::Span;
use crate::policy::EARLIEST_REFRESH;
use crate::time::{BootTime, Now};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A token as the vault keeps it, beside its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenMeta {
    /// Its name.
    pub generation: Generation,
    /// Its life on the wall clock as it ran at the grant.
    pub span: Span,
}

/// A token's life in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    meta: TokenMeta,
    lifetime: Duration,
    ends: BootTime,
    origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Issued,
    Loaded,
}

impl Life {
    /// A token whose request was sent at `issued`.
    #[must_use]
    pub fn issued(generation: Generation, issued: Now, lifetime: Duration) -> Self {
        let span = Span {
            issued: issued.wall,
            expires: issued.wall.plus(lifetime),
        };
        let meta = TokenMeta { generation, span };
        Self {
            meta,
            lifetime,
            ends: issued.boot.plus(lifetime),
            origin: Origin::Issued,
        }
    }

    /// A token read from the vault at `now`. More left than its lifetime means that the
    /// clock was set back: it counts as expired.
    ///
    /// `issued` is when the last granted attempt was started. If it brought this token and can
    /// belong to this boot, the boot clock may end the token earlier, never later: after a boot
    /// it says too little to be trusted with more.
    #[must_use]
    pub fn loaded(meta: TokenMeta, issued: Option<Now>, now: Now) -> Self {
        let by_wall = meta.span.remaining(now.wall);
        let by_boot = issued
            .filter(|issued| issued.wall == meta.span.issued && issued.boot <= now.boot)
            .map(|issued| now.boot.until(issued.boot.plus(meta.span.lifetime())));
        let ends = now
            .boot
            .plus(by_boot.map_or(by_wall, |left| left.min(by_wall)));
        Self {
            meta,
            lifetime: meta.span.lifetime(),
            ends,
            origin: Origin::Loaded,
        }
    }

    /// Which token.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.meta.generation
    }

    /// What the vault keeps.
    #[must_use]
    pub fn meta(&self) -> TokenMeta {
        self.meta
    }

    /// What is left at `now`.
    #[must_use]
    pub fn remaining(&self, now: Now) -> Duration {
        let left = now.boot.until(self.ends);
        match self.origin {
            Origin::Issued => left,
            Origin::Loaded => left.min(now.wall.until(self.meta.span.expires)),
        }
    }

    /// Whether anything is left at `now`.
    #[must_use]
    pub fn lives(&self, now: Now) -> bool {
        !self.remaining(now).is_zero()
    }

    /// How much of the life has passed at `now`.
    #[must_use]
    pub fn elapsed(&self, now: Now) -> Duration {
        self.lifetime.saturating_sub(self.remaining(now))
    }

    /// Whether a caller that needs `min_ttl` can have this token at `now`: it lives, and
    /// has that much left or is too young to be replaced.
    #[must_use]
    pub fn serves(&self, now: Now, min_ttl: Duration) -> bool {
        self.lives(now)
            && (self.remaining(now) >= min_ttl || self.until_replaceable(now) > Duration::ZERO)
    }

    /// How long until less than `threshold` is left, and a quarter of the life has passed.
    #[must_use]
    pub fn until_due(&self, now: Now, threshold: Duration) -> Duration {
        let above = self.remaining(now).checked_sub(threshold);
        // A whole threshold left is not yet less than the threshold.
        let above = above.map_or(Duration::ZERO, |left| left + Duration::from_millis(1));
        above.max(self.until_replaceable(now))
    }

    /// When a refresh is due.
    #[must_use]
    pub fn due(&self, now: Now, threshold: Duration) -> Now {
        let wait = self.until_due(now, threshold);
        let left_then = self.remaining(now).saturating_sub(wait);
        Now {
            wall: self.span(now).expires.minus(left_then),
            boot: now.boot.plus(wait),
        }
    }

    /// How long the token has been dead at `now`; zero while it lives.
    #[must_use]
    pub fn dead_for(&self, now: Now) -> Duration {
        if self.lives(now) {
            return Duration::ZERO;
        }
        let by_boot = self.ends.until(now.boot);
        match self.origin {
            Origin::Issued => by_boot,
            Origin::Loaded => by_boot.max(self.meta.span.expires.until(now.wall)),
        }
    }

    /// The life as the wall clock at `now` counts it.
    #[must_use]
    pub fn span(&self, now: Now) -> Span {
        let left = self.remaining(now);
        let ends = Now {
            wall: self.meta.span.expires,
            boot: now.boot.plus(left),
        };
        let expires = ends.shown(now);
        Span {
            issued: expires.minus(self.lifetime),
            expires,
        }
    }

    fn until_replaceable(&self, now: Now) -> Duration {
        (self.lifetime / EARLIEST_REFRESH).saturating_sub(self.elapsed(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::WallTime;

    const HOUR: Duration = Duration::from_hours(1);
    const MINUTE: Duration = Duration::from_mins(1);

    fn now(wall_s: i64, boot_s: u64) -> Now {
        Now {
            wall: WallTime(wall_s * 1000),
            boot: BootTime(boot_s * 1000),
        }
    }

    fn hour_from(issued: Now) -> Life {
        Life::issued(Generation(1), issued, HOUR)
    }

    #[test]
    fn a_token_issued_here_is_not_moved_by_the_wall_clock() {
        let life = hour_from(now(1_000_000, 100));
        assert_eq!(
            life.remaining(now(0, 160)),
            HOUR.checked_sub(MINUTE).unwrap()
        );
        assert_eq!(
            life.remaining(now(9_000_000, 160)),
            HOUR.checked_sub(MINUTE).unwrap()
        );
        assert!(!life.lives(now(1_000_000, 3_700)), "sleep counts");
    }

    #[test]
    fn a_loaded_token_ends_by_the_wall_clock() {
        let meta = hour_from(now(1_000_000, 100)).meta();
        let loaded = Life::loaded(meta, None, now(1_000_600, 5));
        assert_eq!(loaded.remaining(now(1_000_600, 5)), 50 * MINUTE);
        assert!(
            !loaded.lives(now(1_003_600, 6)),
            "the clock was corrected forward"
        );
        assert_eq!(
            loaded.remaining(now(1_000_000, 65)),
            49 * MINUTE,
            "set back: boot counts"
        );
    }

    #[test]
    fn a_loaded_token_with_more_left_than_its_lifetime_is_expired() {
        let meta = hour_from(now(1_000_000, 100)).meta();
        assert!(!Life::loaded(meta, None, now(990_000, 5)).lives(now(990_000, 5)));
    }

    #[test]
    fn a_clock_set_back_does_not_prolong_a_token_read_back_within_the_boot() {
        let issued = now(1_000_000, 100);
        let meta = hour_from(issued).meta();
        let later = now(1_000_100, 3_000);
        let loaded = Life::loaded(meta, Some(issued), later);
        assert_eq!(loaded.remaining(later), Duration::from_secs(700));
        let other = Some(now(999_000, 100));
        assert_eq!(
            Life::loaded(meta, other, later).remaining(later),
            Duration::from_secs(3_500)
        );
    }

    #[test]
    fn a_threshold_longer_than_the_lifetime_waits_for_a_quarter() {
        let life = Life::issued(Generation(1), now(0, 0), MINUTE);
        assert_eq!(life.until_due(now(0, 0), HOUR), Duration::from_secs(15));
        assert_eq!(life.until_due(now(15, 15), HOUR), Duration::ZERO);
    }

    #[test]
    fn a_refresh_is_due_below_the_threshold_not_at_it() {
        let life = hour_from(now(0, 0));
        let at = now(3300, 3300);
        assert_eq!(life.until_due(at, 5 * MINUTE), Duration::from_millis(1));
        assert_eq!(life.until_due(now(3301, 3301), 5 * MINUTE), Duration::ZERO);
    }

    #[test]
    fn a_young_token_serves_any_need_and_an_old_one_what_it_has_left() {
        let life = hour_from(now(0, 0));
        assert!(life.serves(now(1, 1), 2 * HOUR));
        assert!(!life.serves(now(901, 901), HOUR));
        assert!(life.serves(now(901, 901), 44 * MINUTE));
        assert!(!life.serves(now(3600, 3600), Duration::ZERO));
    }

    #[test]
    fn the_shown_span_follows_a_clock_that_was_set_but_not_its_drift() {
        let life = hour_from(now(1_000_000, 0));
        assert_eq!(life.span(now(1_000_061, 60)), life.meta().span);
        let back = life.span(now(900_060, 60));
        assert_eq!(
            back.remaining(now(900_060, 60).wall),
            HOUR.checked_sub(MINUTE).unwrap()
        );
        assert_eq!(back.lifetime(), HOUR);
    }

    #[test]
    fn the_dead_time_of_a_loaded_token_counts_from_its_wall_expiry() {
        let meta = hour_from(now(0, 0)).meta();
        let loaded = Life::loaded(meta, None, now(7_200, 10));
        assert_eq!(loaded.dead_for(now(7_200, 10)), HOUR);
    }
}

//! Instants and spans as the rules see them. Nothing here reads a clock.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Wall-clock time: milliseconds since the Unix epoch. May jump either way.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct WallTime(pub i64);

/// Milliseconds since boot on a clock that counts sleep. Never goes back within a boot.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct BootTime(pub u64);

/// Both clocks, read at the same moment: the present, or a moment worth remembering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// What the user's clock says.
    pub wall: WallTime,
    /// What decides within a boot.
    pub boot: BootTime,
}

/// Difference between the clocks up to which a remembered wall time is shown unchanged:
/// reading two clocks and their slow correction must not make every view differ.
const SHOWN_DRIFT: Duration = Duration::from_secs(2);

impl Now {
    /// The moment `span` later on both clocks.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self {
            wall: self.wall.plus(span),
            boot: self.boot.plus(span),
        }
    }

    /// How long until `later` on the boot clock; zero if that has passed.
    #[must_use]
    pub fn until(self, later: Self) -> Duration {
        self.boot.until(later.boot)
    }

    /// The wall time of this moment to come, as the wall clock at `now` counts it.
    #[must_use]
    pub fn shown(self, now: Self) -> WallTime {
        let left = now.until(self);
        if left.abs_diff(now.wall.until(self.wall)) <= SHOWN_DRIFT {
            self.wall
        } else {
            now.wall.plus(left)
        }
    }
}

impl WallTime {
    /// The instant `span` later, saturating.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// The instant `span` earlier, saturating.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How long until `later`; zero if that has passed.
    #[must_use]
    pub fn until(self, later: Self) -> Duration {
        Duration::from_millis(u64::try_from(later.0.saturating_sub(self.0)).unwrap_or(0))
    }
}

impl BootTime {
    /// The instant `span` later, saturating.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(u64::try_from(span.as_millis()).unwrap_or(u64::MAX)),
        )
    }

    /// How long until `later`; zero if that has passed.
    #[must_use]
    pub fn until(self, later: Self) -> Duration {
        Duration::from_millis(later.0.saturating_sub(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_to_the_past_is_nothing() {
        assert_eq!(WallTime(5).until(WallTime(3)), Duration::ZERO);
        assert_eq!(BootTime(5).until(BootTime(3)), Duration::ZERO);
    }

    #[test]
    fn instants_saturate_instead_of_wrapping() {
        assert_eq!(WallTime(1).plus(Duration::MAX), WallTime(i64::MAX));
        assert_eq!(
            WallTime(-5).minus(Duration::MAX).until(WallTime(0)),
            Duration::from_millis(i64::MAX as u64)
        );
        assert_eq!(BootTime(1).plus(Duration::MAX), BootTime(u64::MAX));
    }

    #[test]
    fn a_moment_to_come_is_shown_by_the_clock_as_set_now() {
        let start = Now {
            wall: WallTime(1_000_000),
            boot: BootTime(0),
        };
        let deadline = start.plus(Duration::from_mins(1));
        let drifted = Now {
            wall: WallTime(1_010_500),
            boot: BootTime(10_000),
        };
        assert_eq!(deadline.shown(drifted), deadline.wall);
        let set_back = Now {
            wall: WallTime(10_000),
            boot: BootTime(10_000),
        };
        assert_eq!(deadline.shown(set_back), WallTime(60_000));
    }

    #[test]
    fn plus_and_until_are_inverse() {
        let span = Duration::from_millis(1234);
        assert_eq!(WallTime(-7).until(WallTime(-7).plus(span)), span);
        assert_eq!(BootTime(7).until(BootTime(7).plus(span)), span);
    }
}

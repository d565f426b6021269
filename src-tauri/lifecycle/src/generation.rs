//! How a token is named without showing it: a number that only grows.

use crate::time::WallTime;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which token of an account: max(previous + 1, Unix milliseconds at the grant).
///
/// Unix milliseconds keep it growing when the state of earlier tokens is lost.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Generation(pub u64);

impl Generation {
    /// The generation that follows `self` when granted at `now`.
    #[must_use]
    pub fn next(self, now: WallTime) -> Self {
        Self(
            self.0
                .saturating_add(1)
                .max(u64::try_from(now.0).unwrap_or(0)),
        )
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_the_time_of_its_grant() {
        assert_eq!(Generation(5).next(WallTime(1_000)), Generation(1_000));
    }

    #[test]
    fn a_generation_grows_although_the_clock_was_set_back() {
        assert_eq!(Generation(5_000).next(WallTime(1_000)), Generation(5_001));
        assert_eq!(Generation(5_000).next(WallTime(-1)), Generation(5_001));
    }
}

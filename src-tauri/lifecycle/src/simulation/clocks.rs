//! The clocks of a simulated computer, and the time as it really is.

use crate::time::{BootTime, Now, WallTime};
use std::time::Duration;

/// The computer's clocks, and the time as it really is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clocks {
    pub(super) true_ms: u64,
    wall_offset: i64,
    booted_ms: u64,
    /// How often the computer was booted.
    boots: u32,
    /// How often the wall clock was set.
    sets: u32,
}

impl Clocks {
    pub(super) fn start() -> Self {
        Self {
            true_ms: 1_800_000_000_000,
            wall_offset: 0,
            booted_ms: 1_799_999_900_000,
            boots: 0,
            sets: 0,
        }
    }

    pub(super) fn set(&mut self, by_ms: i64) {
        self.wall_offset += by_ms;
        self.sets += 1;
    }

    pub(super) fn reboot(&mut self) {
        self.true_ms += 20_000;
        self.booted_ms = self.true_ms - 5_000;
        self.boots += 1;
    }

    pub(super) fn now(self) -> Now {
        let wall = i64::try_from(self.true_ms).unwrap() + self.wall_offset;
        Now {
            wall: WallTime(wall),
            boot: BootTime(self.true_ms - self.booted_ms),
        }
    }

    /// Whether one of the two clocks ran undisturbed between both moments.
    pub(super) fn comparable(self, other: Self) -> bool {
        self.boots == other.boots || self.sets == other.sets
    }

    /// Whether the wall clock ran undisturbed between both moments.
    pub(super) fn same_wall(self, other: Self) -> bool {
        self.sets == other.sets
    }

    pub(super) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.true_ms - earlier.true_ms)
    }
}

//! The clocks of a simulated computer, and the time as it really is.

use crate::time::Now;

#[derive(Clone, Copy, Debug)]
pub(super) struct Clocks {
    pub(super) true_ms: i64,
    wall_offset: i64,
    booted: i64,
}

impl Clocks {
    pub(super) fn start() -> Self {
        Self {
            true_ms: 1_800_000_000_000,
            wall_offset: 0,
            booted: 1_799_999_900_000,
        }
    }

    pub(super) fn pass(&mut self, ms: i64) {
        self.true_ms += ms;
    }

    pub(super) fn set_wall(&mut self, by_ms: i64) {
        self.wall_offset += by_ms;
    }

    pub(super) fn reboot(&mut self) {
        self.booted = self.true_ms - 3_000;
    }

    pub(super) fn now(self) -> Now {
        Now {
            wall_ms: self.true_ms + self.wall_offset,
            boot_ms: self.true_ms - self.booted,
        }
    }
}

//! Linux: `CLOCK_BOOTTIME` counts sleep, `CLOCK_MONOTONIC` does not.

use lifecycle::BootTime;
use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> BootTime {
    super::boot_time(clock_gettime(ClockId::Boottime))
}

//! macOS: `CLOCK_MONOTONIC` counts sleep (`clock_gettime(3)`), unlike `CLOCK_UPTIME_RAW`.

use lifecycle::BootTime;
use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> BootTime {
    super::boot_time(clock_gettime(ClockId::Monotonic))
}

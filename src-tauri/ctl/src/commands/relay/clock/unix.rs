//! Unix: Linux counts sleep in `CLOCK_BOOTTIME`, macOS in `CLOCK_MONOTONIC`.

use rustix::time::{ClockId, clock_gettime};
use session::Moment;

#[cfg(target_os = "linux")]
const CLOCK: ClockId = ClockId::Boottime;
#[cfg(not(target_os = "linux"))]
const CLOCK: ClockId = ClockId::Monotonic;

/// Now.
pub(in super::super) fn now() -> Moment {
    let time = clock_gettime(CLOCK);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    let nanoseconds = u64::try_from(time.tv_nsec).unwrap_or(0);
    Moment(seconds * 1_000 + nanoseconds / 1_000_000)
}

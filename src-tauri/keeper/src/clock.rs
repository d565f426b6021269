//! The clocks, and sleeping by them.

use lifecycle::{Now, WallTime};
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

#[cfg_attr(target_os = "linux", path = "clock_linux.rs")]
#[cfg_attr(target_os = "macos", path = "clock_macos.rs")]
#[cfg_attr(windows, path = "clock_windows.rs")]
mod boot;

/// Where a keeper gets its time from.
pub(crate) trait Clock: Send + Sync + 'static {
    /// Both clocks.
    fn now(&self) -> Now;
    /// Ends after `span`, later if the computer sleeps meanwhile.
    fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// What both clocks of this computer say.
#[must_use]
pub fn now() -> Now {
    SystemClock.now()
}

/// The computer's clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Now {
        Now {
            wall: wall_time(SystemTime::now()),
            boot: boot::since_boot(),
        }
    }

    fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            tokio::time::sleep(span).await;
            tracing::trace!(target: "timer", ?span, "the token is looked at");
        })
    }
}

/// A clock before 1970 counts as 1970: such a clock is not set.
fn wall_time(time: SystemTime) -> WallTime {
    let since_epoch = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    WallTime(0).plus(since_epoch)
}

/// Seconds and nanoseconds of a system clock.
#[cfg(unix)]
fn boot_time(time: rustix::time::Timespec) -> lifecycle::BootTime {
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or(0));
    let rest = Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or(0));
    lifecycle::BootTime(0).plus(seconds + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boot_clock_runs_and_never_goes_back() {
        let first = SystemClock.now();
        let mut next = SystemClock.now();
        while next.boot == first.boot {
            next = SystemClock.now();
        }
        assert!(next.boot > first.boot);
    }

    #[test]
    fn the_wall_clock_is_milliseconds_since_1970() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_800_000_000_123);
        assert_eq!(wall_time(time), WallTime(1_800_000_000_123));
        assert_eq!(
            wall_time(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
            WallTime(0)
        );
    }

    #[cfg(unix)]
    #[test]
    fn seconds_and_nanoseconds_become_milliseconds() {
        let time = rustix::time::Timespec {
            tv_sec: 7,
            tv_nsec: 5_999_999,
        };
        assert_eq!(boot_time(time), lifecycle::BootTime(7_005));
    }
}

//! When a call waits for the network: the first one after a sleep does, because computers wake
//! before their network does. Pure.
//!
//! A process sees no sleep, only that the user's clock has moved on with nothing called. So a call
//! waits that comes after a minute without one; a process that has only begun has not slept.

use lifecycle::WallTime;
use std::time::Duration;
use tokio::time::Instant;

/// How long there was no call before one is taken for the first after a sleep.
const QUIET: Duration = Duration::from_mins(1);
/// How long that one waits for the network; the rest of its time is for the token and the request.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// When calls were made.
#[derive(Debug)]
pub(super) struct Reach {
    last: WallTime,
    /// Calls wait for the network until then.
    waits: Option<Instant>,
}

impl Reach {
    /// Nothing was called yet.
    pub(super) fn new(now: WallTime) -> Self {
        Self {
            last: now,
            waits: None,
        }
    }

    /// A call begins; whether it may be the first after a sleep. A clock that was set back says
    /// nothing about sleep.
    pub(super) fn begin(&mut self, now: WallTime, instant: Instant) -> bool {
        let quiet = self.last.plus(QUIET) <= now;
        if quiet {
            self.waits = Some(instant + PATIENCE);
        }
        self.last = now;
        quiet
    }

    /// Until when calls wait for the network; others that come meanwhile wait as long.
    pub(super) fn waits_until(&self, instant: Instant) -> Option<Instant> {
        self.waits.filter(|until| instant < *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_first_call_after_a_minute_waits_and_those_beside_it() {
        let (start, at) = (WallTime(0), Instant::now());
        let mut reach = Reach::new(start);
        assert!(!reach.begin(start.plus(59 * SECOND), at));
        assert_eq!(reach.waits_until(at), None);
        assert!(reach.begin(start.plus(120 * SECOND), at));
        assert_eq!(reach.waits_until(at), Some(at + PATIENCE));
        assert!(!reach.begin(start.plus(121 * SECOND), at + SECOND));
        assert_eq!(reach.waits_until(at + SECOND), Some(at + PATIENCE));
        assert_eq!(reach.waits_until(at + PATIENCE), None);
    }

    #[test]
    fn a_clock_that_goes_back_is_no_sleep() {
        let mut reach = Reach::new(WallTime(1_000_000));
        assert!(!reach.begin(WallTime(0), Instant::now()));
    }
}

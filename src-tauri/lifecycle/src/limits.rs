//! When the next attempt may be made: the three things that put one off.

use crate::attempts::Attempts;
use crate::backoff;
use crate::policy::{COOLDOWN, LONGEST_RETRY_AFTER};
use crate::time::Now;
use std::time::Duration;

/// For whom an attempt would be made, in rising order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// The token is about to end.
    Unasked,
    /// A caller waits.
    Caller,
    /// The user asked.
    User,
}

/// What puts an attempt off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Cooldown,
    RetryAfter,
    BackOff,
}

/// Whether an attempt may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    Open,
    Closed { until: Now, limit: Limit },
}

/// The ends of what puts attempts off, on this process's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    cooldown: Option<Now>,
    retry_after: Option<Now>,
    back_off: Option<Now>,
}

impl Limits {
    /// The limits that earlier processes left.
    pub(crate) fn loaded(attempts: &Attempts, now: Now, jitter_seed: u64) -> Self {
        let since = attempts.since_last(now);
        let rest_of = |whole: Duration| since.map(|since| now.plus(whole.saturating_sub(since)));
        Self {
            cooldown: rest_of(COOLDOWN),
            retry_after: Some(now.plus(attempts.patience(now.wall))),
            back_off: match attempts.late {
                0 => None,
                late => rest_of(backoff::wait(late, jitter_seed)),
            },
        }
    }

    /// An attempt starts now.
    pub(crate) fn attempt_started(&mut self, now: Now) {
        *self = Self {
            cooldown: Some(now.plus(COOLDOWN)),
            retry_after: None,
            back_off: None,
        };
    }

    /// Zoom asks for patience; returns for how long it gets it.
    pub(crate) fn retry_after(&mut self, now: Now, wait: Duration) -> Duration {
        let wait = wait.min(LONGEST_RETRY_AFTER);
        self.retry_after = Some(now.plus(wait));
        wait
    }

    /// The pace slows down: unasked attempts wait for `wait` after `started`.
    pub(crate) fn back_off(&mut self, started: Now, wait: Duration) {
        self.back_off = Some(started.plus(wait));
    }

    /// Unasked attempts return to the cooldown's pace.
    pub(crate) fn clear_back_off(&mut self) {
        self.back_off = None;
    }

    /// New credentials: only the cooldown holds.
    pub(crate) fn clear_all_but_cooldown(&mut self) {
        self.retry_after = None;
        self.back_off = None;
    }

    /// Whether an attempt for `need` may be made at `now`.
    pub(crate) fn gate(&self, need: Need, now: Now) -> Gate {
        let back_off = self.back_off.filter(|_| need == Need::Unasked);
        let ends = [
            (self.cooldown, Limit::Cooldown),
            (self.retry_after, Limit::RetryAfter),
            (back_off, Limit::BackOff),
        ];
        ends.into_iter()
            .filter_map(|(end, limit)| end.map(|until| Gate::Closed { until, limit }))
            .max_by_key(|gate| gate.wait(now))
            .filter(|gate| !gate.wait(now).is_zero())
            .unwrap_or(Gate::Open)
    }
}

impl Gate {
    /// When it opens: `now` if it is open.
    pub(crate) fn opens(self, now: Now) -> Now {
        match self {
            Self::Open => now,
            Self::Closed { until, .. } => until,
        }
    }

    /// How long until it opens.
    pub(crate) fn wait(self, now: Now) -> Duration {
        match self {
            Self::Open => Duration::ZERO,
            Self::Closed { until, .. } => now.until(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{BootTime, WallTime};

    const MINUTE: Duration = Duration::from_mins(1);

    fn at(seconds: u64) -> Now {
        Now {
            wall: WallTime(0),
            boot: BootTime(0),
        }
        .plus(Duration::from_secs(seconds))
    }

    #[test]
    fn the_latest_end_decides() {
        let mut limits = Limits::default();
        limits.attempt_started(at(0));
        limits.retry_after(at(1), MINUTE);
        let gate = limits.gate(Need::User, at(2));
        assert_eq!(
            gate,
            Gate::Closed {
                until: at(61),
                limit: Limit::RetryAfter
            }
        );
    }

    #[test]
    fn back_off_holds_only_unasked_attempts() {
        let mut limits = Limits::default();
        limits.attempt_started(at(0));
        limits.back_off(at(0), 5 * MINUTE);
        assert_eq!(
            limits.gate(Need::Unasked, at(30)).wait(at(30)),
            (5 * MINUTE).checked_sub(COOLDOWN).unwrap()
        );
        assert_eq!(limits.gate(Need::Caller, at(30)), Gate::Open);
    }

    #[test]
    fn clearing_keeps_the_cooldown() {
        let mut limits = Limits::default();
        limits.attempt_started(at(0));
        limits.back_off(at(0), 5 * MINUTE);
        limits.retry_after(at(0), 5 * MINUTE);
        limits.clear_back_off();
        limits.clear_all_but_cooldown();
        let gate = limits.gate(Need::User, at(10));
        assert_eq!(
            gate,
            Gate::Closed {
                until: at(30),
                limit: Limit::Cooldown
            }
        );
    }

    #[test]
    fn retry_after_is_obeyed_for_a_day_at_most() {
        let mut limits = Limits::default();
        assert_eq!(
            limits.retry_after(at(0), 1000 * LONGEST_RETRY_AFTER),
            LONGEST_RETRY_AFTER
        );
    }

    #[test]
    fn earlier_processes_leave_their_limits() {
        let attempts = Attempts {
            last: Some(at(100)),
            late: 3,
            ..Attempts::default()
        };
        let limits = Limits::loaded(&attempts, at(110), 7);
        assert_eq!(
            limits.gate(Need::User, at(110)).wait(at(110)),
            Duration::from_secs(20)
        );
        assert!(limits.gate(Need::Unasked, at(110)).wait(at(110)) > 4 * MINUTE);
    }
}

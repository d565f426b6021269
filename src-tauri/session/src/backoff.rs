//! When a child that failed is started again.

use crate::limits::PROVEN_LIFE;
use std::time::Duration;

/// Failures in a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

/// Seconds before the next attempt, by the failures before it. The last one repeats.
const WAITS: [u64; 7] = [0, 1, 2, 5, 10, 30, 60];

impl Backoff {
    /// Counts a failure after a ready life of `lived`; returns how long to wait.
    pub(crate) fn failed(&mut self, lived: Duration) -> Duration {
        if lived >= PROVEN_LIFE {
            self.failures = 0;
        }
        let index = usize::try_from(self.failures).unwrap_or(usize::MAX);
        self.failures = self.failures.saturating_add(1);
        Duration::from_secs(WAITS[index.min(WAITS.len() - 1)])
    }

    pub(crate) fn failures(self) -> u32 {
        self.failures
    }

    pub(crate) fn clear(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_until_a_child_has_proven_itself() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..9)
            .map(|_| backoff.failed(Duration::ZERO).as_secs())
            .collect();
        assert_eq!(waits, [0, 1, 2, 5, 10, 30, 60, 60, 60]);
        assert_eq!(backoff.failed(PROVEN_LIFE), Duration::ZERO);
        assert_eq!(backoff.failed(Duration::ZERO).as_secs(), 1);
        backoff.clear();
        assert_eq!(backoff.failed(Duration::ZERO), Duration::ZERO);
    }
}

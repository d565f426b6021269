//! The present as the rules see it. Nothing here reads a clock.

use std::time::Duration;

/// Both clocks, read at the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since the Unix epoch. May jump either way: used for what is saved and shown.
    pub wall_ms: i64,
    /// Milliseconds since boot on a clock that counts sleep. Never goes back: windows and
    /// deadlines are on it.
    pub boot_ms: i64,
}

/// The span in milliseconds, saturating.
pub(crate) fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// The span from one instant in milliseconds to another; zero if that has passed.
pub(crate) fn until(now_ms: i64, later_ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(later_ms.saturating_sub(now_ms)).unwrap_or(0))
}

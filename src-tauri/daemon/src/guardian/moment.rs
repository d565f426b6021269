//! The time as the guardian is given it.

use crate::clock::wall_now;
use lifecycle::WallTime;
use std::time::{Duration, Instant};

/// One moment on two clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// What the user's clock says: for what is shown and remembered.
    pub(crate) wall: WallTime,
    /// Since the keeper's start: for spans. Stands still while the computer sleeps, as Claude
    /// Desktop does.
    pub(crate) uptime: Duration,
}

/// Tells the time since it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The present.
    pub(crate) fn now(self) -> Moment {
        Moment {
            wall: wall_now(),
            uptime: self.0.elapsed(),
        }
    }
}

//! When to look at the token, when to say so, when to refresh it, and when to try again.

use daemon::Setup;
use std::time::Duration;

/// A token is looked at so often: a clock that was set and a sleep are noticed in time.
pub(super) const LOOK: Duration = Duration::from_secs(30);
/// In place of the interval where no status line is wanted.
const UNSHOWN: Duration = Duration::from_mins(1);
/// The defaults of both variables (bstef/zoommcp), where the surroundings cannot be read.
const DISPLAY_INTERVAL: Duration = Duration::from_mins(1);
const THRESHOLD: Duration = Duration::from_mins(5);
/// So many tries at each look come first: ten minutes.
const QUICK_TRIES: u32 = 20;

/// The pace of one process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    /// Between two status lines; none is never.
    display: Option<Duration>,
    /// The token is refreshed when less is left.
    pub(super) threshold: Duration,
}

impl Pace {
    /// What the environment and the settings say, and what of it could not be read.
    pub(super) fn from_process() -> (Self, Vec<String>) {
        match Setup::from_process() {
            Ok(setup) => {
                let pace = Self {
                    display: setup.environment.display_interval,
                    threshold: setup.refresh_threshold(),
                };
                let misread = setup.environment.misread.iter();
                (pace, misread.map(ToString::to_string).collect())
            }
            Err(error) => {
                let pace = Self {
                    display: Some(DISPLAY_INTERVAL),
                    threshold: THRESHOLD,
                };
                (pace, vec![error.to_string()])
            }
        }
    }

    /// Whether there are status lines.
    pub(super) fn shows(&self) -> bool {
        self.display.is_some()
    }

    /// Until the first look, and between two status lines.
    pub(super) fn interval(&self) -> Duration {
        self.display.unwrap_or(UNSHOWN)
    }
}

/// How long after so many failures in a row to try again, as the keeper itself does: soon for ten
/// minutes, then after 1, 2 and 5 minutes.
pub(super) fn pause(failures: u32) -> Duration {
    match failures.saturating_sub(QUICK_TRIES) {
        0 => LOOK,
        1 => Duration::from_mins(1),
        2 => Duration::from_mins(2),
        _ => Duration::from_mins(5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_become_rarer_after_ten_minutes() {
        let quick: Duration = (1..=QUICK_TRIES).map(pause).sum();
        assert_eq!(quick, Duration::from_mins(10));
        let later: Vec<u64> = (21..=24).map(|n| pause(n).as_secs() / 60).collect();
        assert_eq!(later, [1, 2, 5, 5]);
    }
}

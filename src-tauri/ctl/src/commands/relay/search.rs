//! When a relay without a keeper looks for one again, and when it may start one. Pure.

use session::Start;
use std::time::Duration;

/// A keeper that leaves to another is followed within this time: nothing is started earlier.
const SUCCESSION: Duration = Duration::from_secs(2);
/// Between two tries to start one; the once-a-minute rule is kept elsewhere, for all relays.
const START_AGAIN: Duration = Duration::from_secs(5);

/// One search, from the moment that there is no keeper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    next_start: Option<Duration>,
}

impl Search {
    /// After a quit nothing is started: the user has the say.
    pub(super) fn new(why: Start) -> Self {
        let next_start = match why {
            Start::Opening => Some(Duration::ZERO),
            Start::Lost | Start::Rotation => Some(SUCCESSION),
            Start::Quit => None,
        };
        Self { next_start }
    }

    /// Whether one is to be started, `waited` after the beginning without success.
    pub(super) fn starts_now(&mut self, waited: Duration) -> bool {
        let due = self.next_start.is_some_and(|next| next <= waited);
        if due {
            self.next_start = Some(waited + START_AGAIN);
        }
        due
    }

    /// How long to wait for the next look: short while one is about to come, long when it
    /// may take hours.
    pub(super) fn pause(waited: Duration) -> Duration {
        match waited.as_secs() {
            0..10 => Duration::from_millis(20),
            10..60 => Duration::from_millis(200),
            _ => Duration::from_secs(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(why: Start) -> Vec<u64> {
        let mut search = Search::new(why);
        let seconds = 0..13;
        let starts = seconds.filter(|second| search.starts_now(Duration::from_secs(*second)));
        starts.collect()
    }

    #[test]
    fn a_keeper_is_started_at_the_opening_and_once_a_lost_one_has_no_successor() {
        assert_eq!(starts(Start::Opening), [0, 5, 10]);
        assert_eq!(starts(Start::Lost), [2, 7, 12]);
        assert_eq!(starts(Start::Quit), [0; 0]);
    }

    #[test]
    fn looks_become_rarer() {
        let pauses = [0, 10, 60, 86_400].map(|waited| Search::pause(Duration::from_secs(waited)));
        assert!(pauses.is_sorted());
        assert_eq!(pauses[3], Duration::from_secs(1));
    }
}

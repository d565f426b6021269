//! One sliding window.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

/// The calls that one limit counts for one subject. A call is held from the decision to the
/// moment it is forwarded, and leaves the window its length after that moment. Instants are
/// milliseconds on the boot clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counter {
    held: BTreeSet<u64>,
    /// In the order of time.
    forwarded: VecDeque<Forwarded>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Forwarded {
    at_ms: i64,
    /// Which call; none for one of an earlier process.
    ticket: Option<u64>,
}

/// Whether there is room for one more call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Free,
    /// There is room again after that time; none if it depends on calls that are held.
    Full(Option<Duration>),
}

impl Counter {
    /// The window of an earlier process, in any order.
    pub(super) fn loaded(mut forwarded: Vec<i64>) -> Self {
        forwarded.sort_unstable();
        let forwarded = forwarded.into_iter().map(|at_ms| Forwarded {
            at_ms,
            ticket: None,
        });
        Self {
            held: BTreeSet::new(),
            forwarded: forwarded.collect(),
        }
    }

    pub(super) fn room(&self, now_ms: i64, window_ms: i64, max: usize) -> Room {
        let left = self.left(now_ms, window_ms);
        let counted = self.held.len() + self.forwarded.len() - left;
        let Some(too_many) = (counted + 1).checked_sub(max).filter(|more| *more > 0) else {
            return Room::Free;
        };
        let last_to_leave = self.forwarded.get(left + too_many - 1);
        let retry_in = last_to_leave
            .map(|call| crate::time::until(now_ms, call.at_ms.saturating_add(window_ms)));
        Room::Full(retry_in)
    }

    pub(super) fn hold(&mut self, ticket: u64) {
        self.held.insert(ticket);
    }

    /// The held call is forwarded.
    pub(super) fn forward(&mut self, now_ms: i64, ticket: u64) {
        if self.held.remove(&ticket) {
            let last_ms = self.forwarded.back().map_or(now_ms, |last| last.at_ms);
            self.forwarded.push_back(Forwarded {
                at_ms: now_ms.max(last_ms),
                ticket: Some(ticket),
            });
        }
    }

    /// The call was never made.
    pub(super) fn give_back(&mut self, ticket: u64) {
        if !self.held.remove(&ticket) {
            // It was forwarded lately, so that it is near the end.
            let is_it = |call: &Forwarded| call.ticket == Some(ticket);
            if let Some(at) = self.forwarded.iter().rposition(is_it) {
                self.forwarded.remove(at);
            }
        }
    }

    /// Forgets the calls that have left the window.
    pub(super) fn prune(&mut self, now_ms: i64, window_ms: i64) {
        let left = self.left(now_ms, window_ms);
        self.forwarded.drain(..left);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty() && self.forwarded.is_empty()
    }

    /// When each call counts from. One that is held counts from now: it may be on its way
    /// before this is kept again.
    pub(super) fn instants(&self, now_ms: i64) -> impl Iterator<Item = i64> {
        let held = self.held.iter().map(move |_| now_ms);
        self.forwarded.iter().map(|call| call.at_ms).chain(held)
    }

    /// How many of the forwarded calls have left the window.
    fn left(&self, now_ms: i64, window_ms: i64) -> usize {
        self.forwarded
            .partition_point(|call| call.at_ms.saturating_add(window_ms) <= now_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: i64 = 1000;

    fn counter(forwarded: &[i64]) -> Counter {
        Counter::loaded(forwarded.to_vec())
    }

    fn full_for(ms: u64) -> Room {
        Room::Full(Some(Duration::from_millis(ms)))
    }

    #[test]
    fn a_call_leaves_the_window_its_length_after_it_was_forwarded() {
        let counter = counter(&[400, 0]);
        assert_eq!(counter.room(999, WINDOW, 2), full_for(1));
        assert_eq!(counter.room(1000, WINDOW, 2), Room::Free);
        assert_eq!(counter.room(1000, WINDOW, 1), full_for(400));
    }

    #[test]
    fn a_lowered_limit_waits_for_as_many_calls_as_are_too_many() {
        let counter = counter(&[0, 100, 200, 300]);
        assert_eq!(counter.room(500, WINDOW, 2), full_for(700));
    }

    #[test]
    fn a_held_call_counts_however_long_it_is_held() {
        let mut counter = Counter::default();
        counter.hold(1);
        assert_eq!(counter.room(50 * WINDOW, WINDOW, 1), Room::Full(None));
        counter.forward(50 * WINDOW, 1);
        assert_eq!(counter.room(50 * WINDOW + 400, WINDOW, 1), full_for(600));
    }

    #[test]
    fn given_back_leaves_no_trace_held_or_forwarded() {
        let before = counter(&[7]);
        for forwarded in [false, true] {
            let mut after = before.clone();
            after.hold(1);
            if forwarded {
                after.forward(9, 1);
            }
            assert_ne!(after, before);
            after.give_back(1);
            assert_eq!(after, before);
        }
    }

    #[test]
    fn a_clock_that_was_read_early_keeps_the_order() {
        let mut counter = counter(&[500]);
        counter.hold(1);
        counter.forward(400, 1);
        assert_eq!(counter.room(1499, WINDOW, 1), full_for(1));
        assert_eq!(counter.room(1500, WINDOW, 1), Room::Free);
    }

    #[test]
    fn what_was_given_back_twice_or_never_held_changes_nothing() {
        let mut counter = counter(&[7]);
        counter.give_back(1);
        counter.forward(8, 1);
        assert_eq!(counter, self::counter(&[7]));
    }
}

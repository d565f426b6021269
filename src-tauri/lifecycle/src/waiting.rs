//! The callers who wait for the next attempt's result.

use crate::effect::{Effect, Refusal};
use crate::event::Waiter;
use crate::expiry::Life;
use crate::generation::Generation;
use crate::limits::Need;
use crate::time::Now;
use std::time::Duration;

/// What a caller waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A token with this much left.
    Lasting(Duration),
    /// A newer token than this one, which was rejected.
    Newer(Generation),
    /// A new token, because the user said so.
    Refreshed,
}

/// A caller who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) waiter: Waiter,
    pub(crate) wish: Wish,
    pub(crate) told: Told,
}

/// Whether a waiting caller has been told when the attempt is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    NotYet,
    Already,
}

/// Everybody who waits, in order of arrival.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue(Vec<Waiting>);

impl Queue {
    pub(crate) fn join(&mut self, waiter: Waiter, wish: Wish) {
        self.0.push(Waiting {
            waiter,
            wish,
            told: Told::NotYet,
        });
    }

    pub(crate) fn rejoin(&mut self, callers: Vec<Waiting>) {
        self.0.extend(callers);
    }

    pub(crate) fn leave(&mut self, waiter: Waiter) {
        self.0.retain(|waiting| waiting.waiter != waiter);
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Waiting> {
        self.0.iter_mut()
    }

    /// Takes everybody out.
    pub(crate) fn take(&mut self) -> Vec<Waiting> {
        std::mem::take(&mut self.0)
    }

    /// Takes out those whom the living token `life` serves as it is.
    pub(crate) fn take_served(&mut self, now: Now, life: Life) -> Vec<Waiting> {
        let served = |waiting: &mut Waiting| match waiting.wish {
            Wish::Lasting(min_ttl) => life.serves(now, min_ttl),
            Wish::Newer(rejected) => life.generation() > rejected,
            Wish::Refreshed => false,
        };
        self.0.extract_if(.., served).collect()
    }

    /// For whom an attempt would be made, if anybody waits.
    pub(crate) fn need(&self) -> Option<Need> {
        let need = |waiting: &Waiting| match waiting.wish {
            Wish::Lasting(_) | Wish::Newer(_) => Need::Caller,
            Wish::Refreshed => Need::User,
        };
        self.0.iter().map(need).max()
    }
}

/// Tells `callers` that there is no token.
pub(crate) fn refuse(callers: Vec<Waiting>, why: Refusal, effects: &mut Vec<Effect>) {
    let refuse = |waiting: Waiting| Effect::Refuse {
        waiter: waiting.waiter,
        why,
    };
    effects.extend(callers.into_iter().map(refuse));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_outweighs_callers() {
        let mut queue = Queue::default();
        assert_eq!(queue.need(), None);
        queue.join(Waiter(1), Wish::Newer(Generation(1)));
        assert_eq!(queue.need(), Some(Need::Caller));
        queue.join(Waiter(2), Wish::Refreshed);
        assert_eq!(queue.need(), Some(Need::User));
        queue.leave(Waiter(2));
        assert_eq!(queue.need(), Some(Need::Caller));
    }

    #[test]
    fn a_living_token_serves_those_it_is_new_and_long_enough_for() {
        let mut queue = Queue::default();
        queue.join(Waiter(1), Wish::Lasting(Duration::from_secs(5)));
        queue.join(Waiter(2), Wish::Lasting(Duration::from_secs(50)));
        queue.join(Waiter(3), Wish::Refreshed);
        queue.join(Waiter(4), Wish::Newer(Generation(6)));
        queue.join(Waiter(5), Wish::Newer(Generation(7)));
        let start = Now::default();
        let life = Life::issued(Generation(7), start, Duration::from_mins(1));
        let served = queue.take_served(start.plus(Duration::from_secs(30)), life);
        let served: Vec<_> = served.iter().map(|waiting| waiting.waiter).collect();
        assert_eq!(served, [Waiter(1), Waiter(4)]);
        assert_eq!(queue.take().len(), 3);
    }
}

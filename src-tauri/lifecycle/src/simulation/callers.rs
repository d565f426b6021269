//! Who asks a simulated keeper for tokens.

use super::invariants as rule;
use super::world::World;
use crate::event::{Event, Waiter};
use std::time::Duration;

impl World {
    pub(super) fn want(&mut self, min_ttl: Duration) {
        let waiter = self.caller();
        self.tell(Event::Wanted { waiter, min_ttl });
    }

    pub(super) fn refresh(&mut self) {
        let waiter = self.caller();
        self.refreshing.insert(waiter);
        self.tell(Event::RefreshAsked { waiter });
    }

    pub(super) fn reject(&mut self, back: usize) {
        let named = self.known.keys().rev().nth(back).copied();
        let Some(generation) = named.filter(|_| self.newest.is_some()) else {
            return;
        };
        if Some(generation) == self.newest {
            self.rejected.insert(generation);
        }
        let waiter = self.caller();
        self.tell(Event::Rejected { waiter, generation });
    }

    pub(super) fn leave(&mut self) {
        if let Some((waiter, _)) = self.waiting.pop_first() {
            self.refreshing.remove(&waiter);
            self.tell(Event::CallerLeft { waiter });
        }
    }

    pub(super) fn answered(&mut self, waiter: Waiter) {
        rule::one_answer_for_each_caller(self, waiter);
        self.waiting.remove(&waiter);
        self.refreshing.remove(&waiter);
    }

    /// What callers wait for was taken away; their time counts from here.
    pub(super) fn let_callers_wait_anew(&mut self) {
        self.waiting
            .values_mut()
            .for_each(|waited| *waited = Duration::ZERO);
    }

    fn caller(&mut self) -> Waiter {
        self.waiters += 1;
        self.waiting.insert(Waiter(self.waiters), Duration::ZERO);
        Waiter(self.waiters)
    }
}

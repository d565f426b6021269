//! What every session's calls share: one policy, one ledger, one log.

use super::GatePlaces;
use super::policy_file::Content;
use super::seen::Seen;
use super::standing::{GateStanding, open};
use super::writer::Writer;
use policy::{Denial, Elapsed, Governing, Ledger, Now, Pass, QuestionId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{oneshot, watch};

/// What every session's calls share.
pub(super) struct Shared {
    pub(super) places: GatePlaces,
    pub(super) clock: fn() -> Now,
    pub(super) state: SharedState,
    pub(super) writer: Writer,
    pub(super) standing: watch::Sender<GateStanding>,
    /// Counts the policies that have come into force.
    pub(super) policies: watch::Sender<u64>,
}

/// The state, also for whoever saves what it has counted.
pub(super) type SharedState = Arc<Mutex<State>>;

/// Held for moments, and never over I/O.
pub(super) struct State {
    pub(super) governing: Governing,
    /// The file as it was read last.
    pub(super) read: Content,
    pub(super) ledger: Ledger,
    /// Calls that wait for a person.
    pub(super) waiting: HashMap<QuestionId, oneshot::Sender<Settled>>,
    /// What servers told of their tools.
    pub(super) seen: Seen,
}

/// How a call that waited goes on.
#[derive(Debug)]
pub(super) enum Settled {
    Forward(Pass),
    Deny(Denial),
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(super) fn now(&self) -> Now {
        (self.clock)()
    }

    /// Shows the questions as they are now.
    pub(super) fn show_questions(&self, state: &State) {
        let questions = open(&state.ledger);
        self.standing.send_if_modified(|standing| {
            let differs = standing.questions != questions;
            standing.questions = questions;
            differs
        });
    }

    /// Ends the questions whose time is up.
    pub(super) fn tick(&self) {
        let mut state = self.state();
        state.end_elapsed(self.now());
        self.show_questions(&state);
    }
}

impl State {
    /// Ends the questions whose time is up at `now`.
    pub(super) fn end_elapsed(&mut self, now: Now) {
        for elapsed in self.ledger.tick(now) {
            if let Elapsed::TimedOut { question, denial } = elapsed {
                self.settle(question, Settled::Deny(denial));
            }
        }
    }

    /// Tells the call that waits. A pass that nobody takes is given back.
    pub(super) fn settle(&mut self, question: QuestionId, settled: Settled) {
        let Some(call) = self.waiting.remove(&question) else {
            return self.unused(settled);
        };
        if let Err(settled) = call.send(settled) {
            self.unused(settled);
        }
    }

    /// The call is gone that this was for.
    pub(super) fn unused(&mut self, settled: Settled) {
        if let Settled::Forward(pass) = settled {
            self.ledger.give_back(pass);
        }
    }
}

/// Whoever panicked before left nothing half done: each change is one call.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

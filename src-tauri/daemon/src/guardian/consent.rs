//! Whether Claude Desktop may be restarted for a token: at most one question and one restart
//! for each, whoever keeps.

use claude::Consent;
use control::{RestartAnswer, RestartQuestion};
use lifecycle::WallTime;
use serde::{Deserialize, Serialize};

/// What was asked, answered and done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Restarts {
    /// The newest generation that was answered about.
    answered: Option<u64>,
    /// The newest generation that was declined.
    declined: Option<u64>,
    /// The newest generation that Claude Desktop was restarted for, successfully or not.
    restarted: Option<u64>,
    /// A question ends with the keeper that shows it; unanswered, the next one asks it.
    #[serde(skip)]
    question: Option<RestartQuestion>,
}

/// A restart is to be made now, for this generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Restart(pub(super) u64);

impl Restarts {
    /// A token waits.
    pub(super) fn waits(
        &mut self,
        now: WallTime,
        generation: u64,
        consent: Consent,
    ) -> Option<Restart> {
        if self.restarted >= Some(generation) {
            return None;
        }
        match consent {
            Consent::Always => self.restart(generation),
            Consent::WhenQuit => {
                self.question = None;
                None
            }
            Consent::Ask => {
                self.ask(now, generation);
                None
            }
        }
    }

    fn ask(&mut self, now: WallTime, generation: u64) {
        let is_asked = self
            .question
            .is_some_and(|question| question.generation >= generation);
        if !is_asked && self.answered < Some(generation) {
            self.question = Some(RestartQuestion {
                generation,
                asked_at: now,
            });
        }
    }

    /// The user has answered.
    pub(super) fn answered(&mut self, generation: u64, answer: RestartAnswer) -> Option<Restart> {
        let is_open = self
            .question
            .is_some_and(|question| question.generation == generation);
        if !is_open {
            return None;
        }
        self.question = None;
        self.answered = Some(generation);
        match answer {
            RestartAnswer::Now => self.restart(generation),
            RestartAnswer::WhenQuit => None,
            RestartAnswer::NotThisTime => {
                self.declined = Some(generation);
                None
            }
        }
    }

    /// A restart for this generation begins, if it is the first.
    pub(super) fn restart(&mut self, generation: u64) -> Option<Restart> {
        self.question = None;
        let is_first = self.restarted < Some(generation);
        self.restarted = self.restarted.max(Some(generation));
        is_first.then_some(Restart(generation))
    }

    /// There is nothing to ask about any more.
    pub(super) fn close(&mut self) {
        self.question = None;
    }

    pub(super) fn question(&self) -> Option<RestartQuestion> {
        self.question
    }

    pub(super) fn is_declined(&self, generation: u64) -> bool {
        self.declined == Some(generation)
    }
}

//! From the wish for a pair to the request: the refresh token is read, the vault is tried with the
//! journal entry, and only then Zoom is asked.

use super::effect::Effect;
use super::ending::Settled;
use super::journal::{Grant, Journal};
use super::machine::{Machine, Stage};
use super::sign_in::SignInCause;
use crate::event::Attempt;
use crate::outcome::{Local, Outcome};
use crate::time::Now;

/// An attempt before its answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking {
    pub(super) attempt: Attempt,
    step: Step,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Reading,
    Journaling(Journal),
    Requested(Journal),
}

impl Asking {
    pub(super) fn begun(attempt: Attempt) -> Self {
        Self {
            attempt,
            step: Step::Reading,
        }
    }
}

impl Machine {
    pub(super) fn grant_read(
        &mut self,
        attempt: Attempt,
        grant: Option<Grant>,
        effects: &mut Vec<Effect>,
    ) {
        if !matches!(self.step_of(attempt), Some(Step::Reading)) {
            return;
        }
        let Some(grant) = grant else {
            return self.end_sign_in(None, SignInCause::Missing, effects);
        };
        let Some(started) = self.token.request.map(|request| request.started) else {
            return;
        };
        self.refresh = self.refresh.max(grant.refresh);
        let entry = Journal {
            refresh: grant.refresh,
            asked: started.wall,
            lost: grant.in_doubt_since(&self.token.attempts),
        };
        self.go_on(attempt, Step::Journaling(entry));
        effects.push(Effect::Journal { attempt, entry });
    }

    pub(super) fn grant_unread(
        &mut self,
        now: Now,
        attempt: Attempt,
        why: Local,
        effects: &mut Vec<Effect>,
    ) {
        if matches!(self.step_of(attempt), Some(Step::Reading)) {
            self.end_attempt(now, Settled::Yes, Outcome::Local(why), effects);
        }
    }

    pub(super) fn journaled(&mut self, attempt: Attempt, effects: &mut Vec<Effect>) {
        let Some(Step::Journaling(entry)) = self.step_of(attempt) else {
            return;
        };
        self.go_on(attempt, Step::Requested(entry));
        // Credentials that were replaced meanwhile are those of this request.
        self.make_current();
        let refresh = entry.refresh;
        effects.push(Effect::Request { attempt, refresh });
    }

    pub(super) fn journal_failed(
        &mut self,
        now: Now,
        attempt: Attempt,
        why: Local,
        effects: &mut Vec<Effect>,
    ) {
        if matches!(self.step_of(attempt), Some(Step::Journaling(_))) {
            self.end_attempt(now, Settled::Yes, Outcome::Local(why), effects);
        }
    }

    /// The journal entry of the request in flight, if it is this attempt's.
    pub(super) fn requested(&self, attempt: Attempt) -> Option<Journal> {
        match self.step_of(attempt) {
            Some(Step::Requested(entry)) => Some(entry),
            _ => None,
        }
    }

    fn step_of(&self, attempt: Attempt) -> Option<Step> {
        match self.stage {
            Stage::Asking(asking) if asking.attempt == attempt => Some(asking.step),
            _ => None,
        }
    }

    fn go_on(&mut self, attempt: Attempt, step: Step) {
        self.stage = Stage::Asking(Asking { attempt, step });
    }
}

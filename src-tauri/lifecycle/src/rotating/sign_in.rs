//! The end of a sign-in and the next one.
//!
//! The end is written before it is told, so that it is told once and the dead refresh token is not
//! used by the next process either. Only a newer refresh token in the vault ends it.

use super::effect::{Effect, Notice};
use super::journal::Grant;
use super::machine::{Machine, Stage};
use crate::attempts::{Attempts, Ended};
use crate::condition::SuspendReason;
use crate::effect::Refusal;
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::outcome::{Answered, Failure};
use crate::time::{Now, WallTime};
use serde::{Deserialize, Serialize};

/// Why only a new sign-in helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInCause {
    /// Zoom no longer takes the refresh token: it was revoked, is too old, or the user signed in
    /// to the same app elsewhere.
    Refused,
    /// The answer that held the next refresh token was lost.
    AnswerLost {
        /// When the request was made.
        at: WallTime,
    },
    /// The vault holds no refresh token.
    Missing,
}

/// A sign-in that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadGrant {
    /// The refresh token that is dead, if there was one.
    pub refresh: Option<Generation>,
    /// Why.
    pub cause: SignInCause,
}

impl SignInCause {
    pub(super) fn lost(at: WallTime) -> Self {
        Self::AnswerLost { at }
    }
}

impl Attempts {
    /// Forgets the end of a sign-in if the vault has a newer refresh token.
    pub(super) fn lift_if_signed_in(&mut self, grant: Option<Grant>) {
        let refresh = grant.map(|grant| grant.refresh);
        if self.dead_grant.is_some_and(|dead| refresh > dead.refresh) {
            self.dead_grant = None;
            self.forgive();
        }
    }
}

impl Machine {
    /// Why only a new sign-in helps, if that is so.
    #[must_use]
    pub fn sign_in_again(&self) -> Option<SignInCause> {
        self.token.attempts.dead_grant.map(|dead| dead.cause)
    }

    pub(super) fn end_sign_in(
        &mut self,
        refresh: Option<Generation>,
        cause: SignInCause,
        effects: &mut Vec<Effect>,
    ) {
        self.stage = Stage::Idle;
        self.token.request = None;
        let attempts = &mut self.token.attempts;
        attempts.dead_grant = Some(DeadGrant { refresh, cause });
        attempts.suspended = Some(SuspendReason::SignInAgain);
        effects.push(Effect::Plain(crate::Effect::Persist(attempts.clone())));
        effects.push(Effect::Notice(Notice::SignInAgain(cause)));
        let why = Refusal::Suspended(SuspendReason::SignInAgain);
        self.plainly(effects, |token, effects| token.refuse_all(why, effects));
    }

    /// Notes that Zoom refused the refresh token in the request in flight.
    pub(super) fn record_refusal(&mut self, effects: &mut Vec<Effect>) {
        let failure = Failure::Answered(Answered::InvalidGrant);
        let attempts = &mut self.token.attempts;
        attempts.failures += 1;
        attempts.ended = self.token.request.map(|request| Ended {
            at: request.started.wall,
            failure: Some(failure),
        });
        let notice = crate::Notice::Failed(failure);
        effects.push(Effect::Plain(crate::Effect::Notice(notice)));
    }

    pub(super) fn signed_in(
        &mut self,
        now: Now,
        asked: Now,
        granted: Granted,
        effects: &mut Vec<Effect>,
    ) {
        self.token.begin(now, asked);
        let attempts = self.token.attempts.clone();
        effects.push(Effect::Plain(crate::Effect::Persist(attempts)));
        self.hold(now, granted, effects);
    }
}

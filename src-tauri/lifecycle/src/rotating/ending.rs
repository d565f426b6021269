//! What the end of a request means for the refresh token it was made with.

use super::effect::Effect;
use super::event::{Arrival, Ending, Refresh};
use super::journal::Journal;
use super::machine::{Machine, Stage};
use super::sign_in::SignInCause;
use crate::event::Attempt;
use crate::machine::Standing;
use crate::outcome::{Answered, Outcome};
use crate::time::Now;

/// Whether it is known that this attempt did not use the refresh token up, or replaced it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    Yes,
    No,
}

impl Machine {
    pub(super) fn finished(
        &mut self,
        now: Now,
        attempt: Attempt,
        ending: Ending,
        effects: &mut Vec<Effect>,
    ) {
        let Some(entry) = self.requested(attempt) else {
            return;
        };
        match ending {
            Ending::Granted {
                granted,
                refresh: Refresh::Kept,
            } => self.succeed(now, Outcome::Granted(granted), effects),
            Ending::Granted {
                granted,
                refresh: Refresh::Replaced,
            } => self.hold(now, granted, effects),
            Ending::Refused(Answered::InvalidGrant) => {
                let cause = entry.lost.map_or(SignInCause::Refused, SignInCause::lost);
                self.end_refused(entry, cause, effects);
            }
            Ending::Refused(kind) => {
                self.end_attempt(now, Settled::Yes, Outcome::Answered(kind), effects);
            }
            Ending::Unavailable {
                kind,
                retry_after,
                arrival,
            } => {
                let settled = match arrival {
                    Arrival::Never => Settled::Yes,
                    Arrival::Perhaps => Settled::No,
                };
                let outcome = Outcome::Transient { kind, retry_after };
                self.end_attempt(now, settled, outcome, effects);
            }
            Ending::Local(why) => {
                self.end_attempt(now, Settled::Yes, Outcome::Local(why), effects);
            }
        }
    }

    /// A grant counts even if the client secret was replaced meanwhile: Zoom has given it.
    pub(super) fn succeed(&mut self, now: Now, outcome: Outcome, effects: &mut Vec<Effect>) {
        self.make_current();
        self.end_attempt(now, Settled::Yes, outcome, effects);
    }

    pub(super) fn make_current(&mut self) {
        if let Some(request) = &mut self.token.request {
            request.standing = Standing::Current;
        }
    }

    /// Ends the transaction and the access token's request with it.
    pub(super) fn end_attempt(
        &mut self,
        now: Now,
        settled: Settled,
        outcome: Outcome,
        effects: &mut Vec<Effect>,
    ) {
        self.stage = Stage::Idle;
        let Some(request) = self.token.request else {
            return;
        };
        if settled == Settled::Yes {
            self.token.attempts.answered = Some(request.started.wall);
        }
        self.plainly(effects, |token, effects| {
            token.finished(now, request.attempt, outcome, effects);
        });
    }

    fn end_refused(&mut self, entry: Journal, cause: SignInCause, effects: &mut Vec<Effect>) {
        self.record_refusal(effects);
        self.end_sign_in(Some(entry.refresh), cause, effects);
    }
}

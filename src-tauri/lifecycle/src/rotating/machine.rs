//! The state machine of one account whose refresh token rotates.

use super::asking::Asking;
use super::effect::Effect;
use super::event::Event;
use super::holding::Pair;
use super::journal::Grant;
use crate::attempts::Attempts;
use crate::effect::Stored;
use crate::expiry::{Life, TokenMeta};
use crate::generation::Generation;
use crate::policy::Policy;
use crate::time::Now;

/// One account's grant, and the access token it brings.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The access token. Its request is in flight exactly while the stage is not idle.
    pub(crate) token: crate::Machine,
    /// The newest refresh token there has been, as far as is known here.
    pub(super) refresh: Generation,
    pub(super) stage: Stage,
}

/// How far the transaction has come.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stage {
    Idle,
    /// Nothing irrevocable has happened yet, or Zoom is being asked.
    Asking(Asking),
    /// Zoom has answered; the pair is not yet in the vault.
    Holding(Pair),
}

impl Machine {
    /// A machine that has not been told yet what is saved: [`Event::Loaded`] comes first.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            token: crate::Machine::new(policy),
            refresh: Generation::default(),
            stage: Stage::Idle,
        }
    }

    /// Takes in what happened at `now`; returns what to do, in order.
    pub fn step(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take_in(now, event, &mut effects);
        self.save_if_due(now, &mut effects);
        self.plainly(&mut effects, |token, effects| {
            token.end_patience(now, effects);
            token.advance(now, effects);
        });
        effects
    }

    /// The token that is handed out at `now` to who asks without a special wish: alive, not
    /// rejected, and saved or given up on being saved. Its refresh token is in the vault.
    #[must_use]
    pub fn offered(&self, now: Now) -> Option<(Life, Stored)> {
        self.token.offered(now)
    }

    fn take_in(&mut self, now: Now, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Loaded {
                token,
                attempts,
                grant,
            } => self.loaded(now, token, attempts, grant, effects),
            Event::GrantRead { attempt, grant } => self.grant_read(attempt, grant, effects),
            Event::GrantUnread { attempt, why } => self.grant_unread(now, attempt, why, effects),
            Event::Journaled { attempt } => self.journaled(attempt, effects),
            Event::JournalFailed { attempt, why } => {
                self.journal_failed(now, attempt, why, effects);
            }
            Event::AttemptFinished { attempt, ending } => {
                self.finished(now, attempt, ending, effects);
            }
            Event::ReadBack { generation } => self.read_back(now, generation, effects),
            Event::NotReadBack { generation, why } => {
                self.not_read_back(now, generation, why, effects);
            }
            Event::SignedIn { asked, granted } => self.signed_in(now, asked, granted, effects),
            Event::Plain(event) => self.plain(now, event, effects),
        }
    }

    fn plain(&mut self, now: Now, event: crate::Event, effects: &mut Vec<Effect>) {
        match event {
            crate::Event::Loaded { .. } | crate::Event::AttemptFinished { .. } => return,
            crate::Event::Woke => self.save_at_once(now),
            _ => {}
        }
        self.plainly(effects, |token, effects| token.take_in(now, event, effects));
    }

    fn loaded(
        &mut self,
        now: Now,
        token: Option<TokenMeta>,
        mut attempts: Attempts,
        grant: Option<Grant>,
        effects: &mut Vec<Effect>,
    ) {
        attempts.lift_if_signed_in(grant);
        if let Some(grant) = grant {
            self.refresh = self.refresh.max(grant.refresh);
            self.token.urgent = grant.in_doubt_since(&attempts).is_some();
        }
        self.save_at_once(now);
        let event = crate::Event::Loaded { token, attempts };
        self.plainly(effects, |token, effects| token.take_in(now, event, effects));
    }

    /// Lets the access token's machine act. Its request becomes a transaction.
    pub(super) fn plainly(
        &mut self,
        effects: &mut Vec<Effect>,
        act: impl FnOnce(&mut crate::Machine, &mut Vec<crate::Effect>),
    ) {
        let mut plain = Vec::new();
        act(&mut self.token, &mut plain);
        for effect in plain {
            effects.push(match effect {
                crate::Effect::Request { attempt } => {
                    self.stage = Stage::Asking(Asking::begun(attempt));
                    Effect::ReadGrant { attempt }
                }
                other => Effect::Plain(other),
            });
        }
    }
}

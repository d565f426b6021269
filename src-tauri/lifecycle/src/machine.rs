//! The state machine of one account's token.
//!
//! What always holds: one request in flight at most, [`crate::COOLDOWN`] between the starts of two
//! attempts, no token handed out past its end, no request after a suspension but by the
//! user's act, and every caller gets exactly one answer.

use crate::attempts::Attempts;
use crate::effect::{Effect, Stored};
use crate::event::{Attempt, Event, Waiter};
use crate::expiry::{Life, TokenMeta};
use crate::limits::Limits;
use crate::policy::Policy;
use crate::saving::Saving;
use crate::time::Now;
use crate::waiting::{Queue, Wish};

/// One account's token: what it is, who waits for it, and what is being done about it.
#[derive(Clone, Debug)]
pub struct Machine {
    pub(crate) policy: Policy,
    pub(crate) readiness: Readiness,
    pub(crate) attempts: Attempts,
    pub(crate) limits: Limits,
    pub(crate) token: Option<Token>,
    pub(crate) request: Option<Request>,
    pub(crate) newest_attempt: Attempt,
    pub(crate) queue: Queue,
    pub(crate) saving: Option<Saving>,
    pub(crate) trouble_since: Option<Now>,
    /// An attempt is due whatever is left of the token.
    pub(crate) urgent: bool,
}

/// Whether vault and disk have been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readiness {
    Loading,
    Ready,
}

/// The newest token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) life: Life,
    pub(crate) stored: Stored,
}

/// The request in flight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    pub(crate) attempt: Attempt,
    /// Before the request was sent: the token's life counts from here.
    pub(crate) started: Now,
    pub(crate) standing: Standing,
}

/// Whether a request's result still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Current,
    /// Made with credentials that were replaced meanwhile.
    Stale,
}

impl Machine {
    /// A machine that has not been told yet what is saved: [`Event::Loaded`] comes first.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            readiness: Readiness::Loading,
            attempts: Attempts::default(),
            limits: Limits::default(),
            token: None,
            request: None,
            newest_attempt: Attempt::default(),
            queue: Queue::default(),
            saving: None,
            trouble_since: None,
            urgent: false,
        }
    }

    /// Takes in what happened at `now`; returns what to do, in order.
    pub fn step(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take_in(now, event, &mut effects);
        self.end_patience(now, &mut effects);
        self.advance(now, &mut effects);
        effects
    }

    /// The token that is handed out at `now` to who asks without a special wish: alive, not
    /// rejected, and saved or given up on being saved.
    #[must_use]
    pub fn offered(&self, now: Now) -> Option<(Life, Stored)> {
        self.usable(now).filter(|(life, _)| {
            let saving = self.saving.as_ref().map(|saving| saving.generation);
            saving != Some(life.generation())
        })
    }

    /// The token that may be handed out at `now`: alive and not rejected.
    pub(crate) fn usable(&self, now: Now) -> Option<(Life, Stored)> {
        let token = self.token.filter(|token| token.life.lives(now))?;
        self.unrejected().then_some((token.life, token.stored))
    }

    pub(crate) fn take_in(&mut self, now: Now, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Loaded { token, attempts } => self.loaded(now, token, attempts),
            Event::Tick => {}
            Event::Wanted { waiter, min_ttl } => self.queue.join(waiter, Wish::Lasting(min_ttl)),
            Event::RefreshAsked { waiter } => self.queue.join(waiter, Wish::Refreshed),
            Event::Rejected { waiter, generation } => {
                self.rejected(now, waiter, generation, effects);
            }
            Event::AttemptFinished { attempt, outcome } => {
                self.finished(now, attempt, outcome, effects);
            }
            Event::TokenSaved { generation } => self.saved(now, generation, effects),
            Event::SaveFailed { generation, why } => {
                self.save_failed(now, generation, why, effects);
            }
            Event::TokenGone => self.token = None,
            Event::CallerLeft { waiter } => self.left(waiter),
            Event::Woke | Event::NetworkReturned => self.clear_back_off(),
            Event::CredentialsChanged => self.credentials_changed(effects),
            Event::AutoRefresh(on) => self.policy.auto_refresh = on,
        }
    }

    fn loaded(&mut self, now: Now, token: Option<TokenMeta>, attempts: Attempts) {
        self.readiness = Readiness::Ready;
        self.limits = Limits::loaded(&attempts, now, self.policy.jitter_seed);
        self.attempts = attempts;
        let issued = self.attempts.refreshed;
        let life = token.map(|meta| Life::loaded(meta, issued, now));
        self.token = life.map(|life| Token {
            life,
            stored: Stored::Saved,
        });
        let newest = self.token.map(|token| token.life.generation());
        self.attempts.generation = self.attempts.generation.max(newest.unwrap_or_default());
    }

    fn left(&mut self, waiter: Waiter) {
        self.queue.leave(waiter);
        if let Some(saving) = &mut self.saving {
            saving.callers.retain(|waiting| waiting.waiter != waiter);
        }
    }

    fn clear_back_off(&mut self) {
        self.limits.clear_back_off();
        self.attempts.late = 0;
        self.trouble_since = None;
    }

    fn credentials_changed(&mut self, effects: &mut Vec<Effect>) {
        self.attempts.forgive();
        self.limits.clear_all_but_cooldown();
        self.trouble_since = None;
        if let Some(request) = &mut self.request {
            request.standing = Standing::Stale;
        }
        effects.push(Effect::Persist(self.attempts.clone()));
    }
}

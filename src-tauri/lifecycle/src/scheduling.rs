//! Whether an attempt is made now, later, or not at all.

use crate::condition::{SuspendReason, WaitReason};
use crate::effect::{Effect, Refusal};
use crate::event::Attempt;
use crate::limits::{Gate, Need};
use crate::machine::{Machine, Readiness, Request, Standing};
use crate::policy::COOLDOWN;
use crate::time::Now;
use crate::waiting::{Told, refuse};

impl SuspendReason {
    /// Whether it keeps an attempt for `need` from being made. A dead refresh token does not come
    /// back to life because somebody asks.
    fn binds(self, need: Need) -> bool {
        need != Need::User || self == Self::SignInAgain
    }
}

impl Machine {
    /// Serves who can be served, and starts or puts off the attempt that the rest needs.
    pub(crate) fn advance(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if let Some(usable) = self.usable(now) {
            let served = self.queue.take_served(now, usable.0);
            self.hand_out(&served, usable, effects);
        }
        if self.request.is_some() || self.readiness == Readiness::Loading {
            return;
        }
        let Some(need) = self.need(now) else { return };
        if let Some(reason) = self.attempts.suspended.filter(|reason| reason.binds(need)) {
            self.refuse_all(Refusal::Suspended(reason), effects);
            return;
        }
        match self.limits.gate(need, now) {
            Gate::Open => self.start(now, effects),
            Gate::Closed { until, limit } => {
                self.put_off(now, until, self.wait_reason(limit), effects);
            }
        }
    }

    /// For whom an attempt would be made at `now`, if it is needed.
    pub(crate) fn need(&self, now: Now) -> Option<Need> {
        self.queue
            .need()
            .or_else(|| (self.policy.auto_refresh && self.due(now)).then_some(Need::Unasked))
    }

    fn due(&self, now: Now) -> bool {
        self.urgent
            || self
                .usable(now)
                .is_none_or(|(life, _)| life.until_due(now, self.policy.threshold).is_zero())
    }

    fn start(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let attempt = Attempt(self.newest_attempt.0 + 1);
        self.newest_attempt = attempt;
        self.request = Some(Request {
            attempt,
            started: now,
            standing: Standing::Current,
        });
        self.urgent = false;
        self.limits.attempt_started(now);
        self.attempts.last = Some(now);
        self.attempts.retry_after = None;
        effects.push(Effect::Persist(self.attempts.clone()));
        effects.push(Effect::Request { attempt });
    }

    /// Takes a request over that was sent at `started` for another reason than a need.
    pub(crate) fn begin(&mut self, now: Now, started: Now) {
        let attempt = Attempt(self.newest_attempt.0 + 1);
        self.newest_attempt = attempt;
        self.request = Some(Request {
            attempt,
            started,
            standing: Standing::Current,
        });
        self.limits.attempt_started(now);
        self.attempts.last = Some(now);
    }

    fn put_off(&mut self, now: Now, until: Now, reason: WaitReason, effects: &mut Vec<Effect>) {
        let shown = until.shown(now);
        if now.until(until) > COOLDOWN {
            self.refuse_all(Refusal::RetryAfter { until: shown }, effects);
            return;
        }
        for waiting in self
            .queue
            .iter_mut()
            .filter(|waiting| waiting.told == Told::NotYet)
        {
            waiting.told = Told::Already;
            effects.push(Effect::ToldToWait {
                waiter: waiting.waiter,
                until: shown,
                reason,
            });
        }
    }

    pub(crate) fn refuse_all(&mut self, why: Refusal, effects: &mut Vec<Effect>) {
        refuse(self.queue.take(), why, effects);
    }
}

//! What viewers are told, and when the driver must look again.

use crate::attempts::Ended;
use crate::condition::{Activity, Condition, WaitReason};
use crate::generation::Generation;
use crate::limits::{Gate, Limit, Need};
use crate::machine::{Machine, Readiness};
use crate::outcome::{Failure, Transient};
use crate::policy::LONGEST_SLEEP;
use crate::time::{Now, WallTime};
use std::time::Duration;

/// Shortest sleep: one step of the clocks.
pub(crate) const SHORTEST_SLEEP: Duration = Duration::from_millis(1);

/// What a viewer shows of an account: instants, never remaining seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The usable token's life, and what is being done.
    pub condition: Condition,
    /// The newest token, usable or not.
    pub generation: Option<Generation>,
    /// When the last attempt was started.
    pub last_attempt: Option<WallTime>,
    /// How the last attempt that ended did.
    pub last_ended: Option<Ended>,
    /// When the last attempt that brought a token was started.
    pub last_refresh: Option<WallTime>,
    /// Failures of every kind since the last token.
    pub failures: u32,
    /// When the next attempt is made, if one is planned.
    pub next_attempt: Option<WallTime>,
    /// Whether tokens are refreshed unasked.
    pub auto_refresh: bool,
}

impl Machine {
    /// What viewers are told at `now`.
    #[must_use]
    pub fn view(&self, now: Now) -> View {
        View {
            condition: self.condition(now),
            generation: self.token.map(|token| token.life.generation()),
            last_attempt: self.attempts.last.map(|last| last.wall),
            last_ended: self.attempts.ended,
            last_refresh: self.attempts.refreshed.map(|started| started.wall),
            failures: self.attempts.failures,
            next_attempt: self.next_attempt(now).map(|next| next.shown(now)),
            auto_refresh: self.policy.auto_refresh,
        }
    }

    /// The token's life and what is being done about it. A rejected token has no life.
    #[must_use]
    pub fn condition(&self, now: Now) -> Condition {
        let token = self
            .token
            .filter(|_| self.unrejected())
            .map(|token| token.life.span(now));
        Condition {
            token,
            activity: self.activity(now),
        }
    }

    /// How long the driver may sleep before the next [`crate::Event::Tick`]; none means
    /// until something happens. At most [`LONGEST_SLEEP`] while a token lives.
    #[must_use]
    pub fn next_wakeup(&self, now: Now) -> Option<Duration> {
        if self.readiness == Readiness::Loading {
            return None;
        }
        let alive = self.usable(now).is_some().then_some(LONGEST_SLEEP);
        let patience = self
            .saving
            .as_ref()
            .map(|saving| now.until(saving.patience_ends));
        let attempt = self.next_attempt(now).map(|next| now.until(next));
        let soonest = [alive, patience, attempt].into_iter().flatten().min()?;
        Some(soonest.clamp(SHORTEST_SLEEP, LONGEST_SLEEP))
    }

    /// Why `limit` puts an attempt off, in a viewer's words.
    pub(crate) fn wait_reason(&self, limit: Limit) -> WaitReason {
        let failure = self.attempts.ended.and_then(|ended| ended.failure);
        match (limit, failure) {
            (Limit::RetryAfter, _) => WaitReason::RetryAfter,
            (_, Some(Failure::Transient(Transient::Unreachable))) => WaitReason::Offline,
            (_, Some(Failure::Local(_))) => WaitReason::Vault,
            (Limit::BackOff, _) => WaitReason::BackOff,
            (Limit::Cooldown, _) => WaitReason::Cooldown,
        }
    }

    fn activity(&self, now: Now) -> Activity {
        if self.request.is_some() {
            return Activity::Refreshing;
        }
        if let Some(reason) = self
            .attempts
            .suspended
            .filter(|_| self.queue.need().is_none())
        {
            return Activity::Suspended { reason };
        }
        match self.need(now).map(|need| self.limits.gate(need, now)) {
            Some(Gate::Closed { until, limit }) => Activity::Waiting {
                reason: self.wait_reason(limit),
                until: until.shown(now),
            },
            Some(Gate::Open) | None => Activity::Idle,
        }
    }

    /// When the next attempt is made if nothing happens until then.
    fn next_attempt(&self, now: Now) -> Option<Now> {
        if self.request.is_some() {
            return None;
        }
        let Some(need) = self.queue.need() else {
            return self.next_unasked(now);
        };
        Some(self.limits.gate(need, now).opens(now))
    }

    fn next_unasked(&self, now: Now) -> Option<Now> {
        if !self.policy.auto_refresh || self.attempts.suspended.is_some() {
            return None;
        }
        let due = self
            .usable(now)
            .filter(|_| !self.urgent)
            .map_or(now, |(life, _)| life.due(now, self.policy.threshold));
        let opens = self.limits.gate(Need::Unasked, now).opens(now);
        Some(if now.until(due) < now.until(opens) {
            opens
        } else {
            due
        })
    }
}

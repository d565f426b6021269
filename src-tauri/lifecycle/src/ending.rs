//! What the end of an attempt changes.

use crate::attempts::Ended;
use crate::backoff;
use crate::condition::SuspendReason;
use crate::effect::{Effect, Notice, Refusal, Stored};
use crate::event::Attempt;
use crate::expiry::Life;
use crate::generation::Generation;
use crate::health::Span;
use crate::lifetime::{Basis, Granted, Lifetime};
use crate::machine::{Machine, Request, Standing, Token};
use crate::outcome::{Failure, Outcome};
use crate::policy::{EAGER_AFTER_EXPIRY, REFUSALS_TO_SUSPEND};
use crate::time::Now;
use std::time::Duration;

impl Machine {
    pub(crate) fn finished(
        &mut self,
        now: Now,
        attempt: Attempt,
        outcome: Outcome,
        effects: &mut Vec<Effect>,
    ) {
        let Some(request) = self.request.take_if(|request| request.attempt == attempt) else {
            return;
        };
        if request.standing == Standing::Stale {
            return;
        }
        match outcome {
            Outcome::Granted(granted) => self.granted(now, request, granted, effects),
            Outcome::Answered(kind) => {
                self.attempts.refusals += 1;
                self.failed(now, request, Failure::Answered(kind), effects);
            }
            Outcome::Transient { kind, retry_after } => {
                if let Some(retry_after) = retry_after {
                    self.be_patient(now, retry_after.wait(now.wall));
                }
                self.failed(now, request, Failure::Transient(kind), effects);
            }
            Outcome::Local(kind) => self.failed(now, request, Failure::Local(kind), effects),
        }
    }

    fn granted(&mut self, now: Now, request: Request, granted: Granted, effects: &mut Vec<Effect>) {
        let lifetime = granted.lifetime(request.started.wall);
        let generation = self.attempts.generation.next(now.wall);
        let life = Life::issued(generation, request.started, lifetime.span);
        let recovered = self.attempts.failures > 0 || self.attempts.suspended.is_some();
        self.record_success(request, generation);
        self.token = Some(Token {
            life,
            stored: Stored::Unsaved,
        });
        effects.push(Effect::Persist(self.attempts.clone()));
        effects.push(Effect::SaveToken(life.meta()));
        effects.push(Effect::Published { generation });
        notice_grant(generation, lifetime, recovered, effects);
        self.hold_for_save(now, &life);
    }

    fn record_success(&mut self, request: Request, generation: Generation) {
        let outgoing = self.token.map(|token| token.life.generation());
        if outgoing.is_none() || outgoing > self.attempts.rejected {
            self.attempts.young_rejections = 0;
        }
        let young_rejections = self.attempts.young_rejections;
        self.attempts.forgive();
        self.attempts.young_rejections = young_rejections;
        self.attempts.generation = generation;
        self.attempts.refreshed = Some(request.started);
        self.attempts.ended = Some(Ended {
            at: request.started.wall,
            failure: None,
        });
        self.trouble_since = None;
    }

    fn failed(&mut self, now: Now, request: Request, failure: Failure, effects: &mut Vec<Effect>) {
        self.attempts.failures += 1;
        self.attempts.ended = Some(Ended {
            at: request.started.wall,
            failure: Some(failure),
        });
        self.trouble_since.get_or_insert(request.started);
        self.slow_down_if_late(now, request);
        let suspends = self.attempts.refusals >= REFUSALS_TO_SUSPEND;
        effects.push(Effect::Notice(Notice::Failed(failure)));
        if suspends {
            self.suspend(SuspendReason::Refused, effects);
        }
        effects.push(Effect::Persist(self.attempts.clone()));
        self.refuse_all(Refusal::Failed(failure), effects);
    }

    fn slow_down_if_late(&mut self, now: Now, request: Request) {
        if self.without_token_for(now) < EAGER_AFTER_EXPIRY {
            return;
        }
        self.attempts.late += 1;
        let wait = backoff::wait(self.attempts.late, self.policy.jitter_seed);
        self.limits.back_off(request.started, wait);
    }

    /// How long there has been no usable token; without an expiry, since the trouble began.
    fn without_token_for(&self, now: Now) -> Duration {
        let ended = self.token.map(|token| token.life.dead_for(now));
        let troubled = self
            .trouble_since
            .map_or(Duration::ZERO, |since| since.until(now));
        ended.filter(|_| self.unrejected()).unwrap_or(troubled)
    }

    fn be_patient(&mut self, now: Now, wait: Duration) {
        let wait = self.limits.retry_after(now, wait);
        let told = Span {
            issued: now.wall,
            expires: now.wall.plus(wait),
        };
        self.attempts.retry_after = Some(told);
    }

    /// Stops attempts, and says so once.
    pub(crate) fn suspend(&mut self, reason: SuspendReason, effects: &mut Vec<Effect>) {
        if self.attempts.suspended.is_none() {
            self.attempts.suspended = Some(reason);
            effects.push(Effect::Notice(Notice::Suspended(reason)));
        }
    }
}

fn notice_grant(
    generation: Generation,
    lifetime: Lifetime,
    recovered: bool,
    effects: &mut Vec<Effect>,
) {
    if lifetime.basis == Basis::Assumed {
        let lifetime = lifetime.span;
        effects.push(Effect::Notice(Notice::AssumedLifetime {
            generation,
            lifetime,
        }));
    }
    if recovered {
        effects.push(Effect::Notice(Notice::Recovered));
    }
}

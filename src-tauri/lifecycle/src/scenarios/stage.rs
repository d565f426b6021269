//! A machine, a time that passes only when told, and short words for what happens.

use crate::attempts::Attempts;
use crate::effect::Effect;
use crate::event::{Attempt, Event, Waiter};
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::machine::Machine;
use crate::outcome::{Answered, Outcome, RetryAfter, Transient};
use crate::policy::Policy;
use crate::time::{BootTime, Now, WallTime};
use std::time::Duration;

pub(super) const HOUR: Duration = Duration::from_hours(1);
pub(super) const MINUTE: Duration = Duration::from_mins(1);
pub(super) const SECOND: Duration = Duration::from_secs(1);

pub(super) struct Stage {
    pub(super) machine: Machine,
    pub(super) now: Now,
    /// What was written to disk last.
    pub(super) written: Attempts,
    /// What the vault was given last.
    pub(super) given: Option<TokenMeta>,
    attempt: Option<Attempt>,
}

pub(super) fn start() -> Now {
    Now {
        wall: WallTime(1_800_000_000_000),
        boot: BootTime(7_000_000),
    }
}

impl Stage {
    /// A machine that found nothing saved and refreshes only for callers.
    pub(super) fn quiet() -> Self {
        Self::with(
            Policy {
                auto_refresh: false,
                ..Policy::default()
            },
            None,
            Attempts::default(),
        )
        .0
    }

    /// A machine with an hour's token that was just granted.
    pub(super) fn with_token() -> Self {
        let (mut stage, _) = Self::with(Policy::default(), None, Attempts::default());
        stage.grant(3600);
        stage.save();
        stage
    }

    /// A machine that found this, and what it did at once.
    pub(super) fn with(
        policy: Policy,
        token: Option<TokenMeta>,
        attempts: Attempts,
    ) -> (Self, Vec<Effect>) {
        let mut stage = Self {
            machine: Machine::new(policy),
            now: start(),
            written: attempts.clone(),
            given: token,
            attempt: None,
        };
        let effects = stage.tell(Event::Loaded { token, attempts });
        (stage, effects)
    }

    /// The same account in a new process.
    pub(super) fn restarted(&self) -> (Self, Vec<Effect>) {
        let mut stage = Self {
            machine: Machine::new(self.machine.policy),
            now: self.now,
            written: self.written.clone(),
            given: self.given,
            attempt: None,
        };
        let attempts = self.written.clone();
        let effects = stage.tell(Event::Loaded {
            token: self.given,
            attempts,
        });
        (stage, effects)
    }

    pub(super) fn tell(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.step(self.now, event);
        for effect in &effects {
            match effect {
                Effect::Persist(attempts) => self.written = attempts.clone(),
                Effect::SaveToken(meta) => self.given = Some(*meta),
                Effect::Request { attempt } => self.attempt = Some(*attempt),
                _ => {}
            }
        }
        effects
    }

    pub(super) fn pass(&mut self, span: Duration) -> Vec<Effect> {
        self.now = self.now.plus(span);
        self.tell(Event::Tick)
    }

    /// Ends the request in flight.
    pub(super) fn end(&mut self, outcome: Outcome) -> Vec<Effect> {
        let attempt = self.attempt.take().expect("a request is in flight");
        self.tell(Event::AttemptFinished { attempt, outcome })
    }

    pub(super) fn grant(&mut self, expires_in: i64) -> Vec<Effect> {
        let granted = Granted {
            expires_in: Some(expires_in),
            token_expiry: None,
        };
        self.end(Outcome::Granted(granted))
    }

    pub(super) fn save(&mut self) -> Vec<Effect> {
        let generation = self.newest();
        self.tell(Event::TokenSaved { generation })
    }

    pub(super) fn newest(&self) -> Generation {
        self.machine
            .view(self.now)
            .generation
            .expect("there is a token")
    }

    pub(super) fn want(&mut self, waiter: u64) -> Vec<Effect> {
        self.tell(Event::Wanted {
            waiter: Waiter(waiter),
            min_ttl: Duration::ZERO,
        })
    }

    pub(super) fn refresh(&mut self, waiter: u64) -> Vec<Effect> {
        self.tell(Event::RefreshAsked {
            waiter: Waiter(waiter),
        })
    }

    pub(super) fn reject(&mut self, waiter: u64, generation: Generation) -> Vec<Effect> {
        self.tell(Event::Rejected {
            waiter: Waiter(waiter),
            generation,
        })
    }

    /// Passes time until the next request starts; returns how long that was.
    pub(super) fn until_request(&mut self) -> Duration {
        let began = self.now;
        for _ in 0..10_000 {
            let wait = self
                .machine
                .next_wakeup(self.now)
                .expect("an attempt is planned");
            if requests(&self.pass(wait)) {
                return began.until(self.now);
            }
        }
        panic!("no request");
    }
}

pub(super) fn refused_by_zoom() -> Outcome {
    Outcome::Answered(Answered::InvalidClient)
}

pub(super) fn unreachable() -> Outcome {
    Outcome::Transient {
        kind: Transient::Unreachable,
        retry_after: None,
    }
}

pub(super) fn limited(retry_after: RetryAfter) -> Outcome {
    Outcome::Transient {
        kind: Transient::RateLimited,
        retry_after: Some(retry_after),
    }
}

pub(super) fn requests(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::Request { .. }))
}

/// Who was handed a token.
pub(super) fn served(effects: &[Effect]) -> Vec<u64> {
    let waiter = |effect: &Effect| match effect {
        Effect::HandOut { waiter, .. } => Some(waiter.0),
        _ => None,
    };
    effects.iter().filter_map(waiter).collect()
}

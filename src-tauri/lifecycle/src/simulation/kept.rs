//! Either machine, driven alike.

use crate::effect::Effect;
use crate::event::Event;
use crate::machine::Machine;
use crate::policy::Policy;
use crate::rotating;
use crate::time::Now;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Server-to-server: the credentials bring token after token.
    Lasting,
    /// Each refresh token is used once.
    Rotating,
}

pub(super) enum Kept {
    Lasting(Machine),
    Rotating(rotating::Machine),
}

impl Kept {
    pub(super) fn new(kind: Kind, policy: Policy) -> Self {
        match kind {
            Kind::Lasting => Self::Lasting(Machine::new(policy)),
            Kind::Rotating => Self::Rotating(rotating::Machine::new(policy)),
        }
    }

    pub(super) fn step(&mut self, now: Now, event: rotating::Event) -> Vec<rotating::Effect> {
        match self {
            Self::Lasting(machine) => {
                let effects = machine.step(now, lasting(event));
                effects.into_iter().map(rotating::Effect::Plain).collect()
            }
            Self::Rotating(machine) => machine.step(now, event),
        }
    }

    pub(super) fn next_wakeup(&self, now: Now) -> Option<Duration> {
        match self {
            Self::Lasting(machine) => machine.next_wakeup(now),
            Self::Rotating(machine) => machine.next_wakeup(now),
        }
    }

    pub(super) fn has_usable(&self, now: Now) -> bool {
        let machine = match self {
            Self::Lasting(machine) => machine,
            Self::Rotating(machine) => &machine.token,
        };
        machine.usable(now).is_some()
    }
}

fn lasting(event: rotating::Event) -> Event {
    match event {
        rotating::Event::Loaded {
            token, attempts, ..
        } => Event::Loaded { token, attempts },
        rotating::Event::Plain(event) => event,
        other => panic!("{other:?} is told to an account whose grant lasts"),
    }
}

/// Whether it begins an attempt.
pub(super) fn begins(effect: &rotating::Effect) -> bool {
    matches!(
        effect,
        rotating::Effect::Plain(Effect::Request { .. }) | rotating::Effect::ReadGrant { .. }
    )
}

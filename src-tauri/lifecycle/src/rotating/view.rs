//! What viewers are told of a rotating grant, and when the driver must look again.

use super::machine::{Machine, Stage};
use crate::condition::{Activity, Condition, WaitReason};
use crate::generation::Generation;
use crate::policy::LONGEST_SLEEP;
use crate::time::Now;
use crate::view::{SHORTEST_SLEEP, View};
use std::time::Duration;

impl Machine {
    /// What viewers are told at `now`.
    #[must_use]
    pub fn view(&self, now: Now) -> View {
        View {
            condition: self.condition(now),
            ..self.token.view(now)
        }
    }

    /// The token's life and what is being done about it. While a pair is unsaved, the next try
    /// of its save is waited for.
    #[must_use]
    pub fn condition(&self, now: Now) -> Condition {
        let condition = self.token.condition(now);
        let Some(next) = self.next_save() else {
            return condition;
        };
        let activity = Activity::Waiting {
            reason: WaitReason::Vault,
            until: next.shown(now),
        };
        Condition {
            activity,
            ..condition
        }
    }

    /// How long the driver may sleep before the next [`crate::Event::Tick`]; none means until
    /// something happens.
    #[must_use]
    pub fn next_wakeup(&self, now: Now) -> Option<Duration> {
        let save = self.next_save().map(|at| now.until(at));
        let soonest = [save, self.token.next_wakeup(now)]
            .into_iter()
            .flatten()
            .min()?;
        Some(soonest.clamp(SHORTEST_SLEEP, LONGEST_SLEEP))
    }

    /// The refresh token that is in memory only. A driver that ends while there is one ends the
    /// sign-in.
    #[must_use]
    pub fn unsaved(&self) -> Option<Generation> {
        match self.stage {
            Stage::Holding(pair) => Some(pair.generation),
            Stage::Idle | Stage::Asking(_) => None,
        }
    }
}

//! What it means that Zoom's API rejects a token believed valid.
//!
//! Somebody else had a token issued and so ended ours: a new one is fetched once. If two
//! new tokens in a row are rejected within a minute, a third would be too.

use crate::condition::SuspendReason;
use crate::effect::{Effect, Notice};
use crate::event::Waiter;
use crate::expiry::Life;
use crate::generation::Generation;
use crate::machine::Machine;
use crate::policy::{YOUNG, YOUNG_REJECTIONS_TO_SUSPEND};
use crate::time::Now;
use crate::waiting::Wish;

impl Machine {
    pub(crate) fn rejected(
        &mut self,
        now: Now,
        waiter: Waiter,
        generation: Generation,
        effects: &mut Vec<Effect>,
    ) {
        // Whoever names an older token has only to be given the newer one.
        let named = self
            .token
            .map(|token| token.life)
            .filter(|life| life.generation() <= generation);
        if let Some(life) = named.filter(|_| self.unrejected()) {
            self.mark_rejected(now, life, effects);
        }
        let rejected = named.map_or(generation, |life| life.generation());
        self.queue.join(waiter, Wish::Newer(rejected));
    }

    /// Whether the newest token has not been rejected.
    pub(crate) fn unrejected(&self) -> bool {
        self.token
            .is_some_and(|token| Some(token.life.generation()) > self.attempts.rejected)
    }

    fn mark_rejected(&mut self, now: Now, life: Life, effects: &mut Vec<Effect>) {
        let generation = life.generation();
        self.attempts.rejected = Some(generation);
        let young = life.lives(now) && life.elapsed(now) < YOUNG;
        self.attempts.young_rejections = if young {
            self.attempts.young_rejections + 1
        } else {
            0
        };
        if life.lives(now) {
            effects.push(Effect::Notice(Notice::RotatedElsewhere { generation }));
        }
        if self.attempts.young_rejections >= YOUNG_REJECTIONS_TO_SUSPEND {
            self.suspend(SuspendReason::NewTokensRejected, effects);
        }
        effects.push(Effect::Persist(self.attempts.clone()));
    }
}

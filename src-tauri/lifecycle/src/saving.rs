//! From grant to vault: who waits for a new token gets it once it is saved.
//!
//! A save that fails or takes long withholds no token: it is handed out as unsaved.

use crate::effect::{Effect, Notice, Refusal, Stored};
use crate::expiry::Life;
use crate::generation::Generation;
use crate::machine::Machine;
use crate::outcome::Local;
use crate::policy::SAVE_PATIENCE;
use crate::time::Now;
use crate::waiting::{Waiting, refuse};

/// The callers of a new token, until the vault has it.
#[derive(Clone, Debug)]
pub(crate) struct Saving {
    pub(crate) generation: Generation,
    pub(crate) patience_ends: Now,
    pub(crate) callers: Vec<Waiting>,
}

impl Machine {
    pub(crate) fn saved(&mut self, now: Now, generation: Generation, effects: &mut Vec<Effect>) {
        if let Some(token) = self
            .token
            .as_mut()
            .filter(|token| token.life.generation() == generation)
        {
            token.stored = Stored::Saved;
        }
        self.release(now, generation, effects);
    }

    pub(crate) fn save_failed(
        &mut self,
        now: Now,
        generation: Generation,
        why: Local,
        effects: &mut Vec<Effect>,
    ) {
        effects.push(Effect::Notice(Notice::SaveFailed { generation, why }));
        self.release(now, generation, effects);
    }

    pub(crate) fn end_patience(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let overdue = |saving: &&Saving| now.until(saving.patience_ends).is_zero();
        if let Some(generation) = self
            .saving
            .as_ref()
            .filter(overdue)
            .map(|saving| saving.generation)
        {
            self.release(now, generation, effects);
        }
    }

    /// Hands the token that was being saved to those whose attempt brought it.
    fn release(&mut self, now: Now, generation: Generation, effects: &mut Vec<Effect>) {
        let Some(saving) = self
            .saving
            .take_if(|saving| saving.generation == generation)
        else {
            return;
        };
        match self.usable(now) {
            Some(usable) => give(&saving.callers, usable, effects),
            None if self.unrejected() => refuse(saving.callers, Refusal::ShortLived, effects),
            None => self.queue.rejoin(saving.callers),
        }
    }

    /// Keeps the callers of an attempt until the vault has its token, but not for long, and
    /// not for more than half of a life that is about to end.
    pub(crate) fn hold_for_save(&mut self, now: Now, life: &Life) {
        let earlier = self
            .saving
            .take()
            .map(|saving| saving.callers)
            .unwrap_or_default();
        self.saving = Some(Saving {
            generation: life.generation(),
            patience_ends: now.plus(SAVE_PATIENCE.min(life.remaining(now) / 2)),
            callers: [earlier, self.queue.take()].concat(),
        });
    }

    /// Hands out the token that is usable now, after its save if that is under way.
    pub(crate) fn hand_out(
        &mut self,
        callers: &[Waiting],
        usable: (Life, Stored),
        effects: &mut Vec<Effect>,
    ) {
        match &mut self.saving {
            Some(saving) if saving.generation == usable.0.generation() => {
                saving.callers.extend_from_slice(callers);
            }
            _ => give(callers, usable, effects),
        }
    }
}

fn give(callers: &[Waiting], (life, stored): (Life, Stored), effects: &mut Vec<Effect>) {
    let generation = life.generation();
    let give = |waiting: &Waiting| Effect::HandOut {
        waiter: waiting.waiter,
        generation,
        stored,
    };
    effects.extend(callers.iter().map(give));
}

//! A pair that Zoom granted and the vault does not have yet. Only its save is tried, again and
//! again, and callers are told why there is no token.

use super::effect::{Effect, Notice};
use super::machine::{Machine, Stage};
use crate::attempts::Ended;
use crate::effect::Refusal;
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::outcome::{Failure, Local, Outcome};
use crate::policy::SAVE_AGAIN;
use crate::time::Now;

/// An unsaved pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// Of the refresh token.
    pub(super) generation: Generation,
    granted: Granted,
    save: Save,
    trouble: Trouble,
}

#[derive(Clone, Copy, Debug)]
enum Save {
    UnderWay,
    Again { at: Now },
}

/// Whether people know that the pair is unsaved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    None,
    Told,
}

impl Machine {
    /// Keeps a pair in memory, and has its refresh token saved.
    pub(super) fn hold(&mut self, now: Now, granted: Granted, effects: &mut Vec<Effect>) {
        let generation = self.refresh.next(now.wall);
        self.refresh = generation;
        self.stage = Stage::Holding(Pair {
            generation,
            granted,
            save: Save::UnderWay,
            trouble: Trouble::None,
        });
        effects.push(Effect::SaveRefreshToken { generation });
    }

    pub(super) fn read_back(
        &mut self,
        now: Now,
        generation: Generation,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(pair) = self.held(generation).copied() {
            self.token.attempts.dead_grant = None;
            self.succeed(now, Outcome::Granted(pair.granted), effects);
        }
    }

    pub(super) fn not_read_back(
        &mut self,
        now: Now,
        generation: Generation,
        why: Local,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pair) = self.held(generation) else {
            return;
        };
        pair.save = Save::Again {
            at: now.plus(SAVE_AGAIN),
        };
        if std::mem::replace(&mut pair.trouble, Trouble::Told) == Trouble::None {
            self.tell_unsaved(generation, why, effects);
        }
        let why = Refusal::Failed(Failure::Local(why));
        self.plainly(effects, |token, effects| token.refuse_all(why, effects));
    }

    pub(super) fn save_if_due(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let Stage::Holding(pair) = &mut self.stage else {
            return;
        };
        if let Save::Again { at } = pair.save
            && now.until(at).is_zero()
        {
            pair.save = Save::UnderWay;
            let generation = pair.generation;
            effects.push(Effect::SaveRefreshToken { generation });
        }
    }

    /// The vault may work again.
    pub(super) fn save_at_once(&mut self, now: Now) {
        if let Stage::Holding(pair) = &mut self.stage
            && let Save::Again { at } = &mut pair.save
        {
            *at = now;
        }
    }

    /// When the save is tried again, if it failed.
    pub(super) fn next_save(&self) -> Option<Now> {
        match self.stage {
            Stage::Holding(Pair {
                save: Save::Again { at },
                ..
            }) => Some(at),
            _ => None,
        }
    }

    fn held(&mut self, generation: Generation) -> Option<&mut Pair> {
        match &mut self.stage {
            Stage::Holding(pair) if pair.generation == generation => Some(pair),
            _ => None,
        }
    }

    fn tell_unsaved(&mut self, generation: Generation, why: Local, effects: &mut Vec<Effect>) {
        let failure = Some(Failure::Local(why));
        let attempts = &mut self.token.attempts;
        attempts.failures += 1;
        attempts.ended = self.token.request.map(|request| Ended {
            at: request.started.wall,
            failure,
        });
        effects.push(Effect::Plain(crate::Effect::Persist(attempts.clone())));
        effects.push(Effect::Notice(Notice::Unsaved { generation, why }));
    }
}

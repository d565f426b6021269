//! A rotating account as it really is: what lives at Zoom, what the vault holds, what the driver
//! has in memory.

use super::clocks::Clocks;
use crate::event::Attempt;
use crate::generation::Generation;
use crate::rotating::{Grant, Journal};
use crate::time::WallTime;
use std::collections::BTreeSet;

/// A refresh token, by the order in which Zoom gave it out.
pub(super) type Token = u32;

/// Where a rotating account's refresh tokens are.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// The one that lives at Zoom, if one does.
    pub(super) alive: Option<Token>,
    newest: Token,
    /// What the vault holds.
    pub(super) vault: Option<(Generation, Token)>,
    pub(super) journal: Option<Journal>,
    /// What the driver has read for the request to come.
    pub(super) read: Option<(Generation, Token)>,
    /// The pair of the newest answer.
    pub(super) held: Option<Token>,
    /// The pair of an answer that is on its way.
    pub(super) coming: Option<Token>,
    /// The newest that the vault ever took.
    pub(super) stored: Token,
    /// Refresh tokens whose use was answered, as far as this process knows.
    pub(super) answered: BTreeSet<Token>,
    /// Whether we have used up the token that the vault holds.
    pub(super) used_up: bool,
    /// When attempts with the token that the vault holds were started.
    pub(super) asked: BTreeSet<WallTime>,
    /// The attempt at work, and when it was started.
    pub(super) begun: Option<(Attempt, Clocks)>,
    /// Whether the sign-in has ended and people have been told.
    pub(super) told: bool,
}

impl Account {
    /// Signed in, with nothing but the refresh token saved.
    pub(super) fn signed_in() -> Self {
        Self {
            alive: Some(1),
            newest: 1,
            vault: Some((Generation(1), 1)),
            journal: None,
            read: None,
            held: None,
            coming: None,
            stored: 1,
            asked: BTreeSet::new(),
            answered: BTreeSet::new(),
            used_up: false,
            begun: None,
            told: false,
        }
    }

    /// What a driver finds in the vault.
    pub(super) fn found(&self) -> Option<Grant> {
        let (refresh, _) = self.vault?;
        Some(Grant {
            refresh,
            journal: self.journal,
        })
    }

    /// Zoom uses up the living token and gives out the next.
    pub(super) fn rotate(&mut self) -> Token {
        self.used_up = self
            .vault
            .is_some_and(|(_, token)| Some(token) == self.alive);
        self.give_out()
    }

    /// A sign-in ends the token before it.
    pub(super) fn give_out(&mut self) -> Token {
        self.newest += 1;
        self.alive = Some(self.newest);
        self.newest
    }

    /// The vault takes a refresh token.
    pub(super) fn store(&mut self, generation: Generation, token: Token) {
        self.vault = Some((generation, token));
        self.stored = self.stored.max(token);
        self.used_up = false;
        self.asked.clear();
    }

    /// Somebody deletes the vault's item.
    pub(super) fn delete(&mut self) {
        self.vault = None;
        self.used_up = false;
        self.asked.clear();
    }

    /// The process ends, and its memory with it.
    pub(super) fn killed(&mut self) {
        self.read = None;
        self.held = None;
        self.coming = None;
        self.begun = None;
        self.answered.clear();
    }
}

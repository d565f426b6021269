//! Which tokens are alive. Pure: the time is passed in, in milliseconds since the Unix epoch.

use crate::config::Mode;
use std::collections::HashMap;

/// Every token ever issued, since a dead one is answered differently from an unknown one only by
/// its message.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    tokens: HashMap<String, Token>,
    /// Live tokens of each slot, oldest first.
    slots: HashMap<Slot, Vec<String>>,
}

/// Tokens of one slot may kill each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) client_id: String,
    pub(crate) index: u32,
}

#[derive(Debug)]
struct Token {
    slot: Slot,
    account_id: String,
    expires: i64,
    alive: bool,
}

/// What a token is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Good; of this account.
    Valid(String),
    Expired,
    /// Unknown, revoked or killed by a newer one.
    Invalid,
}

impl Ledger {
    /// Enters a token, and kills what `mode` says it kills.
    pub(crate) fn issue(
        &mut self,
        token: String,
        slot: Slot,
        account_id: String,
        expires: i64,
        mode: Mode,
    ) {
        let live = self.slots.entry(slot.clone()).or_default();
        let keep = match mode {
            Mode::Multi => usize::MAX,
            Mode::Single => 1,
            Mode::Cap(cap) => cap,
        };
        live.push(token.clone());
        let excess = live.len().saturating_sub(keep);
        for killed in live.drain(..excess) {
            if let Some(token) = self.tokens.get_mut(&killed) {
                token.alive = false;
            }
        }
        self.tokens.insert(
            token,
            Token {
                slot,
                account_id,
                expires,
                alive: true,
            },
        );
    }

    pub(crate) fn standing(&self, token: &str, now: i64) -> Standing {
        match self.tokens.get(token) {
            Some(token) if !token.alive => Standing::Invalid,
            Some(token) if token.expires <= now => Standing::Expired,
            Some(token) => Standing::Valid(token.account_id.clone()),
            None => Standing::Invalid,
        }
    }

    /// Kills one token. False if it was not alive.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        let Some(entry) = self.tokens.get_mut(token).filter(|entry| entry.alive) else {
            return false;
        };
        entry.alive = false;
        if let Some(live) = self.slots.get_mut(&entry.slot) {
            live.retain(|other| other != token);
        }
        true
    }

    pub(crate) fn revoke_all(&mut self) {
        self.slots.clear();
        for token in self.tokens.values_mut() {
            token.alive = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issued(mode: Mode, tokens: &[(&str, u32)]) -> Ledger {
        let mut ledger = Ledger::default();
        for (token, index) in tokens {
            let slot = Slot {
                client_id: "cid".into(),
                index: *index,
            };
            ledger.issue((*token).into(), slot, "acc".into(), 1_000, mode);
        }
        ledger
    }

    fn valid(ledger: &Ledger, tokens: &[&str]) -> Vec<bool> {
        let good = Standing::Valid("acc".into());
        tokens
            .iter()
            .map(|token| ledger.standing(token, 0) == good)
            .collect()
    }

    #[test]
    fn each_mode_kills_what_it_says() {
        let three = [("a", 0), ("b", 0), ("c", 0)];
        let names = ["a", "b", "c"];
        assert_eq!(
            valid(&issued(Mode::Multi, &three), &names),
            [true, true, true]
        );
        assert_eq!(
            valid(&issued(Mode::Single, &three), &names),
            [false, false, true]
        );
        assert_eq!(
            valid(&issued(Mode::Cap(2), &three), &names),
            [false, true, true]
        );
    }

    #[test]
    fn another_index_is_another_slot() {
        let ledger = issued(Mode::Single, &[("a", 0), ("b", 1), ("c", 1)]);
        assert_eq!(valid(&ledger, &["a", "b", "c"]), [true, false, true]);
    }

    #[test]
    fn a_token_ends_at_its_expiry() {
        let ledger = issued(Mode::Multi, &[("a", 0)]);
        assert_eq!(ledger.standing("a", 999), Standing::Valid("acc".into()));
        assert_eq!(ledger.standing("a", 1_000), Standing::Expired);
        assert_eq!(ledger.standing("x", 0), Standing::Invalid);
    }

    #[test]
    fn a_revoked_token_stays_dead_and_frees_its_place() {
        let mut ledger = issued(Mode::Cap(2), &[("a", 0), ("b", 0)]);
        assert!(ledger.revoke("b"));
        assert!(!ledger.revoke("b"));
        let slot = Slot {
            client_id: "cid".into(),
            index: 0,
        };
        ledger.issue("c".into(), slot, "acc".into(), 1_000, Mode::Cap(2));
        assert_eq!(valid(&ledger, &["a", "b", "c"]), [true, false, true]);
        ledger.revoke_all();
        assert_eq!(valid(&ledger, &["a", "b", "c"]), [false, false, false]);
    }
}

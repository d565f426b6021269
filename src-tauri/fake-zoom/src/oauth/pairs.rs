//! Refresh tokens: each works once, and one sign-in of an app ends the one before it. Pure.

use std::collections::HashMap;

/// Every refresh token ever given out.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    refresh: HashMap<String, Entry>,
    /// Access tokens of each sign-in.
    access: HashMap<u64, Vec<String>>,
    sign_ins: u64,
}

#[derive(Debug)]
struct Entry {
    client_id: String,
    sign_in: u64,
    standing: Standing,
}

/// What a refresh token is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Alive,
    /// Another was given out for it.
    Used,
    /// Ended with its sign-in.
    Ended,
}

/// What becomes of a request with a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It works; of this sign-in.
    Works(u64),
    /// It was used before.
    Reused,
    /// It is unknown, another app's, or has ended.
    Dead,
}

impl Pairs {
    /// Begins a sign-in to an app, with its first refresh token. Returns its number, and the
    /// access tokens that end with the sign-ins before it.
    pub(crate) fn sign_in(&mut self, client_id: &str, refresh: String) -> (u64, Vec<String>) {
        let ended = self.end_where(|entry| entry.client_id == client_id);
        self.sign_ins += 1;
        self.enter(client_id, self.sign_ins, refresh);
        (self.sign_ins, ended)
    }

    pub(crate) fn look_up(&self, client_id: &str, refresh: &str) -> Use {
        let entry = self.refresh.get(refresh);
        match entry.filter(|entry| entry.client_id == client_id) {
            Some(entry) => match entry.standing {
                Standing::Alive => Use::Works(entry.sign_in),
                Standing::Used => Use::Reused,
                Standing::Ended => Use::Dead,
            },
            None => Use::Dead,
        }
    }

    /// Uses a living refresh token up: `next` takes its place.
    pub(crate) fn rotate(&mut self, used: &str, next: String) {
        let Some(entry) = self.refresh.get_mut(used) else {
            return;
        };
        entry.standing = Standing::Used;
        let (client_id, sign_in) = (entry.client_id.clone(), entry.sign_in);
        self.enter(&client_id, sign_in, next);
    }

    /// Notes an access token of a sign-in.
    pub(crate) fn issued(&mut self, sign_in: u64, access: String) {
        self.access.entry(sign_in).or_default().push(access);
    }

    /// Ends the sign-in that `token`, of either kind, belongs to, if it lives. Returns the access
    /// tokens that end with it.
    pub(crate) fn revoke(&mut self, token: &str) -> Option<Vec<String>> {
        let by_access = self
            .access
            .iter()
            .find(|(_, tokens)| tokens.iter().any(|own| own == token));
        let sign_in = match self.refresh.get(token) {
            Some(entry) if entry.standing == Standing::Alive => entry.sign_in,
            Some(_) => return None,
            None => *by_access?.0,
        };
        Some(self.end_where(|entry| entry.sign_in == sign_in))
    }

    /// Ends every sign-in.
    pub(crate) fn end_all(&mut self) -> Vec<String> {
        self.end_where(|_| true)
    }

    fn enter(&mut self, client_id: &str, sign_in: u64, refresh: String) {
        let entry = Entry {
            client_id: client_id.to_owned(),
            sign_in,
            standing: Standing::Alive,
        };
        self.refresh.insert(refresh, entry);
    }

    fn end_where(&mut self, ends: impl Fn(&Entry) -> bool) -> Vec<String> {
        let mut ended = Vec::new();
        for entry in self.refresh.values_mut().filter(|entry| ends(entry)) {
            if entry.standing == Standing::Alive {
                entry.standing = Standing::Ended;
            }
            ended.extend(self.access.remove(&entry.sign_in).unwrap_or_default());
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_in() -> Pairs {
        let mut pairs = Pairs::default();
        let (sign_in, ended) = pairs.sign_in("cid", "r1".into());
        assert_eq!((sign_in, ended), (1, Vec::new()));
        pairs.issued(1, "a1".into());
        pairs
    }

    #[test]
    fn a_refresh_token_works_once_and_for_its_app() {
        let mut pairs = signed_in();
        assert_eq!(pairs.look_up("cid", "r1"), Use::Works(1));
        assert_eq!(pairs.look_up("other", "r1"), Use::Dead);
        pairs.rotate("r1", "r2".into());
        assert_eq!(pairs.look_up("cid", "r1"), Use::Reused);
        assert_eq!(pairs.look_up("cid", "r2"), Use::Works(1));
    }

    #[test]
    fn a_new_sign_in_ends_the_one_before_it() {
        let mut pairs = signed_in();
        let (_, ended) = pairs.sign_in("cid", "r9".into());
        assert_eq!(ended, ["a1"]);
        assert_eq!(pairs.look_up("cid", "r1"), Use::Dead);
        assert_eq!(pairs.look_up("cid", "r9"), Use::Works(2));
    }

    #[test]
    fn either_token_revokes_both() {
        for token in ["r1", "a1"] {
            let mut pairs = signed_in();
            assert_eq!(pairs.revoke(token), Some(vec!["a1".to_owned()]), "{token}");
            assert_eq!(pairs.look_up("cid", "r1"), Use::Dead);
            assert_eq!(pairs.revoke(token), None);
        }
    }

    #[test]
    fn a_used_refresh_token_revokes_nothing() {
        let mut pairs = signed_in();
        pairs.rotate("r1", "r2".into());
        assert_eq!(pairs.revoke("r1"), None);
        assert_eq!(pairs.look_up("cid", "r2"), Use::Works(1));
    }
}

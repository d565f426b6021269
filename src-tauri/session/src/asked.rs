//! Requests of the servers to the client: sampling, elicitation, roots, ping.
//!
//! Two children may use the same ids, so the client sees ids of ours, which name the child.

use crate::event::ChildId;
use crate::id::Id;
use crate::limits::{LONGEST_ID, MOST_REQUESTS};
use std::collections::BTreeMap;

/// A request that the client has not answered.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) child: ChildId,
    /// The child's own id for it.
    pub(crate) id: Id,
    /// The raw token under which the client tells its progress.
    pub(crate) token: Option<String>,
    serial: u64,
}

/// All of them, by the id that the client sees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    open: BTreeMap<Id, Asking>,
    serial: u64,
}

impl Asked {
    /// Takes a request in; returns the id that the client sees, none if there are too many.
    pub(crate) fn ask(&mut self, child: ChildId, id: Id, token: Option<&str>) -> Option<Id> {
        if self.open.len() >= MOST_REQUESTS {
            return None;
        }
        self.serial += 1;
        let serial = self.serial;
        let shown = Id::read(&format!("\"zoomtray-{}-{serial}\"", child.0))?;
        let token = token.filter(|token| token.len() <= LONGEST_ID);
        let asking = Asking {
            child,
            id,
            token: token.map(str::to_owned),
            serial,
        };
        self.open.insert(shown.clone(), asking);
        Some(shown)
    }

    /// Takes out the request that the client knows by this id.
    pub(crate) fn take(&mut self, shown: &Id) -> Option<Asking> {
        self.open.remove(shown)
    }

    /// Takes out the request that `child` knows by this id; returns the client's id for it.
    pub(crate) fn take_own(&mut self, child: ChildId, id: &Id) -> Option<Id> {
        let shown = self.shown(child, id)?.clone();
        self.open.remove(&shown);
        Some(shown)
    }

    pub(crate) fn is_open(&self, child: ChildId, id: &Id) -> bool {
        self.shown(child, id).is_some()
    }

    /// Whom the client's progress under this token is for: the one who asked last.
    pub(crate) fn by_token(&self, token: &str) -> Option<ChildId> {
        let with_it = |asking: &&Asking| asking.token.as_deref() == Some(token);
        let asking = self.open.values().filter(with_it);
        asking
            .max_by_key(|asking| asking.serial)
            .map(|asking| asking.child)
    }

    pub(crate) fn any_of(&self, child: ChildId) -> bool {
        self.open.values().any(|asking| asking.child == child)
    }

    /// Takes out all requests of `child`; returns the client's ids for them.
    pub(crate) fn forget(&mut self, child: ChildId) -> Vec<Id> {
        let gone = self.open.extract_if(.., |_, asking| asking.child == child);
        gone.map(|(shown, _)| shown).collect()
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    fn shown(&self, child: ChildId, id: &Id) -> Option<&Id> {
        let same = |asking: &Asking| asking.child == child && asking.id == *id;
        let mut open = self.open.iter();
        open.find(|(_, asking)| same(asking))
            .map(|(shown, _)| shown)
    }
}

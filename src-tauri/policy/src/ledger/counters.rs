//! All sliding windows, each of one limit and one subject.

use super::counter::{Counter, Room};
use super::saved::{SavedCounter, SavedCounters};
use crate::call::Origin;
use crate::denial::Denial;
use crate::limit::{CounterName, Limit};
use crate::time::Now;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The windows. Those that are empty go when the rest is saved.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    windows: BTreeMap<Key, Counter>,
    last_ticket: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    name: Arc<CounterName>,
    subject: String,
}

/// The places that one call has under limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slots {
    ticket: u64,
    pub(super) keys: Vec<Key>,
}

impl Key {
    fn of(limit: &Limit, origin: &Origin) -> Self {
        Self {
            name: Arc::clone(&limit.name),
            subject: limit.name.scope.subject(origin).to_owned(),
        }
    }
}

impl Counters {
    /// Holds a place under each limit, or under none of them.
    pub(super) fn reserve(
        &mut self,
        now: Now,
        limits: &[&Limit],
        origin: &Origin,
    ) -> Result<Slots, Denial> {
        if let Some(denial) = self.refusal(now, limits, origin) {
            return Err(denial);
        }
        self.last_ticket += 1;
        let ticket = self.last_ticket;
        let keys: Vec<_> = limits.iter().map(|limit| Key::of(limit, origin)).collect();
        for key in &keys {
            let window = self.windows.entry(key.clone()).or_default();
            window.prune(now.boot_ms, key.name.window_ms());
            window.hold(ticket);
        }
        Ok(Slots { ticket, keys })
    }

    /// Why there is no room under the first limit that has none.
    pub(super) fn refusal(&self, now: Now, limits: &[&Limit], origin: &Origin) -> Option<Denial> {
        limits.iter().find_map(|limit| {
            let window = self.windows.get(&Key::of(limit, origin))?;
            match window.room(now.boot_ms, limit.name.window_ms(), limit.max) {
                Room::Free => None,
                Room::Full(retry_in) => Some(Denial::of_limit(limit, retry_in)),
            }
        })
    }

    pub(super) fn forwarded(&mut self, now: Now, slots: &Slots) {
        for key in &slots.keys {
            if let Some(window) = self.windows.get_mut(key) {
                window.forward(now.boot_ms, slots.ticket);
            }
        }
    }

    pub(super) fn give_back(&mut self, slots: &Slots) {
        for key in &slots.keys {
            if let Some(window) = self.windows.get_mut(key) {
                window.give_back(slots.ticket);
            }
        }
    }

    pub(super) fn save(&mut self, now: Now) -> SavedCounters {
        self.windows.retain(|key, window| {
            window.prune(now.boot_ms, key.name.window_ms());
            !window.is_empty()
        });
        let wall = |boot_ms: i64| now.wall_ms - (now.boot_ms - boot_ms);
        let saved = self.windows.iter().map(|(key, window)| SavedCounter {
            name: key.name.as_ref().clone(),
            subject: key.subject.clone(),
            calls: window.instants(now.boot_ms).map(wall).collect(),
        });
        SavedCounters {
            counters: saved.collect(),
        }
    }

    pub(super) fn load(now: Now, saved: SavedCounters) -> Self {
        let mut loaded = Self::default();
        for SavedCounter {
            name,
            subject,
            calls,
        } in saved.counters
        {
            let boot = |wall_ms| boot_of(now, wall_ms);
            let mut window = Counter::loaded(calls.into_iter().map(boot).collect());
            window.prune(now.boot_ms, name.window_ms());
            if !window.is_empty() {
                let name = Arc::new(name);
                loaded.windows.insert(Key { name, subject }, window);
            }
        }
        loaded
    }
}

/// The instant on the boot clock, which may be before the boot. A time to come counts as now:
/// the wall clock was set back, and a call cannot count for longer than its window.
fn boot_of(now: Now, wall_ms: i64) -> i64 {
    let ago = now.wall_ms.saturating_sub(wall_ms).max(0);
    now.boot_ms.saturating_sub(ago)
}

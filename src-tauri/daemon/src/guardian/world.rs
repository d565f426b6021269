//! A small world for tests: a config with entries, a Claude Desktop that does to it what it does,
//! and a guardian that is obeyed.

use super::memory::Memory;
use super::{Effect, Event, Guardian, Moment};
use control::{AlertView, Drift, GuardianView};
use lifecycle::WallTime;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A config and a guardian that is obeyed.
pub(super) struct World {
    pub(super) guardian: Guardian,
    pub(super) config: BTreeMap<String, Drift>,
    uptime: Duration,
    pub(super) running: bool,
    /// Whether a write of Zoomtray's fails.
    pub(super) read_only: bool,
    /// Whether there is no token, which every entry needs.
    pub(super) without_token: bool,
    pub(super) told: Vec<AlertView>,
    pub(super) restored: Vec<String>,
    pub(super) restarts: Vec<u64>,
    saved: Memory,
}

impl World {
    /// With these entries, just written; Claude Desktop is closed.
    pub(super) fn with(entries: &[&str]) -> Self {
        let mut world = Self {
            guardian: Guardian::default(),
            config: BTreeMap::new(),
            uptime: Duration::ZERO,
            running: false,
            read_only: false,
            without_token: false,
            told: Vec::new(),
            restored: Vec::new(),
            restarts: Vec::new(),
            saved: Memory::default(),
        };
        world.happens(Event::Gone);
        for entry in entries {
            world.config.insert((*entry).to_owned(), Drift::None);
        }
        world.happens(Event::Wrote(set(entries)));
        world
    }

    pub(super) fn now(&self) -> Moment {
        let milliseconds = i64::try_from(self.uptime.as_millis()).unwrap();
        Moment {
            wall: WallTime(milliseconds),
            uptime: self.uptime,
        }
    }

    pub(super) fn happens(&mut self, event: Event) {
        for effect in self.guardian.step(self.now(), event) {
            match effect {
                Effect::Look => self.happens(self.seen()),
                Effect::Restore(entries) => self.restore(entries),
                Effect::Restart { generation } => self.restarts.push(generation),
                Effect::Tell(alert) => self.told.push(alert),
                Effect::Remember => self.saved = self.guardian.memory().clone(),
            }
        }
    }

    pub(super) fn seen(&self) -> Event {
        Event::Seen {
            drifts: self.config.clone(),
            running: self.running,
        }
    }

    fn restore(&mut self, entries: BTreeSet<String>) {
        assert!(!self.running, "a write while Claude Desktop runs");
        if self.read_only {
            return self.happens(Event::RestoreFailed(entries));
        }
        if self.without_token {
            return self.happens(Event::RestoreWaits(entries));
        }
        for entry in &entries {
            self.config.insert(entry.clone(), Drift::None);
            self.restored.push(entry.clone());
        }
        self.happens(Event::Wrote(entries));
    }

    pub(super) fn starts(&mut self) {
        self.running = true;
        self.happens(Event::Started);
    }

    pub(super) fn quits(&mut self) {
        self.running = false;
        self.happens(Event::Gone);
    }

    /// Somebody writes the config without this entry.
    pub(super) fn drops(&mut self, entry: &str) {
        self.config.remove(entry);
        self.happens(self.seen());
    }

    /// Time passes; the one timer fires where it is due.
    pub(super) fn passes(&mut self, span: Duration) {
        let end = self.uptime + span;
        while let Some(wait) = self.guardian.next_wakeup(self.now())
            && self.uptime + wait <= end
        {
            self.uptime += wait;
            self.happens(Event::Woke);
        }
        self.uptime = end;
    }

    /// Another keeper takes over.
    pub(super) fn next_keeper(&mut self) {
        let saved = serde_json::to_vec(&self.saved).unwrap();
        self.guardian = Guardian::new(serde_json::from_slice(&saved).unwrap());
        self.happens(if self.running {
            Event::Started
        } else {
            Event::Gone
        });
    }

    pub(super) fn view(&self) -> GuardianView {
        self.guardian.view(self.now())
    }

    pub(super) fn titles(&self) -> Vec<&str> {
        self.told.iter().map(|alert| alert.title.as_str()).collect()
    }
}

fn set(entries: &[&str]) -> BTreeSet<String> {
    entries.iter().map(|entry| (*entry).to_owned()).collect()
}

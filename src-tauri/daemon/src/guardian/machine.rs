//! The guardian's state and its one step.

use super::consent::Restart;
use super::entry::{Culprit, Guarded, Plan};
use super::memory::Memory;
use super::words::{self, PutBack};
use super::{Effect, Event, Moment};
use claude::Consent;
use control::{AlertView, Drift, GuardianView, LossView, RestartQuestion};
use lifecycle::WallTime;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How long a start of Claude Desktop is watched. It writes its config once it has come up, at
/// the latest when the first conversation is opened.
pub(crate) const WATCH: Duration = Duration::from_mins(2);

/// Guards the entries that Zoomtray wrote.
#[derive(Debug, Default)]
pub(crate) struct Guardian {
    memory: Memory,
    claude: Claude,
    /// Uptime at which the watch ends.
    watch: Option<Duration>,
    /// What [`Effect::Restore`] was asked for and is not answered yet.
    restoring: BTreeSet<String>,
    alert: Option<AlertView>,
}

/// What is known of Claude Desktop's processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Claude {
    #[default]
    Unknown,
    Running,
    /// Gone; what it wrote last has not been looked at.
    Left {
        /// Whether it was seen running.
        ran: bool,
    },
    /// Gone, and looked at since: what changes now is not its doing.
    Closed,
}

impl Guardian {
    /// A guardian that knows this.
    pub(crate) fn new(memory: Memory) -> Self {
        Self {
            memory,
            ..Self::default()
        }
    }

    /// What happened at `now`; what is to be done about it.
    pub(crate) fn step(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        let before = self.memory.clone();
        let mut effects = self.take_in(now, event);
        if self.memory != before {
            // Before anything is told or written: what is told must not be told again by the
            // next keeper.
            effects.insert(0, Effect::Remember);
        }
        effects
    }

    fn take_in(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        match event {
            Event::Wrote(entries) => self.wrote(now, entries),
            Event::Seen { drifts, running } => self.seen(now, &drifts, running),
            Event::Started => self.started(now),
            Event::Gone => self.gone(),
            Event::Woke => self.woke(now),
            Event::RestoreAsked => self.restore_asked(),
            Event::RestoreFailed(entries) => self.restore_failed(&entries),
            Event::RestoreWaits(entries) => self.restore_waits(&entries),
            Event::Released(entry) => self.released(&entry),
            Event::TokenWaits {
                generation,
                consent,
                suspended,
            } => self.token_waits(now, generation, (!suspended).then_some(consent)),
            Event::Answered { generation, answer } => {
                restart(self.memory.restarts.answered(generation, answer))
            }
            Event::Restarting { generation } => {
                // The caller restarts it.
                let _theirs = self.memory.restarts.restart(generation);
                Vec::new()
            }
            Event::NothingWaits => self.nothing_waits(),
        }
    }

    /// How long until [`Event::Woke`] is due; `None` if nothing is waited for.
    pub(crate) fn next_wakeup(&self, now: Moment) -> Option<Duration> {
        self.watch.map(|end| end.saturating_sub(now.uptime))
    }

    /// What is to be saved.
    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The entries that a look must report.
    pub(crate) fn guarded(&self) -> impl Iterator<Item = &str> {
        self.memory.entries.keys().map(String::as_str)
    }

    /// Whether nothing is to be written to this entry until the user acts: it is only offered
    /// back, or was lost too often.
    pub(crate) fn is_left_to_the_user(&self, entry: &str) -> bool {
        let entry = self.memory.entries.get(entry).copied();
        match entry.and_then(Guarded::plan) {
            Some(Plan::Offered | Plan::GivenUp) => true,
            Some(Plan::Queued) | None => false,
        }
    }

    /// The entries that are to be put back once Claude Desktop is closed. Whoever writes between
    /// quitting and starting it writes these too.
    pub(crate) fn queued(&self) -> BTreeSet<String> {
        let entries = self.memory.entries.iter();
        let queued = entries.filter(|(_, guarded)| guarded.plan() == Some(Plan::Queued));
        queued.map(|(name, _)| name.clone()).collect()
    }

    /// How this entry departs from what was written.
    pub(crate) fn drift(&self, entry: &str) -> Drift {
        let entry = self.memory.entries.get(entry).copied();
        entry.map_or(Drift::None, Guarded::drift)
    }

    /// What it does, for viewers: where plans differ, the one that needs the user most.
    pub(crate) fn view(&self, now: Moment) -> GuardianView {
        match (self.plan(), self.next_wakeup(now)) {
            (Some(Plan::GivenUp), _) => GuardianView::GaveUp,
            (Some(Plan::Offered), _) => GuardianView::RestoreOffered,
            (Some(Plan::Queued), _) => GuardianView::RestoreQueued,
            (None, Some(left)) => GuardianView::Watching {
                until: now.wall.plus(left),
            },
            (None, None) => GuardianView::Idle,
        }
    }

    /// What was lost, newest first.
    pub(crate) fn losses(&self) -> &[LossView] {
        self.memory.losses()
    }

    /// What was told last in this keeper's life.
    pub(crate) fn alert(&self) -> Option<&AlertView> {
        self.alert.as_ref()
    }

    /// The question whether to restart Claude Desktop, while it is open.
    pub(crate) fn question(&self) -> Option<RestartQuestion> {
        self.memory.restarts.question()
    }

    /// Whether the user wants no restart for this generation's token.
    pub(crate) fn is_declined(&self, generation: u64) -> bool {
        self.memory.restarts.is_declined(generation)
    }

    fn plan(&self) -> Option<Plan> {
        self.memory
            .entries
            .values()
            .copied()
            .filter_map(Guarded::plan)
            .max()
    }

    fn wrote(&mut self, now: Moment, entries: BTreeSet<String>) -> Vec<Effect> {
        for name in entries {
            self.restoring.remove(&name);
            self.is_intact(name, now.wall);
        }
        Vec::new()
    }

    fn is_intact(&mut self, name: String, now: WallTime) {
        if self.drift(&name) != Drift::None {
            self.memory.found_again(&name, now);
        }
        self.memory.entries.entry(name).or_default().is_intact();
    }

    fn seen(
        &mut self,
        now: Moment,
        drifts: &BTreeMap<String, Drift>,
        running: bool,
    ) -> Vec<Effect> {
        let culprit = match self.claude {
            Claude::Closed if !running => Culprit::Another,
            _ => Culprit::Claude,
        };
        let mut effects = self.judge(now.wall, drifts, culprit, running);
        if !running {
            self.parted();
            effects.extend(self.restore_if_closed());
        }
        effects
    }

    /// What Claude Desktop wrote last has been looked at, if it has gone.
    fn parted(&mut self) {
        if let Claude::Left { ran } = self.claude {
            self.claude = Claude::Closed;
            if ran {
                let entries = self.memory.entries.values_mut();
                entries.for_each(Guarded::survived_a_run);
            }
        }
    }

    /// Compares each entry with what was written; one notification for each plan that the
    /// newly lost ones have.
    fn judge(
        &mut self,
        now: WallTime,
        drifts: &BTreeMap<String, Drift>,
        culprit: Culprit,
        running: bool,
    ) -> Vec<Effect> {
        let mut found: BTreeMap<Plan, Vec<(String, Drift)>> = BTreeMap::new();
        let names: Vec<String> = self.guarded().map(str::to_owned).collect();
        for name in names {
            match drifts.get(&name).copied().unwrap_or(Drift::Lost) {
                Drift::None => self.is_intact(name, now),
                drift => {
                    let guarded = self.memory.entries.entry(name.clone()).or_default();
                    if let Some(plan) = guarded.is_adrift(drift, culprit) {
                        self.memory.lost(&name, drift, now);
                        found.entry(plan).or_default().push((name, drift));
                    }
                }
            }
        }
        let tell = |(plan, lost): (Plan, Vec<_>)| self.tell(&lost, plan, running);
        found.into_iter().map(tell).collect()
    }

    fn tell(&mut self, lost: &[(String, Drift)], plan: Plan, running: bool) -> Effect {
        let put_back = if running {
            PutBack::WhenQuit
        } else {
            PutBack::Now
        };
        let number = self.alert.as_ref().map_or(1, |alert| alert.number + 1);
        let alert = words::alert(number, lost, plan, put_back);
        self.alert = Some(alert.clone());
        Effect::Tell(alert)
    }

    /// What is queued is put back now, if Claude Desktop is closed.
    fn restore_if_closed(&mut self) -> Option<Effect> {
        if self.claude != Claude::Closed {
            return None;
        }
        let due: BTreeSet<String> = &self.queued() - &self.restoring;
        self.restoring.extend(due.iter().cloned());
        (!due.is_empty()).then_some(Effect::Restore(due))
    }

    fn started(&mut self, now: Moment) -> Vec<Effect> {
        self.claude = Claude::Running;
        // What was to be put back while it was closed is still queued.
        self.restoring.clear();
        self.watch = self.has_entries().then(|| now.uptime + WATCH);
        self.look()
    }

    fn gone(&mut self) -> Vec<Effect> {
        let ran = match self.claude {
            Claude::Left { .. } | Claude::Closed => return Vec::new(),
            Claude::Running => true,
            Claude::Unknown => false,
        };
        self.claude = if self.has_entries() {
            Claude::Left { ran }
        } else {
            Claude::Closed
        };
        self.watch = None;
        self.memory.restarts.close();
        self.look()
    }

    fn woke(&mut self, now: Moment) -> Vec<Effect> {
        match self.watch {
            Some(end) if end <= now.uptime => {
                self.watch = None;
                self.look()
            }
            _ => Vec::new(),
        }
    }

    fn restore_asked(&mut self) -> Vec<Effect> {
        let is_adrift = self.plan().is_some();
        self.memory
            .entries
            .values_mut()
            .for_each(Guarded::asked_back);
        match self.claude {
            Claude::Left { .. } | Claude::Closed if is_adrift => self.look(),
            _ => Vec::new(),
        }
    }

    fn restore_failed(&mut self, entries: &BTreeSet<String>) -> Vec<Effect> {
        for name in entries {
            if self.restoring.remove(name)
                && let Some(guarded) = self.memory.entries.get_mut(name)
            {
                guarded.not_put_back();
            }
        }
        Vec::new()
    }

    /// They are asked for again with the next look at a closed Claude Desktop.
    fn restore_waits(&mut self, entries: &BTreeSet<String>) -> Vec<Effect> {
        self.restoring.retain(|name| !entries.contains(name));
        Vec::new()
    }

    fn released(&mut self, entry: &str) -> Vec<Effect> {
        self.memory.entries.remove(entry);
        self.restoring.remove(entry);
        if !self.has_entries() {
            self.watch = None;
        }
        Vec::new()
    }

    fn token_waits(
        &mut self,
        now: Moment,
        generation: u64,
        consent: Option<Consent>,
    ) -> Vec<Effect> {
        let restarts = &mut self.memory.restarts;
        match consent {
            Some(consent) => restart(restarts.waits(now.wall, generation, consent)),
            None => self.nothing_waits(),
        }
    }

    fn nothing_waits(&mut self) -> Vec<Effect> {
        self.memory.restarts.close();
        Vec::new()
    }

    fn look(&self) -> Vec<Effect> {
        self.has_entries()
            .then_some(Effect::Look)
            .into_iter()
            .collect()
    }

    fn has_entries(&self) -> bool {
        !self.memory.entries.is_empty()
    }
}

fn restart(due: Option<Restart>) -> Vec<Effect> {
    due.map(|Restart(generation)| Effect::Restart { generation })
        .into_iter()
        .collect()
}

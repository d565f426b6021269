//! The ledger done the slow way: everything that ever happened is kept and counted anew.

use super::document::{Document, Quota, Rules};
use super::operation::{File, Made, ORIGINS};
use crate::limit::Scope;

/// The spans as the design states them, not as the code has them.
const FIVE_MINUTES_MS: i64 = 5 * 60 * 1000;

#[derive(Clone, Debug)]
pub(super) enum Force {
    Nothing,
    Says(Document),
    Broken,
}

/// What becomes of a call, and by which place in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    Forward,
    Ask,
    Deny(String),
}

/// What a call counts under: holder, counter, window, scope and subject.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key(String, &'static str, pub(super) i64, Scope, String);

/// Where a counted call has got to. Instants are true times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Progress {
    Held,
    Forwarded(i64),
}

/// A call that counts.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) ticket: usize,
    pub(super) progress: Progress,
    /// With what each limit allowed when the call was let through.
    pub(super) keys: Vec<(Key, usize)>,
}

/// What a person allowed and nobody used yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    made: Made,
    pub(super) until_ms: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) force: Force,
    /// In the order in which they were let through.
    pub(super) counted: Vec<Counted>,
    pub(super) allowed: Vec<Allowed>,
    tickets: usize,
}

impl Allowed {
    pub(super) fn at(now_ms: i64, made: Made) -> Self {
        Self {
            made,
            until_ms: now_ms + FIVE_MINUTES_MS,
        }
    }
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            force: Force::Nothing,
            counted: Vec::new(),
            allowed: Vec::new(),
            tickets: 0,
        }
    }

    pub(super) fn file(&mut self, file: &File) {
        match (file, &self.force) {
            (File::Good(document), _) => self.force = Force::Says(document.clone()),
            (File::Gone, _) => self.force = Force::Nothing,
            (File::Bad, Force::Says(_)) => {}
            (File::Bad, _) => self.force = Force::Broken,
        }
    }

    pub(super) fn verdict(&self, now_ms: i64, made: Made) -> Verdict {
        if let Some(rule) = self.forbids(made) {
            return Verdict::Deny(rule);
        }
        if let Some(rule) = self.exceeds(now_ms, made) {
            return Verdict::Deny(rule);
        }
        if self.approval_s(made).is_some() && self.allowance(now_ms, made).is_none() {
            return Verdict::Ask;
        }
        Verdict::Forward
    }

    pub(super) fn hides(&self, tool: usize) -> bool {
        match &self.force {
            Force::Says(document) => document.hide_all || document.hide.contains(&tool),
            Force::Nothing | Force::Broken => false,
        }
    }

    /// The place that denies the call whatever was counted.
    pub(super) fn forbids(&self, made: Made) -> Option<String> {
        let document = match &self.force {
            Force::Nothing => return None,
            Force::Broken => return Some(String::new()),
            Force::Says(document) => document,
        };
        if self.hides(made.tool) {
            let at = document.hide.iter().position(|tool| *tool == made.tool);
            let star = document.hide_all.then_some(document.hide.len());
            return Some(format!("/hide/{}", star.or(at).unwrap()));
        }
        match &document.tools[made.tool] {
            Some(rules) => forbidden_by(rules, made),
            None if document.allow_unlisted => None,
            None => Some("/default".to_owned()),
        }
    }

    /// The limit that has no room, with its place.
    pub(super) fn exceeds(&self, now_ms: i64, made: Made) -> Option<String> {
        let limits = self.limits(made).into_iter();
        let mut full = limits.filter(|(_, key, max)| self.count(now_ms, key) >= *max);
        full.next().map(|(place, _, _)| place)
    }

    pub(super) fn approval_s(&self, made: Made) -> Option<i64> {
        self.rules(made.tool)?.approval_s
    }

    /// Counts a call that is let through; gives its ticket.
    pub(super) fn let_through(&mut self, made: Made) -> usize {
        self.tickets += 1;
        let limits = self.limits(made).into_iter();
        self.counted.push(Counted {
            ticket: self.tickets,
            progress: Progress::Held,
            keys: limits.map(|(_, key, max)| (key, max)).collect(),
        });
        self.tickets
    }

    pub(super) fn forwarded(&mut self, now_ms: i64, ticket: usize) {
        let mut counted = self.counted.iter_mut();
        let call = counted.find(|call| call.ticket == ticket).unwrap();
        call.progress = Progress::Forwarded(now_ms);
    }

    pub(super) fn give_back(&mut self, ticket: usize) {
        self.counted.retain(|call| call.ticket != ticket);
    }

    /// Uses up what a person allowed; of several what ends first.
    pub(super) fn use_allowance(&mut self, now_ms: i64, made: Made) -> Option<Allowed> {
        let at = self.allowance(now_ms, made)?;
        Some(self.allowed.remove(at))
    }

    /// A new process: what was saved at `saved_ms` is read back after `passed_ms` on the wall clock.
    pub(super) fn restarted(&mut self, saved_ms: i64, now_ms: i64, passed_ms: i64) {
        for call in &mut self.counted {
            let at_ms = match call.progress {
                Progress::Held => saved_ms,
                Progress::Forwarded(at_ms) => at_ms,
            };
            // What has left its window is not saved.
            call.keys.retain(|(key, _)| saved_ms - at_ms < key.2);
            let age_ms = (saved_ms - at_ms + passed_ms).max(0);
            call.progress = Progress::Forwarded(now_ms - age_ms);
        }
        self.allowed.clear();
    }

    fn allowance(&self, now_ms: i64, made: Made) -> Option<usize> {
        let allowed = self.allowed.iter().enumerate();
        let mut matching: Vec<_> = allowed
            .filter(|(_, one)| one.until_ms > now_ms && identical(one.made, made))
            .collect();
        matching.sort_by_key(|(_, one)| one.until_ms);
        matching.first().map(|(at, _)| *at)
    }

    fn rules(&self, tool: usize) -> Option<&Rules> {
        match &self.force {
            Force::Says(document) => document.tools[tool].as_ref(),
            Force::Nothing | Force::Broken => None,
        }
    }

    fn count(&self, now_ms: i64, key: &Key) -> usize {
        let counts = |call: &&Counted| {
            let lives = match call.progress {
                Progress::Held => true,
                Progress::Forwarded(at_ms) => now_ms - at_ms < key.2,
            };
            lives && call.keys.iter().any(|(counted, _)| counted == key)
        };
        self.counted.iter().filter(counts).count()
    }

    /// The limits of a call: place, count, and how many it allows.
    fn limits(&self, made: Made) -> Vec<(String, Key, usize)> {
        let Force::Says(document) = &self.force else {
            return Vec::new();
        };
        let mut limits = Vec::new();
        let mut add = |holder: &str, place: String, counter, quota: &Quota| {
            let key = Key(
                holder.to_owned(),
                counter,
                i64::try_from(quota.window_s).unwrap() * 1000,
                quota.scope,
                subject(quota.scope, made.origin).to_owned(),
            );
            limits.push((place, key, quota.max));
        };
        if let Some(rules) = &document.tools[made.tool] {
            let holder = format!("/tools/t{}", made.tool);
            for (at, quota) in rules.limits.iter().enumerate() {
                add(&holder, format!("{holder}/limits/{at}"), "c", quota);
            }
            if let Some(quota) = &rules.rate_limit {
                add(&holder, format!("{holder}/rate_limit"), "rate_limit", quota);
            }
        }
        for (at, quota) in document.limits.iter().enumerate() {
            add("/all_tools", format!("/all_tools/limits/{at}"), "c", quota);
        }
        limits
    }
}

/// Whether two calls are one to a person: the session does not matter.
pub(super) fn identical(one: Made, other: Made) -> bool {
    let (_, entry, account) = ORIGINS[one.origin];
    let (_, other_entry, other_account) = ORIGINS[other.origin];
    (one.tool, one.n, entry, account) == (other.tool, other.n, other_entry, other_account)
}

fn forbidden_by(rules: &Rules, made: Made) -> Option<String> {
    let holder = format!("/tools/t{}", made.tool);
    if rules.deny {
        return Some(format!("{holder}/action"));
    }
    let unmet = rules.require.iter().position(|one| !one.holds(made.n));
    let met = rules.deny_if.iter().position(|one| one.holds(made.n));
    let unmet = unmet.map(|at| format!("{holder}/require/{at}"));
    unmet.or_else(|| met.map(|at| format!("{holder}/deny_if/{at}")))
}

fn subject(scope: Scope, origin: usize) -> &'static str {
    let (session, entry, account) = ORIGINS[origin];
    match scope {
        Scope::Session => session,
        Scope::Grant => entry,
        Scope::Account => account,
        Scope::Global => "",
    }
}

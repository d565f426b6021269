//! A simulated keeper, Zoom, vault, and computer around one machine.

use super::clocks::Clocks;
use super::invariants as rule;
use super::operation::{Answer, Operation, Saves};
use crate::attempts::Attempts;
use crate::effect::{Effect, Notice};
use crate::event::{Attempt, Event, Waiter};
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::health::Span;
use crate::lifetime::Granted;
use crate::machine::Machine;
use crate::outcome::{Answered, Local, Outcome, Transient};
use crate::policy::{Policy, REFUSALS_TO_SUSPEND, REQUEST_TIMEOUT};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A token as Zoom knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// When it really ends.
    pub(super) ends: u64,
    /// The clocks when it was asked for.
    pub(super) issued: Clocks,
    /// What was saved of it.
    pub(super) span: Span,
    /// The clocks when it was read from the vault, if this process has it from there.
    pub(super) loaded: Option<Clocks>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct InFlight {
    attempt: Attempt,
    sent: Clocks,
    ends: u64,
    outcome: Outcome,
    stale: bool,
}

pub(super) struct World {
    pub(super) machine: Machine,
    pub(super) clocks: Clocks,
    pub(super) request: Option<InFlight>,
    pub(super) last_attempt: Option<Clocks>,
    pub(super) known: BTreeMap<Generation, Known>,
    pub(super) rejected: BTreeSet<Generation>,
    /// Who waits, and how long already while the computer was awake.
    pub(super) waiting: BTreeMap<Waiter, Duration>,
    pub(super) refreshing: BTreeSet<Waiter>,
    pub(super) suspended: bool,
    policy: Policy,
    newest: Option<Generation>,
    /// The token of the last grant, saved or not: the one whose start the attempts remember.
    pub(super) granted: Option<Generation>,
    saves: BTreeMap<u64, Event>,
    saved: Option<TokenMeta>,
    written: Attempts,
    refusals: u32,
    answer: (Answer, Duration),
    vault: Saves,
    waiters: u64,
    granting: Option<(Clocks, Granted)>,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let policy = Policy {
            jitter_seed: seed,
            ..Policy::default()
        };
        let hour = Granted {
            expires_in: Some(3600),
            token_expiry: None,
        };
        let mut world = Self {
            machine: Machine::new(policy),
            clocks: Clocks::start(),
            request: None,
            last_attempt: None,
            known: BTreeMap::new(),
            rejected: BTreeSet::new(),
            waiting: BTreeMap::new(),
            refreshing: BTreeSet::new(),
            suspended: false,
            policy,
            newest: None,
            granted: None,
            saves: BTreeMap::new(),
            saved: None,
            written: Attempts::default(),
            refusals: 0,
            answer: (
                Answer::Plain(Outcome::Granted(hour)),
                Duration::from_millis(200),
            ),
            vault: Saves::Within(Duration::from_millis(10)),
            waiters: 0,
            granting: None,
        };
        world.start();
        world
    }

    pub(super) fn run(&mut self, operation: Operation) {
        match operation {
            Operation::Pass(span) => self.pass(span),
            Operation::Sleep { span, noticed } => self.sleep(span, noticed),
            Operation::SetClock { by_ms } => self.set_clock(by_ms),
            Operation::NetworkReturned => self.step(Event::NetworkReturned),
            Operation::Zoom { answer, latency } => self.answer = (answer, latency),
            Operation::Vault(saves) => self.vault = saves,
            Operation::Want { min_ttl } => {
                let waiter = self.caller();
                self.step(Event::Wanted { waiter, min_ttl });
            }
            Operation::Refresh => {
                let waiter = self.caller();
                self.refreshing.insert(waiter);
                self.step(Event::RefreshAsked { waiter });
            }
            Operation::Reject { back } => self.reject(back),
            Operation::Leave => self.leave(),
            Operation::StaleResult => self.stale_result(),
            Operation::DeleteToken => self.delete_token(),
            Operation::NewCredentials => self.new_credentials(),
            Operation::AutoRefresh(on) => {
                self.policy.auto_refresh = on;
                self.step(Event::AutoRefresh(on));
            }
            Operation::Restart { reboot } => self.restart(reboot),
        }
    }

    /// Whether the newest token can be used, as far as this process can know.
    pub(super) fn token_lives(&self) -> bool {
        let lives = |generation: &Generation| {
            let known = self.known[generation];
            known.loaded.is_none()
                && known.ends > self.clocks.true_ms
                && !self.rejected.contains(generation)
        };
        self.newest.as_ref().is_some_and(lives) || self.machine.usable(self.clocks.now()).is_some()
    }

    fn start(&mut self) {
        let (token, attempts) = (self.saved, self.written.clone());
        self.newest = token.map(|meta| meta.generation);
        if let Some(meta) = token {
            self.known.get_mut(&meta.generation).unwrap().loaded = Some(self.clocks);
        }
        self.step(Event::Loaded { token, attempts });
    }

    fn step(&mut self, event: Event) {
        let effects = self.machine.step(self.clocks.now(), event);
        rule::attempts_are_written_before_the_request(self, &effects);
        for effect in effects {
            self.carry_out(effect);
        }
        rule::always_a_wake_up_soon_while_a_token_lives(self);
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Persist(attempts) => self.written = attempts,
            Effect::Request { attempt } => self.send(attempt),
            Effect::SaveToken(meta) => self.save(meta),
            Effect::HandOut {
                waiter, generation, ..
            } => {
                rule::never_a_token_handed_out_past_its_expiry(self, generation);
                rule::never_a_rejected_token_handed_out(self, generation);
                self.answered(waiter);
            }
            Effect::Refuse { waiter, .. } => self.answered(waiter),
            Effect::ToldToWait { waiter, .. } => rule::one_answer_for_each_caller(self, waiter),
            Effect::Published { generation } => self.published(generation),
            Effect::Notice(Notice::Suspended(_)) => self.suspended = true,
            Effect::Notice(_) => {}
        }
    }

    fn send(&mut self, attempt: Attempt) {
        rule::never_two_requests_in_flight(self);
        rule::never_two_attempts_within_the_cooldown(self);
        rule::never_a_request_after_suspension_without_a_users_act(self);
        let (answer, latency) = self.answer;
        let late = latency >= REQUEST_TIMEOUT;
        let outcome = if late {
            Outcome::Transient {
                kind: Transient::TimedOut,
                retry_after: None,
            }
        } else {
            answer.at(self.clocks.now().wall)
        };
        let ends = self.clocks.true_ms + millis(latency.min(REQUEST_TIMEOUT));
        self.last_attempt = Some(self.clocks);
        let sent = self.clocks;
        self.request = Some(InFlight {
            attempt,
            sent,
            ends,
            outcome,
            stale: false,
        });
    }

    fn save(&mut self, meta: TokenMeta) {
        let (issued, granted) = self.granting.expect("a save follows a grant");
        let lifetime = millis(granted.lifetime(issued.now().wall).span);
        let ends = issued.true_ms + lifetime;
        rule::generations_only_grow(self, meta.generation);
        let known = Known {
            ends,
            issued,
            span: meta.span,
            loaded: None,
        };
        self.known.insert(meta.generation, known);
        self.granted = Some(meta.generation);
        let generation = meta.generation;
        match self.vault {
            Saves::Within(span) => {
                self.saved = Some(meta);
                self.schedule(span, Event::TokenSaved { generation });
            }
            Saves::Fail => {
                let why = Local::VaultFailed;
                self.schedule(Duration::ZERO, Event::SaveFailed { generation, why });
            }
            Saves::Hang => {}
        }
    }

    fn schedule(&mut self, wait: Duration, event: Event) {
        let mut at = self.clocks.true_ms + millis(wait);
        while self.saves.contains_key(&at) {
            at += 1;
        }
        self.saves.insert(at, event);
    }

    fn published(&mut self, generation: Generation) {
        self.newest = Some(generation);
        self.suspended = false;
        self.refusals = 0;
    }

    fn answered(&mut self, waiter: Waiter) {
        rule::one_answer_for_each_caller(self, waiter);
        self.waiting.remove(&waiter);
        self.refreshing.remove(&waiter);
    }

    fn pass(&mut self, span: Duration) {
        let end = self.clocks.true_ms + millis(span);
        while self.clocks.true_ms < end {
            let next = [
                self.next_tick(),
                self.next_result(),
                self.next_save(),
                Some(end),
            ];
            let next = next
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(end)
                .max(self.clocks.true_ms);
            let passed = Duration::from_millis(next - self.clocks.true_ms);
            self.waiting
                .values_mut()
                .for_each(|waited| *waited += passed);
            self.clocks.true_ms = next;
            self.happen();
            rule::no_caller_waits_for_ever(self);
        }
    }

    fn next_tick(&self) -> Option<u64> {
        let wait = self.machine.next_wakeup(self.clocks.now())?;
        assert!(!wait.is_zero(), "a wake-up at once would spin");
        Some(self.clocks.true_ms + millis(wait))
    }

    fn next_result(&self) -> Option<u64> {
        self.request.map(|request| request.ends)
    }

    fn next_save(&self) -> Option<u64> {
        self.saves.keys().next().copied()
    }

    /// Delivers what is due.
    fn happen(&mut self) {
        while let Some(save) = self
            .saves
            .first_entry()
            .filter(|save| *save.key() <= self.clocks.true_ms)
        {
            let event = save.remove();
            self.step(event);
        }
        if let Some(request) = self
            .request
            .take_if(|request| request.ends <= self.clocks.true_ms)
        {
            self.deliver(request);
        }
        self.step(Event::Tick);
    }

    fn deliver(&mut self, request: InFlight) {
        if !request.stale {
            match request.outcome {
                Outcome::Granted(granted) => self.granting = Some((request.sent, granted)),
                Outcome::Answered(_) => self.refusals += 1,
                Outcome::Transient { .. } | Outcome::Local(_) => {}
            }
            self.suspended |= self.refusals >= REFUSALS_TO_SUSPEND;
        }
        let InFlight {
            attempt, outcome, ..
        } = request;
        self.step(Event::AttemptFinished { attempt, outcome });
    }

    fn sleep(&mut self, span: Duration, noticed: bool) {
        self.clocks.true_ms += millis(span);
        if noticed {
            self.step(Event::Woke);
        }
        self.happen();
    }

    fn set_clock(&mut self, by_ms: i64) {
        self.clocks.set(by_ms);
    }

    fn caller(&mut self) -> Waiter {
        self.waiters += 1;
        self.waiting.insert(Waiter(self.waiters), Duration::ZERO);
        Waiter(self.waiters)
    }

    fn reject(&mut self, back: usize) {
        let named = self.known.keys().rev().nth(back).copied();
        let Some(generation) = named.filter(|_| self.newest.is_some()) else {
            return;
        };
        if Some(generation) == self.newest {
            self.rejected.insert(generation);
        }
        let waiter = self.caller();
        self.step(Event::Rejected { waiter, generation });
    }

    fn leave(&mut self) {
        if let Some((waiter, _)) = self.waiting.pop_first() {
            self.refreshing.remove(&waiter);
            self.step(Event::CallerLeft { waiter });
        }
    }

    fn stale_result(&mut self) {
        let outcome = Outcome::Answered(Answered::Other);
        self.step(Event::AttemptFinished {
            attempt: Attempt(0),
            outcome,
        });
    }

    fn delete_token(&mut self) {
        self.saved = None;
        self.newest = None;
        self.let_callers_wait_anew();
        self.step(Event::TokenGone);
    }

    fn new_credentials(&mut self) {
        self.suspended = false;
        self.refusals = 0;
        if let Some(request) = &mut self.request {
            request.stale = true;
        }
        self.let_callers_wait_anew();
        self.step(Event::CredentialsChanged);
    }

    /// What callers wait for was taken away; their time counts from here.
    fn let_callers_wait_anew(&mut self) {
        self.waiting
            .values_mut()
            .for_each(|waited| *waited = Duration::ZERO);
    }

    fn restart(&mut self, reboot: bool) {
        if reboot {
            self.clocks.reboot();
        }
        self.machine = Machine::new(self.policy);
        self.request = None;
        self.saves.clear();
        self.waiting.clear();
        self.refreshing.clear();
        self.refusals = self.written.refusals;
        self.start();
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap()
}

//! A simulated keeper, Zoom, vault, and computer around one machine.

use super::account::{Account, Token};
use super::chance::Chance;
use super::clocks::Clocks;
use super::invariants as rule;
use super::kept::{Kept, Kind};
use super::operation::{Answer, Saves};
use crate::attempts::Attempts;
use crate::effect::{Effect, Notice};
use crate::event::{Attempt, Event, Waiter};
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::health::Span;
use crate::lifetime::Granted;
use crate::outcome::{Local, Outcome, Transient};
use crate::policy::{Policy, REQUEST_TIMEOUT};
use crate::rotating;
use crate::rotating::Journal;
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
    /// The refresh token that came with it.
    pub(super) pair: Option<Token>,
}

#[derive(Clone, Debug)]
pub(super) struct InFlight {
    pub(super) event: rotating::Event,
    pub(super) sent: Clocks,
    pub(super) ends: u64,
    pub(super) stale: bool,
}

/// What is still to come of a call of the vault.
#[derive(Clone, Debug)]
pub(super) struct Due {
    pub(super) write: Option<Write>,
    pub(super) event: rotating::Event,
}

/// What the vault is about to take.
#[derive(Clone, Copy, Debug)]
pub(super) enum Write {
    Journal(Journal),
    Refresh(Generation, Token),
}

pub(super) struct World {
    pub(super) kind: Kind,
    pub(super) kept: Kept,
    pub(super) account: Account,
    pub(super) chance: Chance,
    pub(super) clocks: Clocks,
    pub(super) request: Option<InFlight>,
    pub(super) last_attempt: Option<Clocks>,
    pub(super) known: BTreeMap<Generation, Known>,
    pub(super) rejected: BTreeSet<Generation>,
    /// Who waits, and how long already while the computer was awake.
    pub(super) waiting: BTreeMap<Waiter, Duration>,
    pub(super) refreshing: BTreeSet<Waiter>,
    pub(super) suspended: bool,
    pub(super) policy: Policy,
    pub(super) newest: Option<Generation>,
    /// The token of the last grant, saved or not: the one whose start the attempts remember.
    pub(super) granted: Option<Generation>,
    pub(super) dues: BTreeMap<u64, Due>,
    pub(super) saved: Option<TokenMeta>,
    pub(super) written: Attempts,
    pub(super) refusals: u32,
    pub(super) answer: (Answer, Duration),
    pub(super) vault: Saves,
    pub(super) waiters: u64,
    pub(super) granting: Option<(Clocks, Granted)>,
    /// How often the process was started again.
    pub(super) lives: u32,
    /// How many more effects are carried out before the process is killed.
    pub(super) killed_after: Option<u32>,
}

impl World {
    pub(super) fn new(kind: Kind, seed: u64) -> Self {
        let policy = Policy {
            jitter_seed: seed,
            ..Policy::default()
        };
        let hour = Granted {
            expires_in: Some(3600),
            token_expiry: None,
        };
        let mut world = Self {
            kind,
            kept: Kept::new(kind, policy),
            account: Account::signed_in(),
            chance: Chance::new(seed),
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
            dues: BTreeMap::new(),
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
            lives: 0,
            killed_after: None,
        };
        world.start();
        world
    }

    /// Whether the newest token can be used, as far as this process can know.
    pub(super) fn token_lives(&self) -> bool {
        let lives = |generation: &Generation| {
            let known = self.known[generation];
            known.loaded.is_none()
                && known.ends > self.clocks.true_ms
                && !self.rejected.contains(generation)
        };
        self.newest.as_ref().is_some_and(lives) || self.kept.has_usable(self.clocks.now())
    }

    pub(super) fn start(&mut self) {
        let (token, attempts) = (self.saved, self.written.clone());
        self.newest = token.map(|meta| meta.generation);
        if let Some(meta) = token {
            self.known.get_mut(&meta.generation).unwrap().loaded = Some(self.clocks);
        }
        let is_readable = matches!(self.vault, Saves::Within(_));
        let grant = self.account.found().filter(|_| is_readable);
        self.step(rotating::Event::Loaded {
            token,
            attempts,
            grant,
        });
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.step(rotating::Event::Plain(event));
    }

    pub(super) fn step(&mut self, event: rotating::Event) {
        let effects = self.kept.step(self.clocks.now(), event);
        rule::attempts_are_written_before_the_request(self, &effects);
        for effect in effects {
            if self.is_killed() {
                return self.restart(false);
            }
            self.carry_out(effect);
        }
        rule::always_a_wake_up_soon_while_a_token_lives(self);
    }

    fn is_killed(&mut self) -> bool {
        let Some(left) = self.killed_after else {
            return false;
        };
        self.killed_after = left.checked_sub(1);
        left == 0
    }

    pub(super) fn carry_out_plain(&mut self, effect: Effect) {
        match effect {
            Effect::Persist(attempts) => self.persist(attempts),
            Effect::Request { attempt } => self.send(attempt),
            Effect::SaveToken(meta) => self.save(meta),
            Effect::HandOut {
                waiter, generation, ..
            } => {
                rule::never_a_token_handed_out_past_its_expiry(self, generation);
                rule::never_a_rejected_token_handed_out(self, generation);
                rule::rotating::no_access_token_before_its_refresh_token_was_read_back(
                    self, generation,
                );
                self.answered(waiter);
            }
            Effect::Refuse { waiter, .. } => self.answered(waiter),
            Effect::ToldToWait { waiter, .. } => rule::one_answer_for_each_caller(self, waiter),
            Effect::Published { generation } => self.published(generation),
            Effect::Notice(Notice::Suspended(_)) => self.suspended = true,
            Effect::Notice(_) => {}
        }
    }

    fn persist(&mut self, attempts: Attempts) {
        if attempts.refreshed != self.written.refreshed {
            self.granted = None;
        }
        self.written = attempts;
    }

    pub(super) fn begin_attempt(&mut self) {
        rule::never_two_requests_in_flight(self);
        rule::never_two_attempts_within_the_cooldown(self);
        rule::never_a_request_after_suspension_without_a_users_act(self);
        self.last_attempt = Some(self.clocks);
    }

    fn send(&mut self, attempt: Attempt) {
        self.begin_attempt();
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
        let event = Event::AttemptFinished { attempt, outcome };
        self.request = Some(InFlight {
            event: rotating::Event::Plain(event),
            sent: self.clocks,
            ends: self.at(latency.min(REQUEST_TIMEOUT)),
            stale: false,
        });
    }

    fn save(&mut self, meta: TokenMeta) {
        let (issued, granted) = self.granting.expect("a save follows a grant");
        let lifetime = millis(granted.lifetime(issued.now().wall).span);
        rule::generations_only_grow(self, meta.generation);
        let known = Known {
            ends: issued.true_ms + lifetime,
            issued,
            span: meta.span,
            loaded: None,
            pair: self.account.held,
        };
        self.known.insert(meta.generation, known);
        self.granted = Some(meta.generation);
        let generation = meta.generation;
        match self.vault {
            Saves::Within(span) => {
                self.saved = Some(meta);
                self.schedule(span, Due::plain(Event::TokenSaved { generation }));
            }
            Saves::Fail => {
                let why = Local::VaultFailed;
                let event = Event::SaveFailed { generation, why };
                self.schedule(Duration::ZERO, Due::plain(event));
            }
            Saves::Hang => {}
        }
    }

    pub(super) fn schedule(&mut self, wait: Duration, due: Due) {
        let mut at = self.at(wait);
        while self.dues.contains_key(&at) {
            at += 1;
        }
        self.dues.insert(at, due);
    }

    /// The vault does one thing after the other.
    pub(super) fn take_earlier_writes(&mut self) {
        let writes: Vec<_> = self
            .dues
            .values_mut()
            .filter_map(|due| due.write.take())
            .collect();
        for write in writes {
            self.take(write);
        }
    }

    pub(super) fn at(&self, wait: Duration) -> u64 {
        self.clocks.true_ms + millis(wait)
    }

    fn published(&mut self, generation: Generation) {
        rule::rotating::no_access_token_before_its_refresh_token_was_read_back(self, generation);
        self.newest = Some(generation);
        self.suspended = false;
        self.refusals = 0;
    }
}

impl Due {
    pub(super) fn heard(event: rotating::Event) -> Self {
        Self { write: None, event }
    }

    fn plain(event: Event) -> Self {
        Self::heard(rotating::Event::Plain(event))
    }
}

pub(super) fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap()
}

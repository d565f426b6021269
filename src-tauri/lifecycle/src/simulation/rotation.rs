//! How a simulated keeper carries out what a rotating account needs, and what becomes of it.

use super::account::Token;
use super::invariants::rotating as rule;
use super::operation::{Answer, Saves};
use super::world::{Due, InFlight, World, Write};
use crate::event::Attempt;
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::outcome::{Answered, Local, Outcome, Transient};
use crate::policy::REQUEST_TIMEOUT;
use crate::rotating::{Arrival, Effect, Ending, Event, Journal, Notice, Refresh};
use std::time::Duration;

/// After this the vault's thread answers for a store that does not.
const VAULT_DEADLINE: Duration = Duration::from_secs(8);

impl World {
    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Plain(effect) => self.carry_out_plain(effect),
            Effect::ReadGrant { attempt } => self.read_grant(attempt),
            Effect::Journal { attempt, entry } => self.write_journal(attempt, entry),
            Effect::Request { attempt, refresh } => self.ask(attempt, refresh),
            Effect::SaveRefreshToken { generation } => self.save_refresh(generation),
            Effect::Notice(Notice::SignInAgain(cause)) => {
                rule::sign_in_again_is_told_once(self);
                rule::never_sign_in_again_while_the_refresh_token_lives(self);
                rule::a_lost_answer_is_told_with_its_time(self, cause);
                self.account.told = true;
            }
            Effect::Notice(Notice::Unsaved { .. }) => {}
        }
    }

    fn read_grant(&mut self, attempt: Attempt) {
        self.begin_attempt();
        rule::no_attempt_after_the_sign_in_ended(self);
        self.account.begun = Some((attempt, self.clocks));
        self.account.asked.insert(self.clocks.now().wall);
        let event = match self.vault {
            Saves::Within(_) => {
                self.account.read = self.account.vault;
                let grant = self.account.found();
                Event::GrantRead { attempt, grant }
            }
            Saves::Fail | Saves::Hang => Event::GrantUnread {
                attempt,
                why: Local::VaultLocked,
            },
        };
        self.schedule(self.vault_time(), Due::heard(event));
    }

    fn write_journal(&mut self, attempt: Attempt, entry: Journal) {
        let why = Local::VaultFailed;
        let done = Event::Journaled { attempt };
        let failed = Event::JournalFailed { attempt, why };
        self.write(Write::Journal(entry), done, failed);
    }

    fn save_refresh(&mut self, generation: Generation) {
        let token = self.account.held.expect("a save follows an answer");
        let why = Local::VaultFailed;
        let done = Event::ReadBack { generation };
        let failed = Event::NotReadBack { generation, why };
        self.write(Write::Refresh(generation, token), done, failed);
    }

    /// A store may have taken what it says it has not, and takes it early or late.
    fn write(&mut self, write: Write, done: Event, failed: Event) {
        self.take_earlier_writes();
        let works = matches!(self.vault, Saves::Within(_));
        let is_early = self.chance.happens(50);
        let takes = works || self.chance.happens(30);
        if takes && is_early {
            self.take(write);
        }
        let due = Due {
            write: (takes && !is_early).then_some(write),
            event: if works { done } else { failed },
        };
        self.schedule(self.vault_time(), due);
    }

    pub(super) fn take(&mut self, write: Write) {
        match write {
            Write::Journal(entry) => self.account.journal = Some(entry),
            Write::Refresh(generation, token) => self.account.store(generation, token),
        }
    }

    fn vault_time(&self) -> Duration {
        match self.vault {
            Saves::Within(span) => span,
            Saves::Fail => Duration::ZERO,
            Saves::Hang => VAULT_DEADLINE,
        }
    }

    fn ask(&mut self, attempt: Attempt, refresh: Generation) {
        let (generation, token) = self.account.read.expect("the grant was read");
        assert_eq!(
            generation, refresh,
            "another refresh token than the one that was read"
        );
        rule::no_request_with_a_refresh_token_that_was_used_and_answered(self, token);
        rule::the_journal_is_in_the_vault_before_the_request(self, refresh);
        rule::no_request_while_a_pair_is_unsaved(self);
        super::invariants::never_two_requests_in_flight(self);
        let (answer, latency) = self.answer;
        let in_time = latency < REQUEST_TIMEOUT;
        let ending = self.zooms_answer(token, answer, in_time);
        let ends = self.at(latency.min(REQUEST_TIMEOUT));
        let sent = self.clocks;
        let event = Event::AttemptFinished { attempt, ending };
        self.request = Some(InFlight {
            event,
            sent,
            ends,
            stale: false,
        });
    }

    /// What Zoom does with a request, and what of its answer arrives.
    fn zooms_answer(&mut self, token: Token, answer: Answer, in_time: bool) -> Ending {
        let lives = self.account.alive == Some(token);
        match answer.at(self.clocks.now().wall) {
            Outcome::Granted(_) if !lives && in_time => Ending::Refused(Answered::InvalidGrant),
            Outcome::Granted(granted) => self.granted(granted, lives, in_time),
            Outcome::Answered(kind) if in_time => Ending::Refused(kind),
            Outcome::Answered(_) => unavailable(Transient::TimedOut, Arrival::Perhaps),
            Outcome::Transient { kind, retry_after } => {
                let arrival = match kind {
                    Transient::Unreachable | Transient::RateLimited => Arrival::Never,
                    _ => Arrival::Perhaps,
                };
                if arrival == Arrival::Perhaps && lives && self.chance.happens(40) {
                    self.use_up();
                }
                Ending::Unavailable {
                    kind,
                    retry_after,
                    arrival,
                }
            }
            Outcome::Local(kind) => Ending::Local(kind),
        }
    }

    fn granted(&mut self, granted: Granted, lives: bool, in_time: bool) -> Ending {
        if !in_time {
            if lives && self.chance.happens(50) {
                self.use_up();
            }
            return unavailable(Transient::TimedOut, Arrival::Perhaps);
        }
        let refresh = if self.chance.happens(10) {
            Refresh::Kept
        } else {
            self.account.coming = Some(self.use_up());
            Refresh::Replaced
        };
        Ending::Granted { granted, refresh }
    }

    fn use_up(&mut self) -> Token {
        self.account.rotate()
    }

    /// The driver hears the end of a request, unless the user has signed in meanwhile.
    pub(super) fn heard(&mut self, attempt: Attempt, ending: Ending) {
        let Some((_, begun)) = self.account.begun.filter(|(begun, _)| *begun == attempt) else {
            return;
        };
        if let Ending::Granted { granted, refresh } = ending {
            self.granting = Some((begun, granted));
            if refresh == Refresh::Replaced {
                let (_, token) = self.account.read.expect("the grant was read");
                self.account.answered.insert(token);
                self.account.held = self.account.coming.take();
            }
        }
    }

    pub(super) fn sign_in(&mut self) {
        let granted = Granted {
            expires_in: Some(3600),
            token_expiry: None,
        };
        let token = self.account.give_out();
        self.account.held = Some(token);
        self.granting = Some((self.clocks, granted));
        self.request = None;
        self.account.begun = None;
        self.account.told = false;
        self.suspended = false;
        self.refusals = 0;
        let asked = self.clocks.now();
        self.step(Event::SignedIn { asked, granted });
    }
}

fn unavailable(kind: Transient, arrival: Arrival) -> Ending {
    Ending::Unavailable {
        kind,
        retry_after: None,
        arrival,
    }
}

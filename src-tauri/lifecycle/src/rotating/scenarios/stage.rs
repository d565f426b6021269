//! A machine, a vault that holds what it is given, and a time that passes only when told.

use crate::attempts::Attempts;
use crate::event::{Attempt, Waiter};
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::outcome::{Answered, Local};
use crate::policy::Policy;
use crate::rotating::{
    Arrival, Effect, Ending, Event, Grant, Journal, Machine, Notice, Refresh, SignInCause,
};
use crate::time::{BootTime, Now, WallTime};
use std::time::Duration;

pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const MINUTE: Duration = Duration::from_mins(1);
pub(super) const HOUR: Duration = Duration::from_hours(1);

/// The refresh token that the account was signed in with.
pub(super) const FIRST: Generation = Generation(7);

pub(super) struct Stage {
    pub(super) machine: Machine,
    pub(super) now: Now,
    pub(super) written: Attempts,
    /// The access token the vault holds.
    pub(super) token: Option<TokenMeta>,
    /// What the vault holds of the grant.
    pub(super) grant: Option<Grant>,
    pub(super) attempt: Attempt,
}

impl Stage {
    /// Signed in, no access token: the first attempt reads the vault.
    pub(super) fn signed_in() -> Self {
        let grant = Some(Grant {
            refresh: FIRST,
            journal: None,
        });
        Self::started(
            Now {
                wall: WallTime(1_800_000_000_000),
                boot: BootTime(7_000_000),
            },
            Attempts::default(),
            None,
            grant,
        )
        .0
    }

    fn started(
        now: Now,
        written: Attempts,
        token: Option<TokenMeta>,
        grant: Option<Grant>,
    ) -> (Self, Vec<Effect>) {
        let attempts = written.clone();
        let mut stage = Self {
            machine: Machine::new(Policy::default()),
            now,
            written,
            token,
            grant,
            attempt: Attempt(0),
        };
        let effects = stage.tell(Event::Loaded {
            token,
            attempts,
            grant,
        });
        (stage, effects)
    }

    /// The process is killed; a minute later there is another.
    pub(super) fn killed(&self) -> (Self, Vec<Effect>) {
        let now = self.now.plus(MINUTE);
        Self::started(now, self.written.clone(), self.token, self.grant)
    }

    pub(super) fn tell(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.step(self.now, event);
        for effect in &effects {
            match effect {
                Effect::Plain(crate::Effect::Persist(attempts)) => self.written = attempts.clone(),
                Effect::Plain(crate::Effect::SaveToken(meta)) => self.token = Some(*meta),
                Effect::ReadGrant { attempt } => self.attempt = *attempt,
                _ => {}
            }
        }
        effects
    }

    pub(super) fn plain(&mut self, event: crate::Event) -> Vec<Effect> {
        self.tell(Event::Plain(event))
    }

    pub(super) fn pass(&mut self, span: Duration) -> Vec<Effect> {
        self.now = self.now.plus(span);
        self.plain(crate::Event::Tick)
    }

    pub(super) fn want(&mut self, waiter: u64) -> Vec<Effect> {
        self.plain(crate::Event::Wanted {
            waiter: Waiter(waiter),
            min_ttl: Duration::ZERO,
        })
    }

    /// The vault says what it holds.
    pub(super) fn read(&mut self) -> Vec<Effect> {
        let (attempt, grant) = (self.attempt, self.grant);
        self.tell(Event::GrantRead { attempt, grant })
    }

    /// The vault takes the journal entry.
    pub(super) fn journal(&mut self, effects: &[Effect]) -> Vec<Effect> {
        let entry = journaled(effects).expect("a journal entry is to be written");
        self.grant.as_mut().unwrap().journal = Some(entry);
        let attempt = self.attempt;
        self.tell(Event::Journaled { attempt })
    }

    /// Goes as far as the request.
    pub(super) fn ask(&mut self) {
        let read = self.read();
        let effects = self.journal(&read);
        assert!(requests(&effects), "{effects:?}");
    }

    pub(super) fn end(&mut self, ending: Ending) -> Vec<Effect> {
        let attempt = self.attempt;
        self.tell(Event::AttemptFinished { attempt, ending })
    }

    /// Zoom grants a pair; returns the refresh token that is to be saved.
    pub(super) fn grant(&mut self) -> Generation {
        saved(&self.end(granted(Refresh::Replaced))).expect("the refresh token is to be saved")
    }

    /// The vault takes the refresh token.
    pub(super) fn save(&mut self, generation: Generation) -> Vec<Effect> {
        self.grant.as_mut().unwrap().refresh = generation;
        self.tell(Event::ReadBack { generation })
    }

    pub(super) fn fail_to_save(&mut self, generation: Generation) -> Vec<Effect> {
        let why = Local::VaultLocked;
        self.tell(Event::NotReadBack { generation, why })
    }

    /// The access token is saved too.
    pub(super) fn save_token(&mut self) -> Vec<Effect> {
        let generation = self.token.expect("there is an access token").generation;
        self.plain(crate::Event::TokenSaved { generation })
    }

    /// A whole transaction.
    pub(super) fn refresh(&mut self) {
        self.ask();
        let generation = self.grant();
        self.save(generation);
        self.save_token();
    }

    /// Passes time until the next attempt begins; returns how long that was.
    pub(super) fn until_attempt(&mut self) -> Duration {
        let began = self.now;
        for _ in 0..10_000 {
            let wait = self
                .machine
                .next_wakeup(self.now)
                .expect("an attempt is planned");
            if begins(&self.pass(wait)) {
                return began.until(self.now);
            }
        }
        panic!("no attempt");
    }
}

pub(super) fn granted(refresh: Refresh) -> Ending {
    let granted = Granted {
        expires_in: Some(3600),
        token_expiry: None,
    };
    Ending::Granted { granted, refresh }
}

pub(super) fn dead() -> Ending {
    Ending::Refused(Answered::InvalidGrant)
}

pub(super) fn unavailable(arrival: Arrival) -> Ending {
    Ending::Unavailable {
        kind: crate::Transient::ServerError,
        retry_after: None,
        arrival,
    }
}

pub(super) fn begins(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::ReadGrant { .. }))
}

pub(super) fn requests(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::Request { .. }))
}

pub(super) fn journaled(effects: &[Effect]) -> Option<Journal> {
    effects.iter().find_map(|effect| match effect {
        Effect::Journal { entry, .. } => Some(*entry),
        _ => None,
    })
}

pub(super) fn saved(effects: &[Effect]) -> Option<Generation> {
    effects.iter().find_map(|effect| match effect {
        Effect::SaveRefreshToken { generation } => Some(*generation),
        _ => None,
    })
}

/// Who was handed a token.
pub(super) fn served(effects: &[Effect]) -> Vec<u64> {
    let waiter = |effect: &Effect| match effect {
        Effect::Plain(crate::Effect::HandOut { waiter, .. }) => Some(waiter.0),
        _ => None,
    };
    effects.iter().filter_map(waiter).collect()
}

/// Who was refused a token.
pub(super) fn refused(effects: &[Effect]) -> Vec<u64> {
    let waiter = |effect: &Effect| match effect {
        Effect::Plain(crate::Effect::Refuse { waiter, .. }) => Some(waiter.0),
        _ => None,
    };
    effects.iter().filter_map(waiter).collect()
}

pub(super) fn told(effects: &[Effect]) -> Option<SignInCause> {
    effects.iter().find_map(|effect| match effect {
        Effect::Notice(Notice::SignInAgain(cause)) => Some(*cause),
        _ => None,
    })
}

//! A new token's way: into the `.env`, and into the entries that get it injected.

use crate::delivery::deliverer::Deliverer;
use crate::delivery::order::FreshToken;
use crate::delivery::plan::Task;
use crate::delivery::steps;
use crate::guardian::Event;
use claude::{ConfigError, ConfigFile, NewValue, Pointer};
use control::EventKind;
use lifecycle::Activity;
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

impl Deliverer {
    pub(crate) async fn deliver(&mut self, token: FreshToken) {
        if self.state.delivered >= Some(token.generation) {
            return;
        }
        if self.unasked {
            self.env_target.load(&token.secret);
        }
        self.deliver_loaded(token).await;
    }

    /// The same for a token that the `.env` has already.
    pub(crate) async fn deliver_loaded(&mut self, token: FreshToken) {
        let generation = token.generation;
        self.take_in(token);
        if self.unasked {
            self.bring_to_claude(generation).await;
        }
    }

    /// From now on this is the token to write.
    pub(crate) fn take_in(&mut self, token: FreshToken) {
        self.state.delivered = Some(token.generation);
        self.state.token = Some(token);
    }

    /// It may have been put off, and a newer one come meanwhile.
    pub(crate) fn have(&mut self, token: FreshToken) {
        let known = self.state.token.as_ref().map(|known| known.generation);
        if known <= Some(token.generation) {
            self.state.token = Some(token);
        }
    }

    async fn bring_to_claude(&mut self, generation: u64) {
        if self.due(&self.guard.guardian().queued()).is_empty() {
            self.guard.tell(Event::NothingWaits);
            self.sequence.not_needed(steps::CONFIG);
            self.sequence.not_needed(steps::RESTART);
        } else if self.desktop.is_gone() {
            self.write_now().await;
        } else {
            self.wait_for_quit(generation);
        }
    }

    /// Writes what waited for Claude Desktop to be quit, if anything did.
    pub(crate) async fn write_what_waits(&mut self) {
        let waits = !self.state.cuts.is_empty() || !self.due(&BTreeSet::new()).is_empty();
        if waits && self.desktop.is_gone() {
            self.write_now().await;
        }
    }

    /// What is to be put back is due with it: it may have lacked a token so far.
    async fn write_now(&mut self) {
        let watch = Instant::now();
        let queued = self.guard.guardian().queued();
        let applied = self.write_due(&queued).await;
        match applied.failed.first() {
            Some((_, error)) => self.sequence.failed(steps::CONFIG, watch.elapsed(), error),
            None if applied.is_nothing() => self.sequence.not_needed(steps::CONFIG),
            None => self.sequence.done(steps::CONFIG, watch.elapsed()),
        }
        self.sequence.not_needed(steps::RESTART);
        self.record(&applied);
        self.make_cuts();
    }

    /// The guardian decides whether the token is worth a restart, or a question. What else
    /// waits, such as a relay that was connected, is worth neither.
    fn wait_for_quit(&mut self, generation: u64) {
        if !self.is_token_due() {
            self.guard.tell(Event::NothingWaits);
            self.sequence
                .waits(steps::CONFIG, "until Claude Desktop is quit");
            self.sequence.not_needed(steps::RESTART);
            return;
        }
        if let Some(why) = self.why_no_entry_can_be_written() {
            self.guard.tell(Event::NothingWaits);
            self.say(EventKind::Failed, why.to_string());
            self.sequence.failed(steps::CONFIG, Duration::ZERO, &why);
            self.sequence.not_needed(steps::RESTART);
            return;
        }
        self.guard.tell(Event::TokenWaits {
            generation,
            consent: self.settings.get().restart_consent,
            suspended: self.is_suspended(),
        });
        if self.guard.wants_restart() {
            return;
        }
        self.sequence
            .waits(steps::CONFIG, "until Claude Desktop is quit");
        self.sequence.waits(steps::RESTART, "for your consent");
        let text = "Claude Desktop must be restarted to get the new token.";
        self.say(EventKind::Notice, text);
    }

    /// Whether an entry is to get the token.
    pub(crate) fn is_token_due(&self) -> bool {
        let due = self.due(&BTreeSet::new());
        let mut tasks = due.values().flatten();
        tasks.any(|task| matches!(task, Task::Inject { .. }))
    }

    /// Why none of the entries that are to get the token could get it if Claude Desktop were
    /// quit now: then a restart would be for nothing.
    fn why_no_entry_can_be_written(&self) -> Option<ConfigError> {
        let config = self.desktop.config().ok()?;
        let mut why = None;
        for (name, tasks) in self.due(&BTreeSet::new()) {
            let Some(Task::Inject { key }) = tasks.last() else {
                continue;
            };
            let is_put_back = self.guard.guardian().queued().contains(&name);
            match check(config, &name, key, tasks.len() > 1 || is_put_back) {
                Ok(()) => return None,
                Err(error) => why = why.or(Some(error)),
            }
        }
        why
    }

    /// Whether refreshing by itself is suspended for the account whose token is delivered.
    fn is_suspended(&self) -> bool {
        let snapshot = self.board.snapshot();
        let default = snapshot.accounts.first();
        default
            .is_some_and(|account| matches!(account.condition.activity, Activity::Suspended { .. }))
    }
}

/// Whether the variable `key` of the entry `name` could be written; for an entry that is made
/// another one before, whether the config can be.
fn check(
    config: &ConfigFile,
    name: &str,
    key: &str,
    is_made_anew: bool,
) -> Result<(), ConfigError> {
    let looked = if is_made_anew {
        config.read().map(drop)
    } else {
        let value = NewValue::Variable(SecretString::default());
        config.original(&Pointer::env(name, key), &value).map(drop)
    };
    match looked {
        // Claude Desktop makes it, or lets go of it, when it is quit.
        Err(ConfigError::Missing { .. } | ConfigError::InUse { .. }) => Ok(()),
        looked => looked,
    }
}

//! Bringing the config to what is wanted, entry by entry, while nothing of Claude Desktop's runs.
//!
//! What an entry holds is kept before it is written. An entry that cannot be written does not
//! keep the others from it.

use crate::delivery::claude_desktop::EntryError;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::journal::Begun;
use crate::delivery::plan::{Task, Wanted, due};
use crate::delivery::writes::{Wrote, is_relay_at, mark};
use crate::settings::Choice;
use claude::{ConfigError, ConfigFile, NewValue, Original, Pointer, Written};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What one pass over the config did.
#[derive(Default)]
pub(crate) struct Applied {
    /// Entries that were written.
    pub(crate) changed: BTreeSet<String>,
    /// Those of them that hold a token now.
    pub(crate) injected: BTreeSet<String>,
    /// Entries that were found to be as wanted.
    pub(crate) already: BTreeSet<String>,
    /// Entries that hold their own again.
    pub(crate) given_back: BTreeSet<String>,
    /// Entries that were left alone.
    pub(crate) failed: Vec<(String, EntryError)>,
}

impl Applied {
    /// Whether nothing was written, nor tried in vain.
    pub(crate) fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.given_back.is_empty() && self.failed.is_empty()
    }

    /// Whether the entry `name` was written.
    pub(crate) fn touches(&self, name: &str) -> bool {
        self.changed.contains(name) || self.given_back.contains(name)
    }

    /// Why the entry `name` was left alone.
    pub(crate) fn failure_of(&self, name: &str) -> Option<&EntryError> {
        let failed = self.failed.iter().find(|(failed, _)| failed == name);
        failed.map(|(_, error)| error)
    }
}

impl Deliverer {
    /// Writes whatever is due, and `again` also where nothing is new.
    pub(crate) async fn write_due(&mut self, again: &BTreeSet<String>) -> Applied {
        let mut applied = Applied::default();
        for (name, tasks) in self.due(again) {
            let injects = tasks.iter().any(|task| matches!(task, Task::Inject { .. }));
            if injects
                && again.contains(&name)
                && let Err(error) = self.put_whole_back(&name).await
            {
                applied.failed.push((name, error));
                continue;
            }
            for task in tasks {
                if let Err(error) = self.carry_out_task(&name, &task, &mut applied).await {
                    applied.failed.push((name.clone(), error));
                    break;
                }
            }
        }
        applied
    }

    /// What is to be written, by entry. An entry that the guardian has left to the user is left
    /// out, unless it is asked for.
    pub(crate) fn due(&self, again: &BTreeSet<String>) -> BTreeMap<String, Vec<Task>> {
        let choices = self.choices();
        let token = self.state.token.as_ref().map(|token| mark(&token.secret));
        let config = self.desktop.config().ok().map(ConfigFile::path);
        let names: BTreeSet<&String> = choices.keys().chain(self.journal.all().keys()).collect();
        let tasks = names.into_iter().map(|name| {
            let wanted = Wanted {
                choice: choices.get(name),
                kept: self.journal.get(name),
                config,
                token: token.as_deref(),
                again: again.contains(name),
            };
            (name.clone(), due(wanted))
        });
        tasks
            .filter(|(name, tasks)| {
                let is_left = self.guard.guardian().is_left_to_the_user(name);
                let by_user = again.contains(name) || tasks.contains(&Task::GiveBack);
                !tasks.is_empty() && (by_user || !is_left)
            })
            .collect()
    }

    /// Every entry that this keeper serves: by the settings, and, unless it is a brief one, the
    /// one that the environment names.
    pub(crate) fn choices(&self) -> BTreeMap<String, Choice> {
        let settings = self.settings.get();
        let named = self.from_environment.as_ref().filter(|_| self.unasked);
        settings.choices_with(named, &self.key)
    }

    /// The same whatever keeper this is, to be shown.
    pub(crate) fn all_choices(&self) -> BTreeMap<String, Choice> {
        let settings = self.settings.get();
        settings.choices_with(self.from_environment.as_ref(), &self.key)
    }

    async fn carry_out_task(
        &mut self,
        name: &str,
        task: &Task,
        applied: &mut Applied,
    ) -> Result<(), EntryError> {
        match task {
            Task::GiveBack => {
                self.give_back(name).await?;
                applied.given_back.insert(name.to_owned());
                return Ok(());
            }
            Task::Connect => {
                let entry = self.relay.entry(name)?;
                let written = self.connect(name, entry).await?;
                applied.note(name, &written);
            }
            Task::Inject { key } => {
                let written = self.inject(name, key).await?;
                applied.note(name, &written);
                if applied.changed.contains(name) {
                    applied.injected.insert(name.to_owned());
                }
            }
        }
        // It is Zoomtray's again, whatever was given back on the way.
        applied.given_back.remove(name);
        Ok(())
    }

    async fn connect(
        &mut self,
        name: &str,
        entry: Map<String, Value>,
    ) -> Result<Written, EntryError> {
        let new = NewValue::Entry(entry.clone());
        self.write(&Pointer::entry(name), &new, Wrote::Relay { entry })
            .await
    }

    async fn inject(&mut self, name: &str, key: &str) -> Result<Written, EntryError> {
        let token = self.state.token.as_ref().map(|token| token.secret.clone());
        let token = token.unwrap_or_default();
        let mark = mark(&token);
        let new = NewValue::Variable(token);
        self.write(&Pointer::env(name, key), &new, Wrote::Token { mark })
            .await
    }

    /// Right before a write: what came before it may have taken a while.
    pub(crate) fn check_gone(&self) -> Result<(), EntryError> {
        if self.desktop.is_gone() {
            Ok(())
        } else {
            Err(EntryError::Runs)
        }
    }

    /// An entry that is gone with the variable that Zoomtray writes is put back first.
    pub(crate) async fn put_whole_back(&mut self, name: &str) -> Result<(), EntryError> {
        let Some(kept) = self.journal.get(name).filter(|kept| kept.whole.is_some()) else {
            return Ok(());
        };
        let config = self.with_tokens_known(&self.desktop.config_at(&kept.config));
        match config.read() {
            Ok(found) if found.entries.iter().any(|entry| entry.name == name) => return Ok(()),
            Ok(_) | Err(ConfigError::Missing { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(whole) = self.journal.whole(name).await? {
            self.check_gone()?;
            config.restore(&Pointer::entry(name), &whole, None)?;
        }
        Ok(())
    }

    /// Keeps what stands there, writes, and notes that it was done.
    async fn write(
        &mut self,
        pointer: &Pointer,
        new: &NewValue,
        wrote: Wrote,
    ) -> Result<Written, EntryError> {
        let config = self.with_tokens_known(self.desktop.config().map_err(EntryError::NoConfig)?);
        let mut original = config.original(pointer, new)?;
        if self.journal.get(pointer.server()).is_none() && is_relay_at(pointer, &original) {
            // It was Zoomtray's: nobody's own entry, and nothing to give back.
            original = Original::EntryAbsent;
        }
        let whole = whole_of(&config, pointer);
        let begun = Begun {
            config: config.path(),
            pointer,
            wrote: wrote.clone(),
            original: &original,
            whole: whole.as_ref(),
        };
        self.journal.begin(begun).await?;
        let written = self
            .check_gone()
            .and_then(|()| Ok(config.set(pointer, new)?));
        match written {
            Ok(_) => self.journal.confirm(pointer.server())?,
            Err(_) => self.take_back(&config, pointer, new, &wrote).await,
        }
        written
    }

    /// After a write that failed: if it was certainly not made, it is not noted any more.
    /// Otherwise it stays noted as begun, and the next one finds out.
    async fn take_back(
        &mut self,
        config: &ConfigFile,
        pointer: &Pointer,
        new: &NewValue,
        wrote: &Wrote,
    ) {
        match config.original(pointer, new) {
            Ok(found) if !wrote.is(&found) => {}
            Ok(_) | Err(_) => return,
        }
        if let Err(error) = self.journal.take_back(pointer.server()).await {
            tracing::warn!(%error, "a write that failed stays noted as begun");
        }
    }
}

impl Applied {
    fn note(&mut self, name: &str, written: &Written) {
        let names = match written {
            Written::Changed { .. } | Written::Created { .. } => &mut self.changed,
            Written::AlreadySo { .. } => &mut self.already,
        };
        names.insert(name.to_owned());
    }
}

/// The entry around a variable, as it is. One that cannot be taken whole is kept without.
fn whole_of(config: &ConfigFile, pointer: &Pointer) -> Option<Original> {
    let Pointer::Env { server, .. } = pointer else {
        return None;
    };
    let nothing = NewValue::Entry(Map::new());
    match config.original(&Pointer::entry(server), &nothing) {
        Ok(original @ Original::Value(_)) => Some(original),
        Ok(_) | Err(_) => None,
    }
}

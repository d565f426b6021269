//! How each entry gets its token, as the user says.
//!
//! A mode that cannot be written now waits in the settings until Claude Desktop is quit; one that
//! is refused leaves the settings as they were.

use crate::delivery::deliverer::Deliverer;
use crate::delivery::order::failure;
use crate::guardian::Event;
use crate::settings::{Choice, Settings};
use claude::Entry;
use control::{Deliveries, Delivery, Drift, EntryDelivery, EntryMode, Failure, FailureKind};
use std::collections::BTreeSet;

impl Deliverer {
    pub(crate) async fn set_mode(
        &mut self,
        name: &str,
        mode: EntryMode,
    ) -> Result<Delivery, Failure> {
        let choice = match mode {
            EntryMode::Off => return self.switch_off(name).await,
            EntryMode::Relay => {
                self.relay
                    .entry(name)
                    .map_err(|error| failure(error.to_string()))?;
                Choice::Relay
            }
            EntryMode::Inject => Choice::Inject {
                key: self.key.clone(),
            },
        };
        self.check_entry(name, mode)?;
        self.choose(name, choice).await
    }

    /// Sets the choice and brings it about; a choice that is refused is taken back.
    async fn choose(&mut self, name: &str, choice: Choice) -> Result<Delivery, Failure> {
        let before = self.settings.get().entries.get(name).cloned();
        let leaving = self.journal.get(name).is_some_and(|kept| kept.leaving);
        self.save_choice(name, Some(choice))?;
        self.set_leaving(name, false)?;
        let outcome = self.bring_about(name).await;
        if outcome.is_err() {
            self.save_choice(name, before)?;
            self.set_leaving(name, leaving)?;
        }
        outcome
    }

    async fn switch_off(&mut self, name: &str) -> Result<Delivery, Failure> {
        let is_chosen = self.choices().contains_key(name);
        if self.journal.get(name).is_none() {
            if !is_chosen {
                self.check_entry(name, EntryMode::Off)?;
            }
            self.drop_choice(name)?;
            return Ok(Delivery::AlreadySo);
        }
        self.check_unchanged(name)
            .await
            .map_err(|error| failure(error.to_string()))?;
        self.set_leaving(name, true)?;
        self.drop_choice(name)?;
        self.released(name);
        self.bring_about(name).await
    }

    /// Writes what is due if nothing of Claude Desktop's runs.
    async fn bring_about(&mut self, name: &str) -> Result<Delivery, Failure> {
        let again = BTreeSet::from([name.to_owned()]);
        if !self.desktop.is_gone() {
            return Ok(self.leave_for_later(name));
        }
        let applied = self.write_due(&again).await;
        self.record(&applied);
        match applied.failure_of(name) {
            Some(error) => Err(failure(error.to_string())),
            None if applied.touches(name) => Ok(Delivery::Written),
            None => Ok(Delivery::AlreadySo),
        }
    }

    /// What is new is due by itself; what was lost is queued with the guardian.
    fn leave_for_later(&mut self, name: &str) -> Delivery {
        if self.due(&BTreeSet::new()).contains_key(name) {
            return Delivery::Pending;
        }
        let drifts = self.drifts().unwrap_or_default();
        if drifts.get(name).is_none_or(|drift| *drift == Drift::None) {
            return Delivery::AlreadySo;
        }
        let running = !self.desktop.is_gone();
        self.guard.tell(Event::Seen { drifts, running });
        self.guard.tell(Event::RestoreAsked);
        Delivery::Pending
    }

    pub(crate) async fn connect_all(&mut self) -> Result<Deliveries, Failure> {
        let entries = self.desktop.entries()?;
        let key = self.key.clone();
        let served = self.choices();
        let names: Vec<String> = entries
            .into_iter()
            .filter(|entry| !entry.owned_by_extension && entry.command.is_some())
            .filter(|entry| has_zoom_variable(entry, &key) || served.contains_key(&entry.name))
            .map(|entry| entry.name)
            .collect();
        if names.is_empty() {
            return Err(failure(
                "No entry of Claude Desktop's config has a Zoom variable. `zoomtrayctl claude \
                 connect zoom` makes one for the bundled server.",
            ));
        }
        let mut deliveries = Vec::new();
        for name in names {
            let delivery = self.set_mode(&name, EntryMode::Relay).await?;
            deliveries.push(EntryDelivery { name, delivery });
        }
        Ok(Deliveries {
            entries: deliveries,
        })
    }

    /// Leaves the entry as it stands, and forgets what it held.
    pub(crate) async fn forget(&mut self, name: &str) -> Result<(), Failure> {
        if self.journal.get(name).is_none() && !self.choices().contains_key(name) {
            return Err(failure(format!(
                "Zoomtray keeps nothing of an entry {name}. `zoomtrayctl claude status` names \
                 those it serves."
            )));
        }
        self.drop_choice(name)?;
        self.released(name);
        let forgotten = self.journal.forget(name).await;
        forgotten.map_err(|error| failure(error.to_string()))
    }

    /// A relay may be made where there is no entry; the others need one.
    fn check_entry(&self, name: &str, mode: EntryMode) -> Result<(), Failure> {
        let path = self.desktop.config()?.path();
        let entries = self.desktop.entries()?;
        match entries.iter().find(|entry| entry.name == name) {
            Some(entry) if entry.owned_by_extension => Err(failure(format!(
                "Entry {name} belongs to a Claude Desktop extension, which alone may change it. \
                 Choose another entry."
            ))),
            Some(entry) if mode == EntryMode::Relay && entry.command.is_none() => {
                Err(failure(format!(
                    "Entry {name} names no program, so there is nothing that Zoomtray's relay \
                     could start for it. Choose another entry."
                )))
            }
            Some(_) => Ok(()),
            None if mode == EntryMode::Relay => Ok(()),
            None if !path.exists() => Err(self.desktop.not_found()),
            None => Err(failure(format!(
                "{} has no entry {name}; it has {}. Name one of them.",
                path.display(),
                names(&entries)
            ))),
        }
    }

    /// The environment's entry is given up too: the user has said otherwise since.
    pub(crate) fn drop_choice(&mut self, name: &str) -> Result<(), Failure> {
        if self.from_environment.as_deref() == Some(name) {
            self.from_environment = None;
        }
        self.save_choice(name, None)
    }

    fn save_choice(&self, name: &str, choice: Option<Choice>) -> Result<(), Failure> {
        let change = |settings: &mut Settings| {
            match choice {
                Some(choice) => settings.entries.insert(name.to_owned(), choice),
                None => settings.entries.remove(name),
            };
        };
        self.settings
            .change(change)
            .map_err(|error| Failure::new(FailureKind::Internal, error.to_string()))
    }

    fn set_leaving(&mut self, name: &str, leaving: bool) -> Result<(), Failure> {
        self.journal
            .set_leaving(name, leaving)
            .map_err(|error| failure(error.to_string()))
    }
}

/// Whether the entry is a Zoom server's, by its variables.
pub(crate) fn has_zoom_variable(entry: &Entry, key: &str) -> bool {
    let is_zooms = |variable: &String| variable.starts_with("ZOOM_") || variable == key;
    entry.variables.iter().any(is_zooms)
}

fn names(entries: &[Entry]) -> String {
    let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

//! Bringing back what was there: lost entries of ours, or a kept copy of the whole config.

use crate::delivery::deliverer::Deliverer;
use crate::delivery::giving_back::RUNS;
use crate::delivery::journal::JournalError;
use crate::delivery::order::failure;
use crate::delivery::writing::Applied;
use crate::guardian::Event;
use claude::{Edited, Original, Pointer};
use control::{BackupView, Backups, Deliveries, Delivery, Drift, EntryDelivery, Failure, Restored};
use lifecycle::WallTime;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

impl Deliverer {
    /// Writes lost entries again; once Claude Desktop is quit, if it runs.
    pub(crate) async fn restore_lost(&mut self) -> Result<Deliveries, Failure> {
        let lost = self.lost()?;
        self.look();
        self.guard.tell(Event::RestoreAsked);
        if !self.desktop.is_gone() {
            return Ok(deliveries(lost, Delivery::Pending));
        }
        let applied = self.write_due(&lost).await;
        self.record(&applied);
        let not_back = |name: &String| Some((name.clone(), NotBack::why(name, &applied)?));
        match lost.iter().find_map(not_back) {
            Some((name, why)) => Err(failure(why.sentence(&name))),
            None => Ok(deliveries(lost, Delivery::Written)),
        }
    }

    /// Entries that Zoomtray serves and that are not as it wrote them.
    fn lost(&self) -> Result<BTreeSet<String>, Failure> {
        let unreadable = || match self.desktop.entries() {
            Err(failure) => failure,
            Ok(_) => failure("Claude Desktop's config cannot be read. Try again."),
        };
        let drifts = self.drifts().ok_or_else(unreadable)?;
        let choices = self.choices();
        let lost = drifts
            .into_iter()
            .filter(|(name, drift)| *drift != Drift::None && choices.contains_key(name));
        Ok(lost.map(|(name, _)| name).collect())
    }

    /// Takes off the byte order mark, with which Claude Desktop empties the config.
    pub(crate) fn mend(&self) -> Result<Delivery, Failure> {
        if !self.desktop.is_gone() {
            return Err(failure(RUNS));
        }
        let config = self.with_tokens_known(self.desktop.config()?);
        match config.strip_bom() {
            Ok(Edited::Changed { .. }) => Ok(Delivery::Written),
            Ok(Edited::AlreadySo) => Ok(Delivery::AlreadySo),
            Err(error) => Err(failure(error.to_string())),
        }
    }

    pub(crate) fn backups(&self) -> Result<Backups, Failure> {
        let kept = self.desktop.config()?.backups();
        let kept = kept.map_err(|error| failure(error.to_string()))?;
        let view = |backup: files::Backup| BackupView {
            number: backup.number,
            made: wall_time(backup.made),
            bytes: backup.size,
            path: backup.path,
        };
        Ok(Backups {
            backups: kept.into_iter().map(view).collect(),
        })
    }

    /// Makes a kept copy the config again. Secrets that were cut out come from the config as it
    /// is, from what entries held, or from the token; the others are named.
    pub(crate) async fn restore_backup(&mut self, number: u32) -> Result<Restored, Failure> {
        if !self.desktop.is_gone() {
            return Err(failure(RUNS));
        }
        let known = self.known_secrets().await?;
        let done = self.put_backup(number, &known)?;
        let off = self.let_go_of_others().await?;
        let (set_aside, missing) = match done {
            claude::Restored::Done {
                set_aside,
                unfilled,
                ..
            } => (set_aside, unfilled),
            claude::Restored::AlreadySo => (None::<PathBuf>, Vec::new()),
        };
        Ok(Restored {
            number,
            missing,
            off,
            set_aside,
        })
    }

    /// Looks once more whether Claude Desktop runs: the vault may have taken a while.
    fn put_backup(
        &self,
        number: u32,
        known: &BTreeMap<String, SecretString>,
    ) -> Result<claude::Restored, Failure> {
        if !self.desktop.is_gone() {
            return Err(failure(RUNS));
        }
        let secrets: Vec<SecretString> = known.values().cloned().collect();
        self.with_tokens_known(self.desktop.config()?)
            .restore_backup(number, &secrets, &|pointer| known.get(pointer).cloned())
            .map_err(|error| failure(error.to_string()))
    }

    /// The secrets of what entries held, by JSON pointer. What the vault does not have any more
    /// is not known; what it does not give now, as while it is locked, is a failure.
    async fn known_secrets(&self) -> Result<BTreeMap<String, SecretString>, Failure> {
        let mut known = BTreeMap::new();
        for (name, kept) in self.journal.all() {
            match self.journal.original(name).await {
                Ok(original) => gather(&kept.pointer, &original, &mut known),
                Err(JournalError::Vault { source, .. }) => {
                    return Err(failure(format!(
                        "Nothing was restored: a secret that entry {name} held cannot be read, \
                         and would be missing from the config. {source}"
                    )));
                }
                Err(error) => tracing::warn!(%error, "a secret that an entry held is not known"),
            }
        }
        Ok(known)
    }

    /// Entries that are not Zoomtray's in the copy are the user's again.
    async fn let_go_of_others(&mut self) -> Result<Vec<String>, Failure> {
        let drifts = self.drifts().unwrap_or_default();
        let off: Vec<String> = drifts
            .into_iter()
            .filter(|(_, drift)| *drift != Drift::None)
            .map(|(name, _)| name)
            .collect();
        for name in &off {
            self.forget(name).await?;
        }
        Ok(off)
    }
}

/// Why an entry that was to be written again is not there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotBack {
    /// It was left alone, for this reason.
    Failed(String),
    /// There is no token to write; the next one puts it back.
    NoToken,
}

impl NotBack {
    /// What became of the entry `name`; `None` if it is back.
    pub(crate) fn why(name: &str, applied: &Applied) -> Option<Self> {
        if let Some(error) = applied.failure_of(name) {
            return Some(Self::Failed(error.to_string()));
        }
        let is_back = applied.touches(name) || applied.already.contains(name);
        (!is_back).then_some(Self::NoToken)
    }

    fn sentence(self, name: &str) -> String {
        match self {
            Self::Failed(why) => why,
            Self::NoToken => format!(
                "Entry {name} was not written: there is no valid token for it. It is put back \
                 with the next one; `zoomtrayctl token` gets one now."
            ),
        }
    }
}

fn deliveries(names: BTreeSet<String>, delivery: Delivery) -> Deliveries {
    let entries = names.into_iter();
    Deliveries {
        entries: entries
            .map(|name| EntryDelivery { name, delivery })
            .collect(),
    }
}

fn gather(pointer: &Pointer, original: &Original, known: &mut BTreeMap<String, SecretString>) {
    if let Original::Value(raw) = original
        && let Ok(value) = serde_json::from_str(raw.expose_secret())
    {
        gather_strings(pointer.path(), value, known);
    }
}

/// Every string of a value, by JSON pointer: any of them may have been cut out.
fn gather_strings(path: String, value: Value, known: &mut BTreeMap<String, SecretString>) {
    match value {
        Value::String(text) => {
            known.insert(path, text.into());
        }
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                gather_strings(format!("{path}/{key}"), value, known);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.into_iter().enumerate() {
                gather_strings(format!("{path}/{index}"), value, known);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn wall_time(at: SystemTime) -> WallTime {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    WallTime(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::claude_desktop::EntryError;

    #[test]
    fn an_entry_is_back_only_if_it_is_as_wanted() {
        let back = |name: &str| BTreeSet::from([name.to_owned()]);
        let applied = Applied {
            changed: back("written"),
            already: back("there"),
            given_back: back("own"),
            failed: vec![("refused".to_owned(), EntryError::Runs)],
            ..Applied::default()
        };
        for name in ["written", "there", "own"] {
            assert_eq!(NotBack::why(name, &applied), None, "{name}");
        }
        for (name, why) in [("refused", "was started"), ("left", "no valid token")] {
            let said = NotBack::why(name, &applied).unwrap().sentence(name);
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn the_strings_of_an_entry_are_known_by_their_pointers() {
        let raw = r#"{"args": ["-t", "hunter2"], "env": {"A/B": "s", "n": 1}}"#;
        let mut known = BTreeMap::new();
        let original = Original::Value(raw.to_owned().into());
        gather(&Pointer::entry("zo~om"), &original, &mut known);
        let variable = Original::Value("\"token\"".to_owned().into());
        gather(&Pointer::env("zoom", "T"), &variable, &mut known);
        let texts: Vec<_> = known
            .iter()
            .map(|(path, secret)| (path.as_str(), secret.expose_secret()))
            .collect();
        assert_eq!(
            texts,
            [
                ("/mcpServers/zoom/env/T", "token"),
                ("/mcpServers/zo~0om/args/0", "-t"),
                ("/mcpServers/zo~0om/args/1", "hunter2"),
                ("/mcpServers/zo~0om/env/A~1B", "s"),
            ]
        );
    }
}

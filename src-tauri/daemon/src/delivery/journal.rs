//! What entries of Claude's config held before Zoomtray wrote them, and what it wrote.
//!
//! Kept before the first write of an entry, never after: the text in a file of ours, each secret
//! in it in the vault. A second file says the same for people, should Zoomtray be gone one day
//! without having given anything back. The config itself has no room for a note: Claude drops
//! keys that it does not know.

use crate::delivery::readable;
use crate::delivery::secrets::{Secrets, SecretsError};
use crate::delivery::writes::{Writes, Wrote, is_relay_at};
use claude::{Apart, Original, OriginalKind, Pointer};
use files::{ReadError, ReplaceError};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vault::Vault;

/// Everything that is kept of entries, by name.
pub(crate) struct Journal {
    path: PathBuf,
    readable: PathBuf,
    secrets: Secrets,
    entries: BTreeMap<String, Kept>,
    /// Why the file could not be read; it is left as it is, and nothing is written then.
    unreadable: Option<String>,
}

/// What is kept of one entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The config that it stands in.
    pub(crate) config: PathBuf,
    /// What of it Zoomtray writes.
    pub(crate) pointer: Pointer,
    /// What Zoomtray writes there.
    pub(crate) writes: Writes,
    /// Whether it is to get its own back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) leaving: bool,
    /// What kind of original it had.
    pub(crate) original: OriginalKind,
    /// The original's text, `<secret 1>` and so on in place of its secrets.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) text: String,
    /// How many secrets of it are in the vault.
    #[serde(default)]
    pub(crate) secrets: usize,
    /// The whole entry that the variable stood in, should Claude Desktop drop all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) whole: Option<Whole>,
}

/// An entry as it was, taken apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Whole {
    /// Its text, marks in place of its secrets.
    pub(crate) text: String,
    /// How many secrets of it are in the vault, behind those of the original.
    pub(crate) secrets: usize,
}

/// A write that is about to be made.
pub(crate) struct Begun<'a> {
    /// The config.
    pub(crate) config: &'a Path,
    /// What of the entry is written.
    pub(crate) pointer: &'a Pointer,
    /// What is written there.
    pub(crate) wrote: Wrote,
    /// What stands there now.
    pub(crate) original: &'a Original,
    /// The entry around it, if only a variable of it is written.
    pub(crate) whole: Option<&'a Original>,
}

/// What an entry held could not be kept, or is not kept any more.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JournalError {
    /// The vault failed.
    #[error("entry {name} was left alone, because what it holds could not be kept: {source}")]
    Vault {
        /// The entry.
        name: String,
        /// Why.
        source: SecretsError,
    },
    /// The disk failed.
    #[error("entry {name} was left alone, because what it holds could not be kept: {source}")]
    Write {
        /// The entry.
        name: String,
        /// Why.
        source: ReplaceError,
    },
    /// The journal would be overwritten.
    #[error("Claude's config was left alone, because what its entries held is not known: {0}")]
    Unreadable(String),
    /// What is kept of it is of another place and was not given back.
    #[error(
        "entry {name} was left alone: what it held in {} is not given back yet. Run `zoomtrayctl \
         claude off {name}`, then try again", config.display()
    )]
    Elsewhere {
        /// The entry.
        name: String,
        /// The config that it was written in.
        config: PathBuf,
    },
    /// A secret of it is gone from the vault.
    #[error(
        "entry {name} was left alone: a secret that it held is not in the vault any more. What \
         else it held is in {}; correct the entry by hand, then run `zoomtrayctl claude off \
         {name} --as-is`", readable.display()
    )]
    Missing {
        /// The entry.
        name: String,
        /// The file for people.
        readable: PathBuf,
    },
}

/// The file for people in our data folder.
pub(crate) fn readable_path(data: &Path) -> PathBuf {
    data.join("claude-originals.json")
}

impl Journal {
    /// Reads the journal in `data`; with a sentence if it cannot be read.
    pub(crate) fn open(data: &Path, vault: Vault) -> (Self, Option<String>) {
        let path = data.join("claude-journal.json");
        let (entries, unreadable) = match files::read_json(&path) {
            Ok(entries) => (entries, None),
            Err(ReadError::Missing(_)) => (BTreeMap::new(), None),
            Err(error) => (BTreeMap::new(), Some(error.to_string())),
        };
        let problem = unreadable
            .as_ref()
            .map(|why| JournalError::Unreadable(why.clone()).to_string());
        let journal = Self {
            path,
            readable: readable_path(data),
            secrets: Secrets::new(vault),
            entries,
            unreadable,
        };
        (journal, problem.map(|problem| format!("{problem}.")))
    }

    /// What is kept of the entry `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&Kept> {
        self.entries.get(name)
    }

    /// What is kept of every entry.
    pub(crate) fn all(&self) -> &BTreeMap<String, Kept> {
        &self.entries
    }

    /// Keeps what stands where a write begins. What was kept before an earlier write stays: it
    /// is the user's own.
    pub(crate) async fn begin(&mut self, begun: Begun<'_>) -> Result<(), JournalError> {
        let name = begun.pointer.server().to_owned();
        self.check()?;
        if let Some(kept) = self.entries.get_mut(&name) {
            kept.check_place(&begun)?;
            if kept.keeps_the_original(begun.original) {
                kept.writes = kept.writes.clone().begin(begun.wrote, begun.original);
                return self.save(&name);
            }
        }
        let kept = self.keep(&name, begun).await?;
        self.entries.insert(name.clone(), kept);
        self.save(&name)
    }

    /// Keeps the original, its secrets in the vault, as that of a first write.
    async fn keep(&self, name: &str, begun: Begun<'_>) -> Result<Kept, JournalError> {
        let apart = begun.original.take_apart(&[]);
        let known = begun.original.secrets();
        let known: Vec<&SecretString> = known.iter().collect();
        let whole = begun.whole.map(|whole| whole.take_apart(&known));
        let before = self.get(name).map_or(0, Kept::all_secrets);
        let of_whole = whole.iter().flat_map(|whole| &whole.secrets);
        let secrets: Vec<_> = apart.secrets.iter().chain(of_whole).cloned().collect();
        let kept = self.secrets.keep(name, &secrets, before).await;
        kept.map_err(|source| vault_failed(name, source))?;
        Ok(Kept {
            config: begun.config.to_owned(),
            pointer: begun.pointer.clone(),
            writes: Writes::First {
                writing: begun.wrote,
            },
            leaving: false,
            original: apart.kind,
            text: apart.readable,
            secrets: apart.secrets.len(),
            whole: whole.map(|whole| Whole {
                text: whole.readable,
                secrets: whole.secrets.len(),
            }),
        })
    }

    /// The write of the entry `name` came to its end.
    pub(crate) fn confirm(&mut self, name: &str) -> Result<(), JournalError> {
        self.change(name, |kept| kept.writes = kept.writes.clone().end())
    }

    /// The write of the entry `name` was certainly not made. What is kept for the first one is
    /// kept for nothing: the original stands where it was.
    pub(crate) async fn take_back(&mut self, name: &str) -> Result<(), JournalError> {
        let Some(kept) = self.get(name) else {
            return Ok(());
        };
        match kept.writes.clone().take_back() {
            Some(writes) => self.change(name, |kept| kept.writes = writes),
            None => self.forget(name).await,
        }
    }

    /// Notes whether the entry `name` is to get its own back.
    pub(crate) fn set_leaving(&mut self, name: &str, leaving: bool) -> Result<(), JournalError> {
        self.change(name, |kept| kept.leaving = leaving)
    }

    /// What the entry `name` held.
    pub(crate) async fn original(&self, name: &str) -> Result<Original, JournalError> {
        let missing = || JournalError::Missing {
            name: name.to_owned(),
            readable: self.readable.clone(),
        };
        let kept = self.get(name).ok_or_else(missing)?;
        let secrets = self.secrets.read(name, kept.secrets).await;
        let secrets = secrets.map_err(|source| vault_failed(name, source))?;
        let apart = Apart {
            kind: kept.original,
            readable: kept.text.clone(),
            secrets: secrets.ok_or_else(missing)?,
        };
        apart.put_together().ok_or_else(missing)
    }

    /// The whole entry `name` as it was before the first write, if only a variable of it was
    /// written; `None` if it is not known.
    pub(crate) async fn whole(&self, name: &str) -> Result<Option<Original>, JournalError> {
        let Some((kept, whole)) = self
            .get(name)
            .and_then(|kept| Some((kept, kept.whole.as_ref()?)))
        else {
            return Ok(None);
        };
        let secrets = self.secrets.read(name, kept.all_secrets()).await;
        let secrets = secrets.map_err(|source| vault_failed(name, source))?;
        Ok(secrets.and_then(|mut secrets| {
            let apart = Apart {
                kind: OriginalKind::Value,
                readable: whole.text.clone(),
                secrets: secrets.split_off(kept.secrets),
            };
            apart.put_together()
        }))
    }

    /// Forgets the entry `name`, its secrets too.
    pub(crate) async fn forget(&mut self, name: &str) -> Result<(), JournalError> {
        let Some(kept) = self.get(name) else {
            return Ok(());
        };
        let forgotten = self.secrets.forget(name, 0..kept.all_secrets()).await;
        forgotten.map_err(|source| vault_failed(name, source))?;
        self.entries.remove(name);
        self.save(name)
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut Kept)) -> Result<(), JournalError> {
        let Some(kept) = self.entries.get_mut(name) else {
            return Ok(());
        };
        let before = kept.clone();
        change(kept);
        if *kept == before {
            return Ok(());
        }
        self.save(name)
    }

    /// Refuses what must not be done while it is not known what entries held.
    pub(crate) fn check(&self) -> Result<(), JournalError> {
        match &self.unreadable {
            Some(why) => Err(JournalError::Unreadable(why.clone())),
            None => Ok(()),
        }
    }

    fn save(&self, name: &str) -> Result<(), JournalError> {
        self.check()?;
        let failed = |source| JournalError::Write {
            name: name.to_owned(),
            source,
        };
        files::write_json(&self.path, &self.entries).map_err(failed)?;
        readable::write(&self.readable, &self.entries).map_err(failed)
    }
}

impl Kept {
    fn check_place(&self, begun: &Begun<'_>) -> Result<(), JournalError> {
        if self.pointer == *begun.pointer && self.config == begun.config {
            return Ok(());
        }
        Err(JournalError::Elsewhere {
            name: self.pointer.server().to_owned(),
            config: self.config.clone(),
        })
    }

    /// Whether the user's own is what is kept, and not what is `found` there. After a first write
    /// that may not have been made, what is found is newer than what is kept, unless it is
    /// Zoomtray's or nothing: an entry may be lost after that write as after any other.
    fn keeps_the_original(&self, found: &Original) -> bool {
        match &self.writes {
            Writes::Done { .. } | Writes::Again { .. } => true,
            Writes::First { writing } => {
                let is_value = matches!(found, Original::Value(_));
                !is_value || writing.is(found) || is_relay_at(&self.pointer, found)
            }
        }
    }

    fn all_secrets(&self) -> usize {
        self.secrets + self.whole.as_ref().map_or(0, |whole| whole.secrets)
    }
}

fn vault_failed(name: &str, source: SecretsError) -> JournalError {
    JournalError::Vault {
        name: name.to_owned(),
        source,
    }
}

#[cfg(test)]
pub(super) mod for_tests {
    use super::*;
    use serde_json::Map;

    /// Of an entry that was not there, with the relay written.
    pub(crate) fn kept() -> Kept {
        Kept {
            config: PathBuf::from("/c.json"),
            pointer: Pointer::entry("zoom"),
            writes: Writes::Done {
                wrote: Wrote::Relay { entry: Map::new() },
            },
            leaving: false,
            original: OriginalKind::EntryAbsent,
            text: String::new(),
            secrets: 0,
            whole: None,
        }
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;

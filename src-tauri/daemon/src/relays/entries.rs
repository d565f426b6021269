//! The entries that can be relayed: what settings and journal say of them.

use super::original::{Named, read};
use crate::delivery::journal::{Journal, Kept};
use crate::server::bundled_launch;
use crate::settings::Choice;
use crate::settings_file::SettingsFile;
use crate::setup::Setup;
use claude::{Original, OriginalKind, Pointer};
use gateway::{Entries, Entry, Found, NoEntry, Server};
use secrecy::ExposeSecret;
use session::Coexistence;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use vault::Vault;

/// Names that mean the bundled server where nothing is kept of them: for clients whose config
/// Zoomtray does not write.
const BUNDLED: [&str; 2] = ["zoom", "zoomtray"];

/// Knows what stands behind each name.
pub(super) struct KnownEntries {
    data: PathBuf,
    /// The variable that carries the token, if the entry does not say otherwise.
    key: String,
    settings: Arc<SettingsFile>,
    vault: Vault,
}

/// An entry that can be relayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RelayedEntry {
    /// Its name.
    pub(crate) name: String,
    /// Whether its server is the bundled one.
    pub(crate) bundled: bool,
}

impl KnownEntries {
    pub(super) fn new(setup: &Setup, settings: Arc<SettingsFile>, vault: Vault) -> Self {
        Self {
            data: setup.folders.data.clone(),
            key: setup.environment.claude_key.clone(),
            settings,
            vault,
        }
    }

    /// Every entry in relay mode; with one for the bundled server, if none of them is its.
    pub(super) fn all(&self) -> Vec<RelayedEntry> {
        let (journal, _problem) = Journal::open(&self.data, self.vault.clone());
        let settings = self.settings.get();
        let relayed = settings.entries.iter();
        let relayed = relayed.filter(|(_, choice)| **choice == Choice::Relay);
        let mut all: BTreeMap<String, bool> = relayed
            .map(|(name, _)| (name.clone(), is_bundled(name, journal.get(name))))
            .collect();
        if !all.values().any(|bundled| *bundled) {
            all.entry(BUNDLED[0].to_owned()).or_insert(true);
        }
        let entries = all.into_iter();
        entries
            .map(|(name, bundled)| RelayedEntry { name, bundled })
            .collect()
    }

    async fn look_up(&self, name: &str) -> Result<Entry, NoEntry> {
        let settings = self.settings.get();
        let is_named = |names: &[String]| names.iter().any(|own| own == name);
        let coexistence = if is_named(&settings.apart) {
            Coexistence::Apart
        } else {
            Coexistence::Together
        };
        Ok(Entry {
            name: name.to_owned(),
            server: self.server(name, is_named(&settings.without_token)).await?,
            coexistence,
        })
    }

    async fn server(&self, name: &str, without_token: bool) -> Result<Server, NoEntry> {
        let (journal, problem) = Journal::open(&self.data, self.vault.clone());
        let Some(kept) = journal.get(name) else {
            return match problem {
                None if BUNDLED.contains(&name) => Ok(bundled()),
                None => Err(unknown(name)),
                Some(problem) => Err(NoEntry(problem)),
            };
        };
        let original = match &kept.pointer {
            Pointer::Entry { .. } => journal.original(name).await.map(Some),
            Pointer::Env { .. } => journal.whole(name).await,
        };
        let original =
            original.map_err(|error| NoEntry(format!("The server was not started: {error}.")))?;
        let variable = (!without_token).then(|| self.variable(kept));
        match original {
            Some(original @ Original::Value(_)) => named(name, &original, variable),
            Some(_) => Ok(bundled()),
            None => Err(unknown(name)),
        }
    }

    /// The variable that carries the token to the entry's server.
    fn variable(&self, kept: &Kept) -> String {
        match &kept.pointer {
            Pointer::Env { key, .. } => key.clone(),
            Pointer::Entry { .. } => self.key.clone(),
        }
    }
}

impl Entries for KnownEntries {
    fn find<'a>(&'a self, name: &'a str) -> Found<'a> {
        Box::pin(self.look_up(name))
    }
}

fn named(name: &str, original: &Original, variable: Option<String>) -> Result<Server, NoEntry> {
    let Original::Value(text) = original else {
        return Err(unknown(name));
    };
    match read(name, text.expose_secret(), original.secrets(), variable) {
        Named::Bundled => Ok(bundled()),
        Named::ThirdParty(server) => Ok(Server::ThirdParty(server)),
        Named::Nothing => Err(NoEntry(format!(
            "The entry {name} named no program that could be started before Zoomtray's relay \
             stood there. Run `zoomtrayctl claude off {name}` and correct it."
        ))),
    }
}

/// By what is kept of it, without the vault.
fn is_bundled(name: &str, kept: Option<&Kept>) -> bool {
    let Some(kept) = kept else {
        return BUNDLED.contains(&name);
    };
    let text = kept.whole.as_ref().map_or(&kept.text, |whole| &whole.text);
    let is_absent = kept.whole.is_none() && kept.original != OriginalKind::Value;
    is_absent || matches!(read(name, text, Vec::new(), None), Named::Bundled)
}

fn bundled() -> Server {
    Server::Bundled(bundled_launch())
}

fn unknown(name: &str) -> NoEntry {
    NoEntry(format!(
        "Zoomtray knows no server “{name}”. Run `zoomtrayctl claude status` to see those it \
         serves, or `zoomtrayctl claude connect {name}`."
    ))
}

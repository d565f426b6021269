//! Claude Desktop's config as a target: which entries, what they held before, and when it is
//! safe to write.
//!
//! The file is written only while no process of Claude's is left. At most one restart a token.

use crate::settings::Injected;
use claude::process::Running;
use claude::{
    Claude, ConfigError, ConfigFile, EnvPointer, FileSystem, Located, Original, Outcome, Platform,
    Surroundings, Written, locate,
};
use control::{ClaudeView, EntryMode, EntryView};
use lifecycle::WallTime;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Claude Desktop of this user, found once.
pub(crate) struct ClaudeDesktop {
    data: PathBuf,
    located: Located,
    config: Option<ConfigFile>,
    claude: Claude,
}

/// What is to stand in the config.
#[derive(Clone)]
pub(crate) struct Wanted {
    /// The token, if there is one.
    pub(crate) token: Option<SecretString>,
    /// Originals of the entries that are given back, by name.
    pub(crate) originals: BTreeMap<String, Original>,
    /// The entries.
    pub(crate) entries: BTreeMap<String, Injected>,
}

/// What one pass over the config did.
#[derive(Default)]
pub(crate) struct Applied {
    /// Entries whose value changed.
    pub(crate) changed: Vec<String>,
    /// What the changed entries held before.
    pub(crate) originals: Vec<(String, Original)>,
    /// Entries that hold their own value again.
    pub(crate) given_back: Vec<String>,
}

/// When an entry was last written, and with which generation.
pub(crate) type Deliveries = BTreeMap<String, (u64, WallTime)>;

impl ClaudeDesktop {
    /// Finds config and program. Backups go below `data`.
    pub(crate) fn find(data: &Path) -> Self {
        let env = |name: &str| std::env::var_os(name);
        let home = user_home();
        let around = Surroundings {
            platform: Platform::current(),
            env: &env,
            home: &home,
            disk: &FileSystem,
        };
        let located = locate(&around);
        let path = match &located {
            Located::InUse { path, .. } => Some(path.clone()),
            Located::Ambiguous { .. } | Located::Missing { .. } => None,
        };
        let claude = Claude::new(&env, &home, path.as_deref());
        let config = path.map(|path| ConfigFile::new(path, data));
        Self {
            data: data.to_owned(),
            located,
            config,
            claude,
        }
    }

    /// Looks once more for a config that was not there: Claude Desktop makes it when it is
    /// first started.
    pub(crate) fn look_again(&mut self) {
        if self.config.is_none() {
            *self = Self::find(&self.data);
        }
    }

    /// The processes.
    pub(crate) fn claude(&self) -> &Claude {
        &self.claude
    }

    /// The file, or why there is none to write.
    pub(crate) fn config(&self) -> Result<&ConfigFile, String> {
        self.config.as_ref().ok_or_else(|| unusable(&self.located))
    }

    /// Whether it is certain that nothing of Claude's runs.
    pub(crate) fn is_gone(&self) -> bool {
        self.claude.running() == Running::No
    }

    /// Whether every entry already holds what is wanted. Reads only, so it may be asked while
    /// Claude Desktop runs.
    pub(crate) fn holds(&self, wanted: &Wanted) -> bool {
        let Some(bytes) = self
            .config
            .as_ref()
            .and_then(|file| fs_err::read(file.path()).ok())
        else {
            return false;
        };
        wanted.entries.iter().all(|(name, entry)| {
            let pointer = EnvPointer {
                server: name.clone(),
                key: entry.key.clone(),
            };
            let token = wanted.token.as_ref().filter(|_| !entry.leaving);
            token.is_some_and(|token| {
                matches!(
                    claude::patch(&bytes, &pointer, token),
                    Outcome::AlreadySo { .. }
                )
            })
        })
    }

    /// Brings every entry to what is wanted. Stops at the first that cannot be written.
    pub(crate) fn apply(&self, wanted: &Wanted) -> Result<Applied, ApplyError> {
        let config = self.config().map_err(ApplyError::NoConfig)?;
        let mut applied = Applied::default();
        for (name, entry) in &wanted.entries {
            if entry.leaving {
                if let Some(original) = wanted.originals.get(name) {
                    config.restore_env(name, &entry.key, original)?;
                }
                applied.given_back.push(name.clone());
            } else if let Some(token) = &wanted.token {
                applied.note(name, config.set_env(name, &entry.key, token)?);
            }
        }
        Ok(applied)
    }

    /// What a viewer shows.
    pub(crate) fn view(
        &self,
        injected: &BTreeMap<String, Injected>,
        deliveries: &Deliveries,
    ) -> ClaudeView {
        let (mut entries, problem) = match &self.config {
            None => (Vec::new(), Some(unusable(&self.located))),
            Some(config) => match config.read() {
                Ok(reading) => (reading.entries, None),
                Err(error) => (Vec::new(), Some(error.to_string())),
            },
        };
        let known = |name: &String| injected.contains_key(name);
        entries.retain(|entry| {
            known(&entry.name) || entry.variables.iter().any(|name| name.starts_with("ZOOM_"))
        });
        ClaudeView {
            config: self.config.as_ref().map(|config| config.path().to_owned()),
            problem,
            entries: entries
                .into_iter()
                .map(|entry| entry_view(entry.name, injected, deliveries))
                .collect(),
            running: match self.claude.running() {
                Running::No => Some(false),
                Running::Yes { .. } => Some(true),
                Running::Unknown => None,
            },
            restart_needed: false,
        }
    }
}

impl Applied {
    /// Whether every entry was so already.
    pub(crate) fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.given_back.is_empty()
    }

    /// Whether the entry `name` was written.
    pub(crate) fn touches(&self, name: &str) -> bool {
        self.changed
            .iter()
            .chain(&self.given_back)
            .any(|changed| changed == name)
    }

    fn note(&mut self, name: &str, written: Written) {
        match written {
            Written::Changed { original, .. } | Written::Created { original, .. } => {
                self.changed.push(name.to_owned());
                self.originals.push((name.to_owned(), original));
            }
            Written::AlreadySo { .. } => {}
        }
    }
}

/// Why the config was not brought to what is wanted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApplyError {
    /// There is none to write.
    #[error("{0}")]
    NoConfig(String),
    /// It was left alone.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

fn entry_view(
    name: String,
    injected: &BTreeMap<String, Injected>,
    deliveries: &Deliveries,
) -> EntryView {
    let mode = match injected.get(&name) {
        Some(entry) if !entry.leaving => EntryMode::Inject,
        _ => EntryMode::Off,
    };
    let delivered = deliveries.get(&name).copied();
    EntryView {
        name,
        mode,
        delivered: delivered.map(|(generation, _)| generation),
        delivered_at: delivered.map(|(_, at)| at),
    }
}

fn user_home() -> PathBuf {
    std::env::home_dir().unwrap_or_default()
}

/// Why no config can be written, and what to do.
fn unusable(located: &Located) -> String {
    match located {
        Located::Missing { candidates } => {
            let place = candidates.first().map_or_else(String::new, |candidate| {
                format!(" at {}", candidate.path.display())
            });
            format!(
                "Claude Desktop's config was not found{place}. Install and start Claude Desktop, \
                 or set CLAUDE_CONFIG_FILE."
            )
        }
        Located::Ambiguous { candidates } => {
            let places: Vec<_> = candidates
                .iter()
                .map(|candidate| candidate.path.display().to_string())
                .collect();
            format!(
                "Several files could be Claude Desktop's config: {}. Set CLAUDE_CONFIG_FILE to \
                 the one it reads.",
                places.join(", ")
            )
        }
        Located::InUse { path, .. } => format!("{} is in use.", path.display()),
    }
}

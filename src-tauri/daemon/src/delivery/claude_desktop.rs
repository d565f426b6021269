//! Claude Desktop of this user, as found: its config file, its processes, and what they say now.

use crate::delivery::order::failure;
use claude::process::Running;
use claude::{Claude, ConfigError, ConfigFile, Entry, Located, locate_here};
use control::{CandidateView, Failure};
use secrecy::SecretSlice;
use std::path::{Path, PathBuf};

/// Claude Desktop of this user, as it was found first.
pub(crate) struct ClaudeDesktop {
    data: PathBuf,
    located: Located,
    config: Option<ConfigFile>,
    claude: Claude,
    /// What was found since, if another config is in use now: then nothing is written.
    now: Option<Located>,
}

/// What a further look says of the config that was found first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InUse {
    /// Nothing else than before.
    AsBefore,
    /// Another one is in use since: a sentence that names both.
    Another(String),
}

impl ClaudeDesktop {
    /// Finds config and program. Backups go below `data`.
    pub(crate) fn find(data: &Path) -> Self {
        Self::of(locate_here(), data)
    }

    fn of(located: Located, data: &Path) -> Self {
        let env = |name: &str| std::env::var_os(name);
        let home = std::env::home_dir().unwrap_or_default();
        let path = located.writable();
        let claude = Claude::new(&env, &home, path);
        let config = path.map(|path| ConfigFile::new(path, data));
        if let Some(Err(error)) = config.as_ref().map(ConfigFile::recover) {
            tracing::info!(%error, "what an earlier write left was not looked for");
        }
        Self {
            data: data.to_owned(),
            located,
            config,
            claude,
            now: None,
        }
    }

    /// Looks once more: for a config that was not there, as Claude Desktop makes it when it is
    /// first started, and for whether the one that was there is still the one in use.
    pub(crate) fn look_again(&mut self) -> InUse {
        self.compare(locate_here())
    }

    fn compare(&mut self, found: Located) -> InUse {
        let path = self.config.as_ref().map(ConfigFile::path);
        let now = found.in_use();
        let was_in_use = self.located.in_use().is_some();
        let same = if was_in_use {
            now == path
        } else {
            path.is_some() && found.writable() == path
        };
        if same {
            // The same object, because it knows its own writes from others'.
            self.located = found;
            self.now = None;
        } else if !was_in_use {
            *self = Self::of(found, &self.data);
        } else if now.is_some() && now != self.now.as_ref().and_then(Located::in_use) {
            self.now = Some(found);
            return self.another().map_or(InUse::AsBefore, InUse::Another);
        }
        // Where it cannot be told, what was told last counts.
        InUse::AsBefore
    }

    /// From now on it is the config in use that is written; whether that is another one.
    pub(crate) fn take_what_is_in_use(&mut self) -> bool {
        self.look_again();
        let moves = self.now.is_some();
        if moves {
            *self = Self::find(&self.data);
        }
        moves
    }

    fn another(&self) -> Option<String> {
        let (first, now) = (self.config.as_ref()?.path(), self.now.as_ref()?.in_use()?);
        Some(format!(
            "Claude Desktop reads {} now, not {} any more. Nothing is written until you connect \
             or inject an entry again.",
            now.display(),
            first.display()
        ))
    }

    /// The processes.
    pub(crate) fn claude(&self) -> &Claude {
        &self.claude
    }

    /// The file, or why there is none to write.
    pub(crate) fn config(&self) -> Result<&ConfigFile, Failure> {
        if let Some(another) = self.another() {
            return Err(failure(another));
        }
        self.config.as_ref().ok_or_else(|| self.not_found())
    }

    /// That there is no config, and what to do.
    pub(crate) fn not_found(&self) -> Failure {
        failure(self.located.refusal().unwrap_or_default())
    }

    /// The config at `path`: the one in use, or one that was in use before.
    pub(crate) fn config_at(&self, path: &Path) -> ConfigFile {
        match &self.config {
            Some(config) if config.path() == path => config.clone(),
            _ => ConfigFile::new(path, &self.data),
        }
    }

    /// The entries of the config; none while it is not there.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, Failure> {
        match self.config()?.read() {
            Ok(reading) => Ok(reading.entries),
            Err(ConfigError::Missing { .. }) => Ok(Vec::new()),
            Err(error) => Err(failure(error.to_string())),
        }
    }

    /// What is wrong with the config, if it is not there or cannot be read.
    pub(crate) fn problem(&self) -> Option<String> {
        let unread = || Some(self.config.as_ref()?.read().err()?.to_string());
        let refusal = self.another().or_else(|| self.located.refusal());
        refusal.or_else(unread)
    }

    /// Every file that could be the config.
    pub(crate) fn candidates(&self) -> Vec<CandidateView> {
        let located = self.now.as_ref().unwrap_or(&self.located);
        let in_use = located.in_use();
        let view = |candidate: &claude::Candidate| CandidateView {
            path: candidate.path.clone(),
            why: candidate.why.to_string(),
            exists: candidate.exists,
            in_use: in_use == Some(&candidate.path),
        };
        located.candidates().iter().map(view).collect()
    }

    /// Whether it is certain that nothing of Claude's runs.
    pub(crate) fn is_gone(&self) -> bool {
        self.claude.running() == Running::No
    }

    /// Whether Claude runs, if that can be told.
    pub(crate) fn is_running(&self) -> Option<bool> {
        match self.claude.running() {
            Running::No => Some(false),
            Running::Yes { .. } => Some(true),
            Running::Unknown => None,
        }
    }
}

/// The bytes of the config at `path`; none where there is no file.
pub(crate) fn bytes(path: &Path) -> std::io::Result<SecretSlice<u8>> {
    match fs_err::read(path) {
        Ok(bytes) => Ok(bytes.into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new().into()),
        Err(error) => Err(error),
    }
}

/// Why an entry was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EntryError {
    /// There is no config to write.
    #[error("{0}")]
    NoConfig(Failure),
    /// Claude Desktop was started in the meantime.
    #[error("Claude Desktop was started meanwhile; it is written once that is quit")]
    Runs,
    /// The config was left alone.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The relay's path may not stand there.
    #[error(transparent)]
    Program(#[from] super::relay_entry::UnfitProgram),
    /// What it held could not be kept or was not kept.
    #[error(transparent)]
    Journal(#[from] super::journal::JournalError),
    /// It is not what Zoomtray wrote.
    #[error(transparent)]
    Changed(#[from] super::giving_back::ChangedSince),
}

#[cfg(test)]
mod tests {
    use super::*;
    use claude::{Candidate, Doubt, Why};

    fn in_use(path: &Path) -> Located {
        Located::InUse {
            path: path.to_owned(),
            why: Why::DotConfig,
            candidates: vec![Candidate {
                path: path.to_owned(),
                why: Why::DotConfig,
                exists: true,
            }],
        }
    }

    fn missing(create: Option<&Path>) -> Located {
        Located::Missing {
            create: create.map(Path::to_owned),
            candidates: Vec::new(),
        }
    }

    /// What is written to then, or the refusal.
    fn writes(desktop: &ClaudeDesktop) -> Result<PathBuf, String> {
        let config = desktop.config().map_err(|failure| failure.to_string())?;
        Ok(config.path().to_owned())
    }

    #[test]
    fn nothing_is_written_while_another_file_is_in_use() {
        let place = tempfile::tempdir().unwrap();
        let (first, second) = (place.path().join("a.json"), place.path().join("b.json"));
        let mut desktop = ClaudeDesktop::of(in_use(&first), place.path());
        assert_eq!(desktop.compare(in_use(&first)), InUse::AsBefore);
        let InUse::Another(sentence) = desktop.compare(in_use(&second)) else {
            panic!("it is not noticed");
        };
        for path in [&first, &second] {
            assert!(sentence.contains(&path.display().to_string()), "{sentence}");
        }
        assert_eq!(writes(&desktop), Err(sentence.clone()));
        assert_eq!(desktop.problem(), Some(sentence.clone()));
        // It is told once, and stays so where it cannot be told.
        assert_eq!(desktop.compare(in_use(&second)), InUse::AsBefore);
        let doubt = Located::Ambiguous {
            doubt: Doubt::SeveralInstalls,
            candidates: Vec::new(),
        };
        assert_eq!(desktop.compare(doubt), InUse::AsBefore);
        assert_eq!(writes(&desktop), Err(sentence));
        assert_eq!(desktop.compare(in_use(&first)), InUse::AsBefore);
        assert_eq!(writes(&desktop), Ok(first));
    }

    #[test]
    fn a_file_that_was_awaited_is_the_first_wherever_it_comes() {
        let place = tempfile::tempdir().unwrap();
        let (first, second) = (place.path().join("a.json"), place.path().join("b.json"));
        let mut desktop = ClaudeDesktop::of(missing(Some(&first)), place.path());
        assert_eq!(desktop.compare(in_use(&second)), InUse::AsBefore);
        assert_eq!(writes(&desktop), Ok(second.clone()));
        let mut desktop = ClaudeDesktop::of(missing(None), place.path());
        assert_eq!(desktop.compare(in_use(&first)), InUse::AsBefore);
        assert_eq!(writes(&desktop), Ok(first.clone()));
        assert_eq!(desktop.compare(missing(Some(&first))), InUse::AsBefore);
        assert_eq!(writes(&desktop), Ok(first), "one that is gone is still it");
        let another = desktop.compare(in_use(&second));
        assert!(matches!(another, InUse::Another(_)), "{another:?}");
    }
}

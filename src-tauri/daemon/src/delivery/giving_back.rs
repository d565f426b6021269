//! Giving an entry its own back, byte for byte; never over what somebody else has put there.

use crate::delivery::claude_desktop::{EntryError, bytes};
use crate::delivery::deliverer::Deliverer;
use crate::delivery::drift::of_refusal;
use crate::delivery::journal::Kept;
use crate::delivery::order::failure;
use crate::settings::Settings;
use claude::{ConfigError, NewValue, Original, Outcome, Pointer, Refusal, restore};
use control::{Drift, EventKind, Failure};
use secrecy::ExposeSecret;

/// An entry whose variable holds another value than the token that was written.
#[derive(Debug, thiserror::Error)]
#[error(
    "{pointer} was changed since Zoomtray wrote it: a token was written there, and another value \
     is there now. To keep what is there: `zoomtrayctl claude off {name} --as-is`"
)]
pub(crate) struct ChangedSince {
    pointer: String,
    name: String,
}

impl Deliverer {
    /// Puts back what the entry `name` held, and forgets it. Where the config's folder is gone,
    /// there is nothing that it could be put back into.
    pub(crate) async fn give_back(&mut self, name: &str) -> Result<(), EntryError> {
        let Some(kept) = self.journal.get(name).cloned() else {
            return Ok(());
        };
        let original = self.journal.original(name).await?;
        let ours = ours_unchanged(name, &kept, &original)?;
        self.check_gone()?;
        match self.restore_own(name, &kept, &original, &ours).await {
            Err(EntryError::Config(ConfigError::FolderGone { path, .. })) => {
                let text = format!(
                    "Entry {name} was not given back, because {} is gone with its folder.",
                    path.display()
                );
                self.say(EventKind::Notice, text);
            }
            restored => restored?,
        }
        self.journal.forget(name).await?;
        Ok(())
    }

    async fn restore_own(
        &mut self,
        name: &str,
        kept: &Kept,
        original: &Original,
        ours: &NewValue,
    ) -> Result<(), EntryError> {
        let config = self.with_tokens_known(&self.desktop.config_at(&kept.config));
        match config.restore(&kept.pointer, original, Some(ours)) {
            // The entry is gone with all its variables.
            Err(ConfigError::Refused {
                refusal: Refusal::NoSuchEntry { .. },
                ..
            }) => self.put_whole_back(name).await,
            restored => restored.map(drop).map_err(EntryError::from),
        }
    }

    /// Gives every entry its own back, or none if one of them cannot be.
    pub(crate) async fn give_all_back(&mut self) -> Result<Vec<String>, Failure> {
        let failed = |error: EntryError| failure(error.to_string());
        self.journal.check().map_err(|error| failed(error.into()))?;
        let names: Vec<String> = self.journal.all().keys().cloned().collect();
        if !names.is_empty() && !self.desktop.is_gone() {
            return Err(failure(RUNS));
        }
        for name in &names {
            self.check_give_back(name).await.map_err(failed)?;
        }
        for name in &names {
            self.give_back(name).await.map_err(failed)?;
            self.released(name);
            // Should the next one fail, this one is not connected again.
            self.drop_choice(name)?;
        }
        let forget = |settings: &mut Settings| settings.entries.clear();
        self.settings
            .change(forget)
            .map_err(|error| failure(error.to_string()))?;
        self.from_environment = None;
        self.show();
        Ok(names)
    }

    /// Whether the entry `name` could be given its own back now.
    async fn check_give_back(&self, name: &str) -> Result<(), EntryError> {
        self.check_unchanged(name).await?;
        if let Some(kept) = self.journal.get(name) {
            let config = self.desktop.config_at(&kept.config);
            if fs_err::metadata(config.path()).is_ok() {
                config.read()?;
            }
        }
        Ok(())
    }

    /// Refuses an entry that is neither what Zoomtray wrote nor what it held before, with both
    /// shown.
    pub(crate) async fn check_unchanged(&self, name: &str) -> Result<(), EntryError> {
        if let Some(kept) = self.journal.get(name) {
            let original = self.journal.original(name).await?;
            ours_unchanged(name, kept, &original)?;
        }
        Ok(())
    }
}

/// What an uninstall or a backup cannot be done under.
pub(crate) const RUNS: &str = "Claude Desktop is running and would overwrite the change when it \
     quits. Nothing was done. Quit it, then try again";

/// Which of Zoomtray's values stands in the entry `name`, or would stand there if it is gone or
/// holds its own again; an error if it holds anything else.
fn ours_unchanged(name: &str, kept: &Kept, original: &Original) -> Result<NewValue, EntryError> {
    let bytes = bytes(&kept.config).map_err(ConfigError::Io)?;
    let bytes = bytes.expose_secret();
    let found = match restore(bytes, &kept.pointer, &Original::EntryAbsent, None) {
        Outcome::Changed { original, .. }
        | Outcome::Created { original, .. }
        | Outcome::AlreadySo { original } => original,
        Outcome::Refused(refusal) if of_refusal(&refusal) == Some(Drift::Changed) => {
            return Err(changed_since(name, kept, refusal));
        }
        Outcome::Refused(_) => Original::EntryAbsent,
    };
    let ours = kept.writes.ours(&found);
    match restore(bytes, &kept.pointer, original, Some(&ours)) {
        Outcome::Refused(refusal @ Refusal::ChangedSince { .. }) => {
            Err(changed_since(name, kept, refusal))
        }
        _ => Ok(ours),
    }
}

/// Of a variable the refusal could show nothing: what is there is a secret, as is the token.
fn changed_since(name: &str, kept: &Kept, refusal: Refusal) -> EntryError {
    match &kept.pointer {
        Pointer::Entry { .. } => {
            let path = kept.config.clone();
            ConfigError::Refused { path, refusal }.into()
        }
        Pointer::Env { .. } => ChangedSince {
            pointer: kept.pointer.path(),
            name: name.to_owned(),
        }
        .into(),
    }
}

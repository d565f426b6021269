//! Edits by hand of the `.env` that gave the credentials.

use crate::setup::Setup;
use claude::{ConfigFile, WatchError, Watcher};
use tokio::sync::mpsc;

/// Tells of edits until it is dropped.
pub struct EnvFileWatch {
    _watcher: Watcher,
    edits: mpsc::Receiver<claude::ForeignChange>,
}

impl EnvFileWatch {
    /// Watches the `.env` of this start, if there is one. Needs a tokio runtime, and keeps
    /// nobody on it waiting for the file.
    pub async fn start(setup: &Setup) -> Result<Option<Self>, WatchError> {
        let Some(path) = &setup.env_target else {
            return Ok(None);
        };
        let file = ConfigFile::new(path, &setup.folders.data);
        let started = tokio::task::spawn_blocking(move || Watcher::start(&file)).await;
        let Ok(started) = started else {
            // The runtime ends.
            return Ok(None);
        };
        let (watcher, edits) = started?;
        Ok(Some(Self {
            _watcher: watcher,
            edits,
        }))
    }

    /// Returns with the next edit; our own write of the token is one too.
    pub async fn edited(&mut self) {
        if self.edits.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

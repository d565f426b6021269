//! Changes of Claude's config that are not ours, told while a keeper stays: app and `watch`.
//!
//! A config that cannot be watched is no reason not to deliver: that is told once.

use crate::delivery::claude_desktop::ClaudeDesktop;
use claude::{ForeignChange, WatchError, Watcher};
use tokio::sync::mpsc;

/// Whether changes are told.
pub(crate) enum ForeignChanges {
    /// A keeper that leaves at once has nobody to tell.
    Unwatched,
    /// There is no config yet.
    Awaited,
    /// The config is watched.
    Watched {
        _watcher: Watcher,
        changes: mpsc::Receiver<ForeignChange>,
    },
}

impl ForeignChanges {
    /// Begins as soon as there is a config. Needs a tokio runtime.
    pub(crate) fn follow(&mut self, desktop: &ClaudeDesktop) -> Result<(), WatchError> {
        if let (Self::Awaited, Ok(config)) = (&self, desktop.config()) {
            *self = Self::Unwatched;
            let (watcher, changes) = Watcher::start(config)?;
            *self = Self::Watched {
                _watcher: watcher,
                changes,
            };
        }
        Ok(())
    }

    /// Returns with the next change.
    pub(crate) async fn next(&mut self) -> ForeignChange {
        if let Self::Watched { changes, .. } = self
            && let Some(change) = changes.recv().await
        {
            return change;
        }
        std::future::pending().await
    }
}

/// What to say of a change.
pub(crate) fn sentence(change: ForeignChange) -> &'static str {
    match change {
        ForeignChange::Content(_) => "Claude Desktop's config was changed by another program.",
        ForeignChange::Removed => {
            "Claude Desktop's config was removed by another program. Start Claude Desktop to get \
             a new one."
        }
    }
}

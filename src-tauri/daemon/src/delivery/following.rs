//! What happens to Claude Desktop by itself: its config changes, it starts, it is quit. Followed
//! while a keeper stays: app and `watch`.
//!
//! What cannot be followed is no reason not to deliver: that is told once.

use crate::delivery::claude_desktop::ClaudeDesktop;
use claude::{ForeignChange, Presence, PresenceChange, Watcher};
use tokio::sync::mpsc;

/// What is followed: by a keeper that stays, config and processes.
#[derive(Default)]
pub(crate) struct Following {
    config: Followed<Watcher, ForeignChange>,
    presence: Followed<Presence, PresenceChange>,
}

/// One thing that is followed or not.
#[derive(Default)]
enum Followed<G, T> {
    /// Not by a keeper that leaves at once, nor after it could not be.
    #[default]
    Never,
    /// As soon as there is a config with a folder.
    Awaited,
    /// While the guard lives.
    Begun(G, mpsc::Receiver<T>),
}

/// What has happened.
pub(crate) enum News {
    /// Somebody else changed the config.
    Config(ForeignChange),
    /// Claude Desktop started, or runs already.
    Started,
    /// Nothing of Claude Desktop's runs any more.
    Gone,
}

impl Following {
    /// To be begun as soon as there is a config.
    pub(crate) fn awaited() -> Self {
        Self {
            config: Followed::Awaited,
            presence: Followed::Awaited,
        }
    }

    /// Begins what is awaited; with what cannot be followed, a sentence each. Needs a tokio
    /// runtime.
    pub(crate) fn begin(&mut self, desktop: &ClaudeDesktop) -> Vec<String> {
        let (Ok(file), Some(profile)) = (desktop.config(), desktop.claude().profile()) else {
            return Vec::new();
        };
        if !profile.is_dir() {
            return Vec::new();
        }
        let config = self.config.begin(|| Watcher::start(file));
        let presence = self
            .presence
            .begin(|| Presence::start(desktop.claude(), profile));
        let problems = config.into_iter().chain(presence);
        problems.map(|problem| format!("{problem}.")).collect()
    }

    /// Returns with the next news.
    pub(crate) async fn next(&mut self) -> News {
        tokio::select! {
            // What Claude Desktop wrote last is heard of before its end.
            biased;
            change = self.config.next() => News::Config(change),
            change = self.presence.next() => match change {
                PresenceChange::Started { .. } => News::Started,
                PresenceChange::Gone => News::Gone,
            },
        }
    }
}

impl<G, T> Followed<G, T> {
    /// Begins if it is awaited; why it cannot, once.
    fn begin<E: ToString>(
        &mut self,
        start: impl FnOnce() -> Result<(G, mpsc::Receiver<T>), E>,
    ) -> Option<String> {
        if !matches!(self, Self::Awaited) {
            return None;
        }
        match start() {
            Ok((guard, changes)) => {
                *self = Self::Begun(guard, changes);
                None
            }
            Err(error) => {
                *self = Self::Never;
                Some(error.to_string())
            }
        }
    }

    /// The next change. One that ended, as with its folder, is begun anew at the next look.
    async fn next(&mut self) -> T {
        if let Self::Begun(_, changes) = self {
            if let Some(change) = changes.recv().await {
                return change;
            }
            *self = Self::Awaited;
        }
        std::future::pending().await
    }
}

/// What to say of a change of the config.
pub(crate) fn sentence(change: ForeignChange) -> &'static str {
    match change {
        ForeignChange::Content(_) => {
            // Which of the two is not told: what Claude Desktop writes last may be heard of
            // after its end.
            "Claude Desktop's config was changed by Claude Desktop or another program."
        }
        ForeignChange::Removed => {
            "Claude Desktop's config was removed by another program. Start Claude Desktop to get \
             a new one."
        }
    }
}

//! Tells when somebody else changes the config file.
//!
//! The folder is watched, not the file, because a file that is replaced is another file. Nothing
//! polls: after a change of the file, and once no further one follows for a moment, its content
//! is compared with what was last written or reported.

use crate::config::{ConfigFile, Fingerprint};
use notify::event::{AccessKind, AccessMode};
use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, recommended_watcher,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Without a further event for this long a write is taken for whole: Claude truncates the file
/// and then writes it.
const QUIET: Duration = Duration::from_millis(100);

/// Reports kept for a slow reader; one that is not read yet stands for those that follow.
const REPORTS: usize = 16;

/// A change that was not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignChange {
    /// Other content than what was last written here or last reported.
    Content(Fingerprint),
    /// The file is gone.
    Removed,
}

/// Why the file cannot be watched.
#[derive(Debug, Error)]
#[error(
    "cannot watch {folder} for changes of Claude's config: {source}; \
         changes by others go unnoticed until the next start"
)]
pub struct WatchError {
    folder: String,
    source: notify::Error,
}

/// Watches until it is dropped.
pub struct Watcher {
    _events: RecommendedWatcher,
}

impl Watcher {
    /// Watches `file`, starting with its content now. Needs a tokio runtime.
    pub fn start(file: &ConfigFile) -> Result<(Self, mpsc::Receiver<ForeignChange>), WatchError> {
        let places = places(file.path());
        let (signal, signals) = mpsc::channel(1);
        let names = places.clone();
        let watch = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| concerns(&event, &names)) {
                // A full channel already holds the news.
                let _ = signal.try_send(());
            }
        };
        let failed = |folder: &Path| {
            let folder = folder.display().to_string();
            move |source| WatchError { folder, source }
        };
        let mut events = recommended_watcher(watch).map_err(failed(file.path()))?;
        for folder in places
            .iter()
            .filter_map(|path| path.parent())
            .collect::<BTreeSet<_>>()
        {
            events
                .watch(folder, RecursiveMode::NonRecursive)
                .map_err(failed(folder))?;
        }
        let (report, reports) = mpsc::channel(REPORTS);
        file.expect_present();
        tokio::spawn(follow(file.clone(), signals, report));
        Ok((Self { _events: events }, reports))
    }
}

/// The file as it is named and, behind links, as it is.
fn places(path: &Path) -> Vec<PathBuf> {
    let real = fs_err::canonicalize(path).ok().filter(|real| real != path);
    std::iter::once(path.to_path_buf()).chain(real).collect()
}

/// Reading the file is no news, and neither is anything beside it.
fn concerns(event: &Event, places: &[PathBuf]) -> bool {
    let news = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    let named = |path: &PathBuf| {
        places
            .iter()
            .any(|place| place.file_name() == path.file_name())
    };
    news && (event.need_rescan() || event.paths.iter().any(named))
}

async fn follow(
    file: ConfigFile,
    mut signals: mpsc::Receiver<()>,
    report: mpsc::Sender<ForeignChange>,
) {
    while signals.recv().await.is_some() {
        while let Ok(Some(())) = timeout(QUIET, signals.recv()).await {}
        let look = file.clone();
        let Ok(found) = tokio::task::spawn_blocking(move || look.foreign_change()).await else {
            return;
        };
        if let Some(change) = found
            && report.send(change).await.is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;

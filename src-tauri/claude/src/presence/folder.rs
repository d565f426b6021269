//! The profile folder, watched for traces of a start only while one is waited for; and where
//! else the lock can be. Such a folder may be made by the very first start: until it is there,
//! the nearest one around it is watched for what leads to it.

use crate::process::SINGLETON_LOCK;
use notify::event::EventKind;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _, recommended_watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thiserror::Error;
use tokio::sync::mpsc;

/// Why starts go unnoticed.
#[derive(Debug, Error)]
#[error(
    "cannot watch {folder} for starts of Claude Desktop: {source}; whether it runs is then seen \
     only when something else is to be done"
)]
pub struct PresenceError {
    folder: String,
    source: notify::Error,
}

/// The folder.
pub(super) struct Folder {
    path: PathBuf,
    /// Where the lock can be besides: folders that need not be there yet.
    others: Vec<PathBuf>,
    events: RecommendedWatcher,
    traces: mpsc::Receiver<()>,
    /// What is watched now; nothing while no start is waited for.
    watched: BTreeSet<PathBuf>,
}

impl Folder {
    /// Watches `path` from now on, and for what comes of `others`.
    pub(super) fn open(path: &Path, others: &[PathBuf]) -> Result<Self, PresenceError> {
        let (signal, traces) = mpsc::channel(1);
        let folders: Vec<PathBuf> = others.iter().cloned().chain([path.to_owned()]).collect();
        let watch = move |event: notify::Result<Event>| {
            // An error may stand for events that were lost.
            if event.map_or(true, |event| is_trace(&event, &folders)) {
                // A full channel already holds the news.
                let _ = signal.try_send(());
            }
        };
        let events = recommended_watcher(watch).map_err(|error| failed(path, error))?;
        let mut folder = Self {
            path: path.to_owned(),
            others: others.to_vec(),
            events,
            traces,
            watched: BTreeSet::new(),
        };
        folder.watch()?;
        Ok(folder)
    }

    /// Watches again; true if it did not before.
    pub(super) fn watch(&mut self) -> Result<bool, PresenceError> {
        if !self.watched.is_empty() {
            return Ok(false);
        }
        for folder in self.places() {
            self.events
                .watch(&folder, RecursiveMode::NonRecursive)
                .map_err(|error| failed(&folder, error))?;
            self.watched.insert(folder);
        }
        Ok(true)
    }

    /// The folders to watch, as they are now.
    fn places(&self) -> BTreeSet<PathBuf> {
        let nearest = |folder: &PathBuf| {
            folder
                .ancestors()
                .find(|it| it.is_dir())
                .map(Path::to_owned)
        };
        let others = self.others.iter().filter_map(nearest);
        others.chain([self.path.clone()]).collect()
    }

    /// Stops: Claude writes into this folder all the time while it runs.
    pub(super) fn unwatch(&mut self) {
        for folder in std::mem::take(&mut self.watched) {
            // It is not watched any more if the folder is gone.
            let _ = self.events.unwatch(&folder);
        }
        while self.traces.try_recv().is_ok() {}
    }

    /// Returns at the next trace; an error if the folder itself is gone. A folder that has come
    /// is watched from then on.
    pub(super) async fn trace(&mut self) -> Result<(), PresenceError> {
        self.traces.recv().await;
        if !self.path.is_dir() {
            return Err(failed(&self.path, notify::Error::path_not_found()));
        }
        if self.places() != self.watched {
            self.unwatch();
            self.watch()?;
        }
        Ok(())
    }
}

fn failed(folder: &Path, source: notify::Error) -> PresenceError {
    PresenceError {
        folder: folder.display().to_string(),
        source,
    }
}

/// Chromium's lock is the trace of a start on Linux and on Windows. On macOS an app need not
/// make one: there every change counts, of which there are few while Claude is gone.
fn is_trace(event: &Event, folders: &[PathBuf]) -> bool {
    let name = if cfg!(windows) {
        "lockfile"
    } else {
        SINGLETON_LOCK
    };
    let concerns = |path: &PathBuf| {
        let leads_to_one = folders.iter().any(|folder| folder.starts_with(path));
        leads_to_one || path.file_name().is_some_and(|file| file == name)
    };
    let read = matches!(event.kind, EventKind::Access(_));
    let any = cfg!(target_os = "macos");
    event.need_rescan() || (!read && (any || event.paths.iter().any(concerns)))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::{error::Elapsed, timeout};

    #[tokio::test]
    async fn the_lock_alone_is_a_trace() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(place.path(), &[]).unwrap();
        fs_err::write(place.path().join("Preferences"), "x").unwrap();
        fs_err::os::unix::fs::symlink("host-1", place.path().join(SINGLETON_LOCK)).unwrap();
        folder.trace().await.unwrap();
        fs_err::write(place.path().join("Preferences"), "y").unwrap();
        // Events come in their order: that of the file would be here before that of the lock.
        folder.unwatch();
        assert!(folder.watch().unwrap());
        fs_err::remove_file(place.path().join(SINGLETON_LOCK)).unwrap();
        folder.trace().await.unwrap();
        assert!(folder.traces.try_recv().is_err());
    }

    #[tokio::test]
    async fn while_it_is_not_watched_nothing_is_heard() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(place.path(), &[]).unwrap();
        assert!(!folder.watch().unwrap(), "it is watched already");
        folder.unwatch();
        fs_err::os::unix::fs::symlink("host-1", place.path().join(SINGLETON_LOCK)).unwrap();
        assert!(folder.watch().unwrap());
        assert!(folder.traces.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_lock_in_another_folder_is_a_trace_too() {
        let place = tempfile::tempdir().unwrap();
        let (profile, own) = (place.path().join("Claude"), place.path().join("own"));
        let absent = place.path().join("absent");
        fs_err::create_dir(&profile).unwrap();
        fs_err::create_dir(&own).unwrap();
        let mut folder = Folder::open(&profile, &[own.clone(), absent.clone()]).unwrap();
        fs_err::os::unix::fs::symlink("host-1", own.join(SINGLETON_LOCK)).unwrap();
        heard(&mut folder).await.unwrap().unwrap();
        folder.unwatch();
        fs_err::create_dir(&absent).unwrap();
        assert!(folder.watch().unwrap());
        fs_err::os::unix::fs::symlink("host-1", absent.join(SINGLETON_LOCK)).unwrap();
        heard(&mut folder).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_folder_that_the_first_start_makes_is_followed_into() {
        let place = tempfile::tempdir().unwrap();
        let profile = place.path().join("Claude");
        fs_err::create_dir(&profile).unwrap();
        let package = place.path().join("package");
        fs_err::create_dir(&package).unwrap();
        let own = package.join("LocalCache").join("Claude");
        let mut folder = Folder::open(&profile, std::slice::from_ref(&own)).unwrap();
        fs_err::write(package.join("else"), "").unwrap();
        for made in [own.parent().unwrap(), &own] {
            fs_err::create_dir(made).unwrap();
            heard(&mut folder).await.unwrap().unwrap();
            assert!(folder.watched.contains(made), "{:?}", folder.watched);
        }
        assert!(
            folder.traces.try_recv().is_err(),
            "nothing else concerns it"
        );
        fs_err::os::unix::fs::symlink("host-1", own.join(SINGLETON_LOCK)).unwrap();
        heard(&mut folder).await.unwrap().unwrap();
    }

    async fn heard(folder: &mut Folder) -> Result<Result<(), PresenceError>, Elapsed> {
        timeout(Duration::from_secs(20), folder.trace()).await
    }

    #[tokio::test]
    async fn a_folder_that_goes_is_told() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("Claude");
        fs_err::create_dir(&path).unwrap();
        let mut folder = Folder::open(&path, &[]).unwrap();
        fs_err::remove_dir(&path).unwrap();
        assert!(folder.trace().await.is_err());
        folder.unwatch();
        assert!(folder.watch().is_err());
    }
}

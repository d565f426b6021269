//! Starting the app, where there is no keeper: by one relay at a time, at most once a minute,
//! and without a window. Where there is no app or no desktop, a keeper without one is started.
//!
//! What is started outlives the relay and takes nothing from it: not its pipes, not the
//! variables of the client's entry.

#[cfg_attr(
    not(any(target_os = "linux", test)),
    expect(dead_code, reason = "only Linux has to look for its desktop")
)]
mod desktop;
mod here;
mod plan;
mod starting;

use files::{FileLock, LockAttempt, LockError, PrivateError, private_folder};
use plan::{Programs, plan};
pub(super) use starting::Starting;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Between two starts, whoever makes them: an app that ends at once must not be started over
/// and over.
const BETWEEN_STARTS: Duration = Duration::from_mins(1);

/// Starts keepers for one run folder.
#[derive(Clone)]
pub(super) struct Starter {
    run: PathBuf,
    home: Option<PathBuf>,
}

/// What came of trying. Whoever tries looks for a keeper afterwards, whatever it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    /// Something was started.
    Started,
    /// Another relay starts something now, or one has within the last minute.
    NotNow,
}

/// Nothing could be started.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    /// The run folder cannot be used.
    #[error(transparent)]
    Folder(#[from] PrivateError),
    /// The lock cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// When the last start was cannot be kept.
    #[error("the start of Zoomtray cannot be noted: {0}")]
    Mark(#[source] io::Error),
    /// There is no thread to start it on.
    #[error("the system gives it no thread ({0}); end other programs or start Zoomtray yourself")]
    Thread(#[source] io::Error),
    /// The program cannot be started.
    #[error("{} cannot be started: {source}; start Zoomtray yourself", program.display())]
    Program {
        /// What was to be started, or what was to start it.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Starter {
    pub(super) fn new(run: &Path, home: Option<PathBuf>) -> Self {
        Self {
            run: run.to_owned(),
            home,
        }
    }

    /// Starts a keeper, if none was started within a minute and nobody else is at it.
    fn start(&self) -> Result<(), StartError> {
        let attempt = self.attempt(SystemTime::now(), || self.launch())?;
        tracing::info!(?attempt, "there is no keeper");
        Ok(())
    }

    fn attempt(
        &self,
        now: SystemTime,
        launch: impl FnOnce() -> Result<(), StartError>,
    ) -> Result<Attempt, StartError> {
        private_folder(&self.run)?;
        let lock = FileLock::try_take(&self.run.join("start.lock"), "relay")?;
        let LockAttempt::Held(_lock) = lock else {
            return Ok(Attempt::NotNow);
        };
        let mark = self.run.join("last-start");
        if is_recent(modified(&mark), now) {
            return Ok(Attempt::NotNow);
        }
        // Before the start, so that one that fails counts as well.
        fs_err::write(&mark, []).map_err(StartError::Mark)?;
        launch()?;
        Ok(Attempt::Started)
    }

    fn launch(&self) -> Result<(), StartError> {
        let programs = Programs::beside_this();
        let launch = plan(
            files::Platform::current(),
            &programs,
            self.home.as_deref(),
            here::desktop,
        );
        here::spawn(&launch).map_err(|source| StartError::Program {
            program: launch.program.clone(),
            source,
        })
    }
}

fn modified(mark: &Path) -> Option<SystemTime> {
    fs_err::metadata(mark).ok()?.modified().ok()
}

/// A start that is dated later than now was dated by a clock that was ahead: it counts as old.
fn is_recent(last: Option<SystemTime>, now: SystemTime) -> bool {
    last.and_then(|last| now.duration_since(last).ok())
        .is_some_and(|since| since < BETWEEN_STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    struct Scene {
        _folder: tempfile::TempDir,
        starter: Starter,
        started: Cell<u32>,
    }

    impl Scene {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            Self {
                starter: Starter::new(&folder.path().join("run"), None),
                _folder: folder,
                started: Cell::new(0),
            }
        }

        fn attempt(&self, now: SystemTime) -> Attempt {
            let launch = || {
                self.started.set(self.started.get() + 1);
                Ok(())
            };
            self.starter.attempt(now, launch).unwrap()
        }
    }

    #[test]
    fn there_is_one_start_a_minute_even_if_it_fails() {
        let scene = Scene::new();
        let failing = scene.starter.attempt(SystemTime::now(), || {
            Err(StartError::Mark(io::ErrorKind::Other.into()))
        });
        assert!(failing.is_err());
        let now = SystemTime::now();
        assert_eq!(scene.attempt(now), Attempt::NotNow);
        assert_eq!(scene.attempt(now + BETWEEN_STARTS), Attempt::Started);
        assert_eq!(scene.started.get(), 1);
    }

    #[test]
    fn a_clock_that_was_ahead_holds_up_no_start() {
        let now = SystemTime::now();
        assert!(is_recent(Some(now), now));
        assert!(!is_recent(Some(now + Duration::from_secs(9)), now));
        assert!(!is_recent(None, now));
    }

    #[test]
    fn who_finds_another_starting_leaves_it_to_that_one() {
        let scene = Scene::new();
        private_folder(&scene.starter.run).unwrap();
        let path = scene.starter.run.join("start.lock");
        let held = FileLock::try_take(&path, "relay").unwrap();
        assert_eq!(scene.attempt(SystemTime::now()), Attempt::NotNow);
        drop(held);
        assert_eq!(scene.attempt(SystemTime::now()), Attempt::Started);
    }
}

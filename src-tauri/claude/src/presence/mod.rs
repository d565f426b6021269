//! Tells when Claude is started and when it is gone, without asking again and again.
//!
//! While it is gone, its profile folder is watched, and where else its lock can be: there each
//! start leaves a trace (`SingletonLock`, `lockfile`). While it runs, the folder is left alone,
//! and the end of its main process is waited for, by the means that the system has for that.
//! Every decision is made on a list of the processes made after the event: an event alone proves
//! nothing. A list takes its time, and is made where nobody waits for it.

mod folder;
mod state;

pub use folder::PresenceError;
pub use state::PresenceChange;

use crate::process::exit::all_ended;
use crate::process::{Claude, Part, Running};
use folder::Folder;
use state::{Known, Next};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

/// Reports kept for a slow reader.
const REPORTS: usize = 16;

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Presence {
    task: JoinHandle<()>,
}

impl Presence {
    /// Watches `claude`, whose profile is in `folder`, which has to exist. If it runs already,
    /// the first report is [`PresenceChange::Started`]. The reports end when the folder is gone
    /// or cannot be watched any more: then this has to be started anew. Needs a tokio runtime.
    pub fn start(
        claude: &Claude,
        folder: &Path,
    ) -> Result<(Self, mpsc::Receiver<PresenceChange>), PresenceError> {
        let others = claude.lock_folders().iter();
        let others: Vec<PathBuf> = others.filter(|it| *it != folder).cloned().collect();
        let folder = Folder::open(folder, &others)?;
        let (report, reports) = mpsc::channel(REPORTS);
        let claude = claude.clone();
        let watch = Watch {
            look: Arc::new(move || claude.running()),
            folder,
            known: Known::Gone,
            report,
        };
        let task = tokio::spawn(watch.run());
        Ok((Self { task }, reports))
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Watch {
    /// Lists what runs now.
    look: Arc<dyn Fn() -> Running + Send + Sync>,
    folder: Folder,
    known: Known,
    report: mpsc::Sender<PresenceChange>,
}

impl Watch {
    /// Until nobody listens any more, or nothing can be heard.
    async fn run(mut self) {
        loop {
            let look = self.look.clone();
            let Ok(running) = spawn_blocking(move || look()).await else {
                return;
            };
            let (change, next) = self.known.look(&running);
            if let Some(change) = change
                && self.report.send(change).await.is_err()
            {
                return;
            }
            let waited = match next {
                Next::Start => self.started(&[]).await,
                Next::StartOrEnd(parts) => self.started(&parts).await,
                Next::End(main) => self.ended(main).await,
            };
            if waited.is_err() {
                return;
            }
        }
    }

    /// Waits for a trace of a start, or for the end of all of `parts` if there are any.
    async fn started(&mut self, parts: &[Part]) -> Result<(), PresenceError> {
        // What happened before the folder was watched is seen by one more look.
        if self.folder.watch()? {
            return Ok(());
        }
        tokio::select! {
            trace = self.folder.trace() => trace,
            () = all_ended(parts), if !parts.is_empty() => Ok(()),
        }
    }

    /// Waits for the end of the main process.
    async fn ended(&mut self, main: Part) -> Result<(), PresenceError> {
        self.folder.unwatch();
        all_ended(&[main]).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    /// One task on one thread, which a list made there would stop for good.
    #[tokio::test]
    async fn nobody_waits_for_a_list_of_the_processes() {
        let place = tempfile::tempdir().unwrap();
        let (go_on, wait) = channel::<()>();
        let wait = Mutex::new(wait);
        let (begun, mut looks) = mpsc::unbounded_channel();
        let look = move || {
            begun.send(()).unwrap();
            // Until the test has ended.
            let _ended = wait.lock().unwrap().recv();
            Running::No
        };
        let (report, _reports) = mpsc::channel(REPORTS);
        let watch = Watch {
            look: Arc::new(look),
            folder: Folder::open(place.path(), &[]).unwrap(),
            known: Known::Gone,
            report,
        };
        let watches = tokio::spawn(watch.run());
        looks.recv().await.unwrap();
        tokio::task::yield_now().await;
        watches.abort();
        drop(go_on);
    }
}

//! The one thread that touches the store, so that a slow keychain blocks nobody else.

use crate::backend::Backend;
use crate::error::VaultError;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How many calls may wait for a store that does not answer; further ones fail at once.
const WAITING_CALLS: usize = 64;

type Job = Box<dyn FnOnce(&mut dyn Backend) + Send>;

/// The way to the thread. It ends when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct VaultThread {
    jobs: SyncSender<Job>,
}

impl VaultThread {
    /// Starts the thread, which makes its own store.
    pub(crate) fn start<B: Backend>(
        make: impl FnOnce() -> B + Send + 'static,
    ) -> Result<Self, VaultError> {
        let (jobs, queue) = sync_channel(WAITING_CALLS);
        std::thread::Builder::new()
            .name("vault".to_owned())
            .spawn(move || work(&mut make(), &queue))
            .map_err(|_| VaultError::Stopped)?;
        Ok(Self { jobs })
    }

    /// Puts `question` to the store and waits at most `deadline`, time in the queue
    /// included. A question whose caller has gone is not put any more.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        deadline: Duration,
        question: impl FnOnce(&mut dyn Backend, Duration) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let asked = Instant::now();
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |store| {
            let patience = deadline.saturating_sub(asked.elapsed());
            if !answer.is_closed() && !patience.is_zero() {
                // A caller who has gone meanwhile needs no answer.
                let _ = answer.send(question(store, patience));
            }
        });
        self.jobs.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => VaultError::TimedOut(deadline),
            TrySendError::Disconnected(_) => VaultError::Stopped,
        })?;
        match tokio::time::timeout(deadline, answered).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) if asked.elapsed() >= deadline => Err(VaultError::TimedOut(deadline)),
            Ok(Err(_)) => Err(VaultError::Stopped),
            Err(_) => Err(VaultError::TimedOut(deadline)),
        }
    }
}

fn work(store: &mut dyn Backend, queue: &Receiver<Job>) {
    while let Ok(job) = queue.recv() {
        job(store);
    }
}

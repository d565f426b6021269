//! The deliverer at work, on a thread of its own: it lists processes and writes files, and
//! nobody who wants a token waits for that, on whatever runtime the keeper runs.
//!
//! It is ended between two of its steps, and never while a restart of Claude Desktop is under
//! way.

use crate::delivery::deliverer::Deliverer;
use crate::delivery::inbox::Inbox;
use crate::delivery::order::Order;
use crate::restart_gate::{RestartGate, Shut};
use claude::{QUIT_LIMIT, START_LIMIT};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// The deliverer at work. Dropping it ends that too.
pub(crate) struct Delivering {
    begun: Option<oneshot::Receiver<()>>,
    /// Dropped, it ends the work.
    leave: oneshot::Sender<()>,
    work: JoinHandle<()>,
    restarts: RestartGate,
}

impl Delivering {
    /// Begins. Needs a tokio runtime.
    pub(crate) fn start(mut deliverer: Deliverer, orders: mpsc::UnboundedReceiver<Order>) -> Self {
        let restarts = deliverer.state.restart_gate.clone();
        let (leave, left) = oneshot::channel::<()>();
        let (settled, begun) = oneshot::channel();
        let delivers = async move {
            let mut inbox = Inbox::new(orders);
            deliverer.begin(&mut inbox).await;
            // Not every keeper waits for it.
            let _unheard = settled.send(());
            deliverer.run(inbox).await;
        };
        let work = async move {
            tokio::select! {
                biased;
                _ = left => {}
                () = delivers => {}
            }
        };
        let runtime = Handle::current();
        Self {
            begun: Some(begun),
            leave,
            work: tokio::task::spawn_blocking(move || runtime.block_on(work)),
            restarts,
        }
    }

    /// Returns once what there is to see was looked at for the first time.
    pub(crate) async fn settle(&mut self) {
        if let Some(begun) = self.begun.take() {
            // It has ended if it does not say so.
            let _either = begun.await;
        }
    }

    /// Whether a restart of Claude Desktop is under way that has to be waited for.
    pub(crate) fn is_restarting(&self) -> bool {
        self.restarts.is_passed()
    }

    /// Lets the restart under way come to its end, for no longer than one may take, and none
    /// begin from then on.
    pub(crate) async fn finish_restart(&self) -> Option<Shut> {
        let shut = self.restarts.shut(QUIT_LIMIT + START_LIMIT).await;
        if shut.is_none() {
            tracing::warn!("a restart of Claude Desktop did not end in time");
        }
        shut
    }

    /// Ends: it writes nothing any more.
    pub(crate) async fn end(self) {
        drop(self.leave);
        if let Err(error) = self.work.await {
            tracing::error!(%error, "the deliverer did not end well");
        }
    }
}

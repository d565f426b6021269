//! The keeper in this process, and the shell's way to it: over the control socket, as
//! everybody else's.

use crate::arguments::Starter;
use control::{CallError, Client, ConnectError, GetSnapshot, OpenWindow, Rank, Snapshot};
use daemon::{Daemon, Leave, Setup, StartError};
use std::sync::Arc;
use tokio::sync::{Mutex, watch};

/// The keeper, started by this process.
pub(crate) struct Core {
    client: Client,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    windows: watch::Receiver<u64>,
    leaving: watch::Receiver<Leave>,
    daemon: Mutex<Option<Daemon>>,
}

/// What came of starting the keeper.
pub(crate) enum Started {
    /// It runs here.
    Here(Box<Core>),
    /// Another app is the keeper, and has opened its window if the user started this one.
    Elsewhere,
}

/// Whether another app runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// None does.
    None,
    /// One does, and its window is open if the user started this one.
    Runs,
}

/// The keeper cannot be started or reached.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CoreError {
    /// It cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// It cannot be reached.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// It does not answer.
    #[error(transparent)]
    Call(#[from] CallError),
}

impl Core {
    /// Becomes the keeper, or leaves it to the app that is.
    pub(crate) async fn start(setup: Setup, starter: Starter) -> Result<Started, CoreError> {
        let daemon = match Daemon::start(setup.clone(), Rank::App).await {
            Ok(daemon) => daemon,
            Err(StartError::Outranked { .. }) => {
                give_way(&setup, starter).await?;
                return Ok(Started::Elsewhere);
            }
            Err(error) => return Err(error.into()),
        };
        let (client, _told) = Client::connect(&daemon::endpoint(&setup.folders)).await?;
        Ok(Started::Here(Box::new(Self {
            client,
            snapshots: daemon.subscribe(),
            windows: daemon.windows(),
            leaving: daemon.leaving(),
            daemon: Mutex::new(Some(daemon)),
        })))
    }

    /// For calls.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Follows the snapshot.
    pub(crate) fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.clone()
    }

    /// Follows how often the window was asked for.
    pub(crate) fn windows(&self) -> watch::Receiver<u64> {
        self.windows.clone()
    }

    /// Follows whether the keeper goes on.
    pub(crate) fn leaving(&self) -> watch::Receiver<Leave> {
        self.leaving.clone()
    }

    /// Ends the keeper; the second time nothing is left to end.
    pub(crate) async fn quit(&self) {
        if let Some(daemon) = self.daemon.lock().await.take() {
            daemon.shut_down().await;
        }
    }
}

/// Leaves everything to the app that runs, if one does, and opens its window for a user. A keeper
/// of lower rank is none.
pub(crate) async fn give_way(setup: &Setup, starter: Starter) -> Result<Other, CoreError> {
    let client = match Client::connect(&daemon::endpoint(&setup.folders)).await {
        Ok((client, _told)) => client,
        Err(ConnectError::NobodyThere) => return Ok(Other::None),
        Err(error) => return Err(error.into()),
    };
    if client.call(GetSnapshot {}).await?.keeper.rank < Rank::App {
        return Ok(Other::None);
    }
    if starter == Starter::User {
        client.call(OpenWindow {}).await?;
    }
    Ok(Other::Runs)
}

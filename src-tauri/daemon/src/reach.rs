//! Every command's way to a keeper: the one that runs, or itself for as long as it takes.

use crate::daemon::{Daemon, Leave, StartError};
use crate::server::companion;
use crate::setup::Setup;
use control::{Client, ConnectError, Endpoint, Rank, Told};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};
use vault::VaultChoice;

/// A connection to a keeper.
pub struct Reached {
    /// For calls.
    pub client: Client,
    /// What the keeper tells unasked.
    pub told: mpsc::Receiver<Told>,
    brief: Option<Brief>,
}

/// A keeper of this process, for as long as it takes or until a higher rank wants to keep.
struct Brief {
    /// Dropped or used, it ends the keeper once nobody's request is at work.
    leave: oneshot::Sender<()>,
    keeping: JoinHandle<()>,
}

impl Brief {
    fn start(daemon: Daemon) -> Self {
        let (leave, left) = oneshot::channel();
        let keeping = tokio::spawn(async move {
            let mut asked = daemon.leaving();
            tokio::select! {
                _ = left => daemon.leave_when_idle().await,
                // Callers that wait go to the new keeper, this process among them.
                () = async { drop(asked.wait_for(|leave| *leave != Leave::Stay).await) } => {
                    daemon.shut_down().await;
                }
            }
        });
        Self { leave, keeping }
    }

    async fn leave(self) {
        drop(self.leave);
        if let Err(error) = self.keeping.await {
            tracing::error!(%error, "the keeper of this process did not end well");
        }
    }
}

/// No keeper could be reached or become.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    /// The one that runs cannot be talked to.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// This process cannot be one.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The app, which alone opens the keychain, cannot be started.
    #[error("{path} cannot be started: {source}; install Zoomtray again", path = path.display())]
    App {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// How often to look again when keepers come and go faster than they are reached.
const TRIES: u32 = 10;

/// Connects to the keeper, or becomes a brief one and connects to that.
pub async fn reach(setup: &Setup) -> Result<Reached, ReachError> {
    let endpoint = crate::endpoint(&setup.folders);
    for _ in 1..TRIES {
        match try_reach(setup, &endpoint).await {
            Err(ReachError::Connect(ConnectError::NobodyThere)) => {}
            outcome => return outcome,
        }
    }
    try_reach(setup, &endpoint).await
}

/// How long a keeper that takes over may take to listen. Standing for keeper earlier would only
/// get into its way.
const SUCCESSION: Duration = Duration::from_secs(1);

/// Connects to the keeper that took over from the one before, or reaches one as ever.
pub async fn reach_next(setup: &Setup) -> Result<Reached, ReachError> {
    let endpoint = crate::endpoint(&setup.folders);
    let deadline = Instant::now() + SUCCESSION;
    while Instant::now() < deadline {
        if let Ok((client, told)) = Client::connect(&endpoint).await {
            return Ok(Reached {
                client,
                told,
                brief: None,
            });
        }
        sleep(LOOK).await;
    }
    reach(setup).await
}

async fn try_reach(setup: &Setup, endpoint: &Endpoint) -> Result<Reached, ReachError> {
    match Client::connect(endpoint).await {
        Ok((client, told)) => {
            return Ok(Reached {
                client,
                told,
                brief: None,
            });
        }
        Err(ConnectError::NobodyThere) => {}
        Err(error) => return Err(error.into()),
    }
    if keychain_is_the_apps(setup) {
        return reach_app(endpoint).await;
    }
    let brief = match Daemon::start(setup.clone(), Rank::Brief).await {
        Ok(daemon) => Some(Brief::start(daemon)),
        // Somebody else was quicker; it answers.
        Err(StartError::Outranked { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let (client, told) = Client::connect(endpoint).await?;
    Ok(Reached {
        client,
        told,
        brief,
    })
}

/// macOS trusts the program that made a keychain item: there the app alone opens the keychain,
/// and a command starts it and asks.
fn keychain_is_the_apps(setup: &Setup) -> bool {
    cfg!(target_os = "macos")
        && setup
            .vault
            .as_ref()
            .is_none_or(|choice| *choice == VaultChoice::Keychain)
}

/// How long the app may take to listen.
const APP_STARTS: Duration = Duration::from_secs(10);
/// Between two looks whether it does.
const LOOK: Duration = Duration::from_millis(50);

/// Starts the app and waits until it listens.
async fn reach_app(endpoint: &Endpoint) -> Result<Reached, ReachError> {
    let path = companion("zoomtray");
    let spawned = std::process::Command::new(&path)
        .stdin(Stdio::null())
        .spawn();
    spawned.map_err(|source| ReachError::App { path, source })?;
    let deadline = Instant::now() + APP_STARTS;
    loop {
        match Client::connect(endpoint).await {
            Err(ConnectError::NobodyThere) if Instant::now() < deadline => sleep(LOOK).await,
            outcome => {
                let (client, told) = outcome?;
                return Ok(Reached {
                    client,
                    told,
                    brief: None,
                });
            }
        }
    }
}

impl Reached {
    /// Ends the connection. A brief keeper goes once the requests of others are answered.
    pub async fn leave(self) {
        drop(self.client);
        drop(self.told);
        if let Some(brief) = self.brief {
            brief.leave().await;
        }
    }
}

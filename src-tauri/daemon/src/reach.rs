//! Every command's way to a keeper: the one that runs, or itself for as long as it takes.

use crate::daemon::{Daemon, StartError};
use crate::setup::Setup;
use control::{Client, ConnectError, Endpoint, Rank, Told};
use tokio::sync::mpsc;

/// A connection to a keeper.
pub struct Reached {
    /// For calls.
    pub client: Client,
    /// What the keeper tells unasked.
    pub told: mpsc::Receiver<Told>,
    brief: Option<Daemon>,
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
    let brief = match Daemon::start(setup.clone(), Rank::Brief).await {
        Ok(daemon) => Some(daemon),
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

impl Reached {
    /// Ends the connection. A brief keeper goes once the requests of others are answered.
    pub async fn leave(self) {
        drop(self.client);
        drop(self.told);
        if let Some(brief) = self.brief {
            brief.leave_when_idle().await;
        }
    }
}

//! The client: typed calls over one connection, many at a time, and what is told unasked.

use crate::endpoint::Endpoint;
use crate::line;
use crate::message::{Asked, Received, Version};
use crate::protocol::{Call, Failure, FailureKind, Hello, PROTOCOL, Role, Told};
use crate::relay_wire::RelayRefusal;
use crate::transport::{self, Reading, Writing};
use serde_json::Value;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::BufReader;
use tokio::sync::{mpsc, oneshot};

/// How long the keeper may take for its hello; it answers before any work.
const HELLO: Duration = Duration::from_secs(5);

/// How many unread tellings a client keeps before it stops reading.
const UNREAD_TELLINGS: usize = 64;

/// There is no keeper to talk to.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nobody listens.
    #[error("no Zoomtray is running; start it, or run `zoomtrayctl watch`")]
    NobodyThere,
    /// Somebody listens but it cannot be used.
    #[error("cannot talk to the running Zoomtray: {0}; quit it and start it again")]
    Unusable(#[source] io::Error),
    /// It speaks another version.
    #[error(
        "the running Zoomtray speaks protocol {theirs}, this program {PROTOCOL}; quit it and start the installed version"
    )]
    Version {
        /// Their protocol.
        theirs: u32,
    },
    /// It serves no relay.
    #[error(transparent)]
    Refused(RelayRefusal),
}

/// A call that brought no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CallError {
    /// The keeper said no.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The keeper went away before it answered.
    #[error("Zoomtray went away before it answered; try again")]
    Gone,
    /// The answer was not understood.
    #[error("Zoomtray's answer was not understood ({0}); update both programs to one version")]
    NotUnderstood(String),
}

impl CallError {
    /// What kind of failure it is, if the keeper said so.
    #[must_use]
    pub fn kind(&self) -> Option<FailureKind> {
        match self {
            Self::Failed(failure) => Some(failure.kind),
            Self::Gone | Self::NotUnderstood(_) => None,
        }
    }
}

/// A connection to the keeper. Dropping it ends the connection.
pub struct Client {
    keeper: Hello,
    next: AtomicU64,
    waiting: Waiting,
    writer: mpsc::Sender<Asked>,
    tasks: [tokio::task::JoinHandle<()>; 2],
}

type Waiting = Arc<Mutex<Calls>>;

#[derive(Default)]
struct Calls {
    ended: bool,
    waiting: HashMap<u64, oneshot::Sender<Result<Value, Failure>>>,
}

impl Client {
    /// Connects and says hello. What is told unasked arrives at the receiver.
    pub async fn connect(
        endpoint: &Endpoint,
    ) -> Result<(Self, mpsc::Receiver<Told>), ConnectError> {
        let (reading, mut writing) = transport::connect(endpoint)
            .await
            .map_err(ConnectError::of)?;
        let mut reading = BufReader::new(reading);
        let keeper = tokio::time::timeout(HELLO, greet(&mut reading, &mut writing))
            .await
            .map_err(|_| ConnectError::Unusable(io::ErrorKind::TimedOut.into()))?
            .map_err(ConnectError::of)?;
        if keeper.protocol != PROTOCOL {
            return Err(ConnectError::Version {
                theirs: keeper.protocol,
            });
        }
        Ok(Self::over(keeper, reading, writing))
    }

    fn over(
        keeper: Hello,
        reading: BufReader<Reading>,
        writing: Writing,
    ) -> (Self, mpsc::Receiver<Told>) {
        let (told, tellings) = mpsc::channel(UNREAD_TELLINGS);
        let (writer, requests) = mpsc::channel(UNREAD_TELLINGS);
        let calls = Waiting::default();
        let tasks = [
            tokio::spawn(receive(reading, calls.clone(), told)),
            tokio::spawn(send(writing, requests)),
        ];
        (
            Self {
                keeper,
                next: AtomicU64::new(1),
                waiting: calls,
                writer,
                tasks,
            },
            tellings,
        )
    }

    /// Who answered.
    #[must_use]
    pub fn keeper(&self) -> &Hello {
        &self.keeper
    }

    /// Asks, and waits for the answer.
    pub async fn call<C: Call>(&self, call: C) -> Result<C::Answer, CallError> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (caller, answer) = oneshot::channel();
        {
            let mut calls = lock(&self.waiting);
            if calls.ended {
                return Err(CallError::Gone);
            }
            calls.waiting.insert(id, caller);
        }
        let asked = Asked {
            jsonrpc: Version::Two,
            id,
            request: call.into(),
        };
        self.writer.send(asked).await.map_err(|_| CallError::Gone)?;
        let value = answer.await.map_err(|_| CallError::Gone)??;
        serde_json::from_value(value).map_err(|error| CallError::NotUnderstood(error.to_string()))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl ConnectError {
    /// A keeper that closes the connection before its hello is leaving: nobody is there any more.
    pub(crate) fn of(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => Self::NobodyThere,
            _ => Self::Unusable(error),
        }
    }
}

async fn greet(reading: &mut BufReader<Reading>, writing: &mut Writing) -> io::Result<Hello> {
    let hello = Hello {
        name: "zoomtray".to_owned(),
        protocol: PROTOCOL,
        role: Role::Control,
        pid: std::process::id(),
    };
    line::write(writing, &hello).await?;
    let mut reply = Vec::new();
    if !line::read(reading, &mut reply).await? {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&reply)?)
}

async fn send(mut writing: Writing, mut requests: mpsc::Receiver<Asked>) {
    while let Some(asked) = requests.recv().await {
        if let Err(error) = line::write(&mut writing, &asked).await {
            // The reader sees the same end and tells every caller.
            tracing::debug!(%error, "the keeper's socket is closed");
            return;
        }
    }
}

async fn receive(mut reading: BufReader<Reading>, waiting: Waiting, told: mpsc::Sender<Told>) {
    let mut line = Vec::new();
    while let Ok(true) = line::read(&mut reading, &mut line).await {
        match serde_json::from_slice(&line) {
            Ok(Received::Answered { id, result }) => settle(&waiting, id, Ok(result)),
            Ok(Received::Failed { id, error }) => settle(&waiting, id, Err(error.into())),
            Ok(Received::Told(telling)) => {
                // Nobody listening is fine: the client may only call.
                let _unheard = told.send(telling).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the keeper sent a line that is not understood");
                break;
            }
        }
    }
    let mut calls = lock(&waiting);
    calls.ended = true;
    calls.waiting.clear();
}

fn settle(waiting: &Waiting, id: Option<u64>, outcome: Result<Value, Failure>) {
    let caller = id.and_then(|id| lock(waiting).waiting.remove(&id));
    if let Some(caller) = caller {
        // A caller that stopped waiting wants no answer.
        let _unwanted = caller.send(outcome);
    }
}

fn lock(waiting: &Waiting) -> MutexGuard<'_, Calls> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

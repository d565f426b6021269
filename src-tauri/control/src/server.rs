//! The server: accepts this user's connections, hands each request to a [`Handler`].
//!
//! Every connection is bounded: in time until its hello, in line length, in requests at work
//! and in unwritten answers. One that does not read stops being served, not the others.

use crate::endpoint::Endpoint;
use crate::line;
use crate::message::{Answer, Asked, Notification};
use crate::protocol::{Call, Failure, FailureKind, Hello, PROTOCOL, Request, Role, Told};
use crate::relay_stream::RelayStream;
use crate::relay_wire::{RefusalKind, RelayHello, RelayRefusal, RelayWelcome};
use crate::transport::{BindError, Listener, Reading, Writing};
use lifecycle::WallTime;
use serde_json::Value;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::{JoinHandle, JoinSet};

/// How long a peer may take for its hello.
const HELLO: Duration = Duration::from_secs(5);
/// Connections served at once; a process of this user that opens more is broken.
const CONNECTIONS: usize = 512;
/// Requests of one connection at work at once; more wait unread.
const AT_WORK: usize = 64;
/// Answers and tellings of one connection not yet written.
const UNWRITTEN: usize = 64;

/// What answers requests.
pub trait Handler: Send + Sync + 'static {
    /// Answers one request.
    fn call(
        self: Arc<Self>,
        connection: Connection,
        request: Request,
        progress: Progress,
    ) -> impl Future<Output = Result<Value, Failure>> + Send;

    /// A connection has ended, for whatever reason.
    fn ended(&self, connection: Connection);

    /// Whether a relay is served.
    fn admits(&self, _hello: &RelayHello) -> Result<(), RelayRefusal> {
        Err(RelayRefusal {
            kind: RefusalKind::NotHere,
            message: "This process serves no relay. Start the Zoomtray app.".to_owned(),
        })
    }

    /// Serves a relay that was admitted, until its connection ends.
    fn relay(
        self: Arc<Self>,
        _hello: RelayHello,
        _stream: RelayStream,
    ) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}

/// Tells connections apart, for the life of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Connection(pub u64);

/// Tells a caller something while its request is at work, or after it.
#[derive(Clone)]
pub struct Progress {
    id: u64,
    writer: mpsc::Sender<Outgoing>,
}

impl Progress {
    /// Says that the request waits until `until`.
    pub async fn waiting(&self, until: WallTime) -> Result<(), CallerGone> {
        self.tell(Told::Waiting { id: self.id, until }).await
    }

    /// Tells anything, for subscriptions.
    pub async fn tell(&self, told: Told) -> Result<(), CallerGone> {
        self.writer
            .send(Outgoing::Told(told))
            .await
            .map_err(|_| CallerGone)
    }

    /// Ends when the caller's connection does.
    pub async fn gone(&self) {
        self.writer.closed().await;
    }
}

/// The caller's connection has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the caller has gone")]
pub struct CallerGone;

enum Outgoing {
    Answer(Answer),
    Told(Told),
}

/// A running server. Dropping it closes the socket and every connection.
pub struct Server {
    accepting: JoinHandle<()>,
}

impl Server {
    /// Listens. Only the holder of the keeper's lock may call this: it removes the socket
    /// an earlier keeper left.
    pub fn start<H: Handler>(endpoint: &Endpoint, handler: Arc<H>) -> Result<Self, BindError> {
        let listener = Listener::bind(endpoint)?;
        Ok(Self {
            accepting: tokio::spawn(accept(listener, handler)),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept<H: Handler>(mut listener: Listener, handler: Arc<H>) {
    let next = AtomicU64::new(1);
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = room.clone().acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((reading, writing)) => {
                let connection = Connection(next.fetch_add(1, Ordering::Relaxed));
                connections.spawn(serve(connection, reading, writing, handler.clone(), place));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                // Out of descriptors, most likely: let others finish first.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve<H: Handler>(
    connection: Connection,
    reading: Reading,
    mut writing: Writing,
    handler: Arc<H>,
    _place: OwnedSemaphorePermit,
) {
    let mut reading = BufReader::new(reading);
    let greeted = tokio::time::timeout(HELLO, greet(&mut reading, &mut writing, &*handler)).await;
    match greeted {
        Ok(Ok(Greeted::Control)) => {}
        Ok(Ok(Greeted::Relay(hello))) => {
            let stream = RelayStream {
                reading: Box::pin(reading),
                writing: Box::pin(writing),
            };
            return handler.relay(hello, stream).await;
        }
        _ => {
            tracing::debug!(?connection, "a connection ended before its hello");
            return;
        }
    }
    let (writer, outgoing) = mpsc::channel(UNWRITTEN);
    let mut works = JoinSet::new();
    tokio::select! {
        () = write_all(writing, outgoing) => {}
        () = read_all(connection, reading, &handler, writer, &mut works) => {}
    }
    works.shutdown().await;
    handler.ended(connection);
}

/// What a connection is for, by its first line.
enum Greeted {
    Control,
    Relay(RelayHello),
}

async fn greet<H: Handler>(
    reading: &mut BufReader<Reading>,
    writing: &mut Writing,
    handler: &H,
) -> io::Result<Greeted> {
    let mut first = Vec::new();
    line::read(reading, &mut first).await?;
    if let Some(hello) = RelayHello::read(&first) {
        return welcome(writing, handler, hello).await;
    }
    let theirs: Hello = serde_json::from_slice(&first)?;
    tracing::debug!(pid = theirs.pid, "a caller connected");
    let ours = Hello {
        name: "zoomtray".to_owned(),
        protocol: PROTOCOL,
        role: Role::Control,
        pid: std::process::id(),
    };
    line::write(writing, &ours).await?;
    Ok(Greeted::Control)
}

async fn welcome<H: Handler>(
    writing: &mut Writing,
    handler: &H,
    hello: RelayHello,
) -> io::Result<Greeted> {
    let refused = handler.admits(&hello).err();
    let is_admitted = refused.is_none();
    let welcome = RelayWelcome::of_this_process(refused);
    writing.write_all(&welcome.line()).await?;
    writing.flush().await?;
    if is_admitted {
        tracing::debug!(pid = hello.pid, "a relay connected");
        Ok(Greeted::Relay(hello))
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

async fn read_all<H: Handler>(
    connection: Connection,
    mut reading: BufReader<Reading>,
    handler: &Arc<H>,
    writer: mpsc::Sender<Outgoing>,
    works: &mut JoinSet<()>,
) {
    let room = Arc::new(Semaphore::new(AT_WORK));
    let mut line = Vec::new();
    while let Ok(true) = line::read(&mut reading, &mut line).await {
        while works.try_join_next().is_some() {}
        match serde_json::from_slice::<Asked>(&line) {
            Ok(asked) => {
                let Ok(place) = room.clone().acquire_owned().await else {
                    return;
                };
                let work = answer(connection, asked, handler.clone(), writer.clone(), place);
                works.spawn(work);
            }
            Err(error) => {
                let reason = format!("not a request of this protocol: {error}");
                if writer
                    .send(Outgoing::Answer(Answer::unreadable(&reason)))
                    .await
                    .is_err()
                {
                    return;
                }
            }
        }
    }
}

async fn answer<H: Handler>(
    connection: Connection,
    asked: Asked,
    handler: Arc<H>,
    writer: mpsc::Sender<Outgoing>,
    _place: OwnedSemaphorePermit,
) {
    let progress = Progress {
        id: asked.id,
        writer: writer.clone(),
    };
    let outcome = handler.call(connection, asked.request, progress).await;
    // A caller that has gone wants no answer.
    let _unwanted = writer
        .send(Outgoing::Answer(Answer::to(asked.id, outcome)))
        .await;
}

async fn write_all(mut writing: Writing, mut outgoing: mpsc::Receiver<Outgoing>) {
    while let Some(next) = outgoing.recv().await {
        let written = match next {
            Outgoing::Answer(answer) => line::write(&mut writing, &answer).await,
            Outgoing::Told(told) => line::write(&mut writing, &Notification::of(told)).await,
        };
        if let Err(error) = written {
            tracing::debug!(%error, "a caller's socket is closed");
            return;
        }
    }
}

/// The JSON of an answer to `C`.
pub fn answered<C: Call>(answer: &C::Answer) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|error| {
        Failure::new(
            FailureKind::Internal,
            format!("an answer did not serialise: {error}"),
        )
    })
}

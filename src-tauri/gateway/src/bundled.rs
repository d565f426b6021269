//! The bundled server that the app keeps for itself, and the truth about its connection.
//!
//! One task owns it: starts it, proves its connection, starts it again with growing waits when
//! it stops, and publishes every change.

use crate::backoff::{LONG_RUN, delay};
use crate::child::Launch;
use crate::connection::{Connection, Failure};
use crate::log::ServerLog;
use crate::run::Session;
use lifecycle::WallTime;
use secrecy::SecretString;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinError, JoinHandle};
use tokio::time::{Instant, sleep};

/// How long after a proof that failed the next is tried by itself.
const PROVE_AGAIN: Duration = Duration::from_mins(1);

/// How to run the bundled server.
#[derive(Clone)]
pub struct BundledLaunch {
    /// `zoomtray-mcp`, its guard and its environment.
    pub server: Launch,
    /// The file that takes its stderr; a full one is set aside as `NAME.1`.
    pub log: PathBuf,
    /// Secrets that the server's environment holds: never written to the log.
    pub secrets: Vec<SecretString>,
    /// The user's clock.
    pub clock: fn() -> WallTime,
}

/// The running bundled server. Dropping it kills the server; [`BundledServer::close`] asks first.
pub struct BundledServer {
    orders: mpsc::UnboundedSender<Order>,
    connection: watch::Receiver<Connection>,
    task: AbortOnDrop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Prove,
    Reconnect,
    Close,
}

impl BundledServer {
    /// Starts the server. Must be called inside a tokio runtime.
    #[must_use]
    pub fn start(launch: BundledLaunch) -> Self {
        let (orders, received) = mpsc::unbounded_channel();
        let (publish, connection) = watch::channel(Connection::NotStarted);
        let runner = Runner {
            launch,
            orders: received,
            publish,
        };
        Self {
            orders,
            connection,
            task: AbortOnDrop(tokio::spawn(runner.run())),
        }
    }

    /// The connection, now and from here on.
    #[must_use]
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.connection.clone()
    }

    /// The proof has lapsed, by a refresh or a wake: the connection is proven anew.
    pub fn prove(&self) {
        self.order(Order::Prove);
    }

    /// Restarts the server, now, and proves its connection.
    pub fn reconnect(&self) {
        self.order(Order::Reconnect);
    }

    /// Ends the server: stdin EOF, 2 s, SIGTERM, 2 s, SIGKILL.
    pub async fn close(mut self) -> Result<(), JoinError> {
        self.order(Order::Close);
        (&mut self.task.0).await
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            tracing::error!(?order, "the bundled server's task is gone");
        }
    }
}

struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Runner {
    launch: BundledLaunch,
    orders: mpsc::UnboundedReceiver<Order>,
    publish: watch::Sender<Connection>,
}

/// Why a run of the server is over.
enum Over {
    Closed,
    Restart,
    Failed(Failure),
}

impl Runner {
    async fn run(mut self) {
        let mut failures = 0;
        loop {
            self.publish.send_replace(Connection::Starting);
            let started = Instant::now();
            match self.run_once().await {
                Over::Closed => break,
                Over::Restart => failures = 0,
                Over::Failed(why) => {
                    failures = if started.elapsed() >= LONG_RUN {
                        1
                    } else {
                        failures + 1
                    };
                    self.publish.send_replace(Connection::Failed { why });
                    if let Over::Closed = self.pause(delay(failures)).await {
                        break;
                    }
                }
            }
        }
        self.publish.send_replace(Connection::NotStarted);
    }

    async fn run_once(&mut self) -> Over {
        let log = ServerLog {
            path: self.launch.log.clone(),
            secrets: self.launch.secrets.clone(),
        };
        let mut session = match Session::open(&self.launch.server, log).await {
            Ok(session) => session,
            Err(why) => return Over::Failed(why),
        };
        let over = self.attend(&mut session).await;
        session.close().await;
        over
    }

    /// Proves the connection whenever the proof has lapsed, until the run is over.
    async fn attend(&mut self, session: &mut Session) -> Over {
        let mut since = None;
        loop {
            let proof = tokio::select! {
                proof = session.prove() => proof,
                order = self.orders.recv() => match over(order) {
                    Some(over) => return over,
                    None => continue,
                },
            };
            let now = (self.launch.clock)();
            let proven = match proof {
                Ok(missing_scopes) => {
                    let since = *since.get_or_insert(now);
                    Connection::Connected {
                        since,
                        last_answer: now,
                        missing_scopes,
                    }
                }
                Err(why @ (Failure::Rejected(_) | Failure::Unreached(_))) => {
                    since = None;
                    Connection::Failed { why }
                }
                Err(why) => return Over::Failed(why),
            };
            let failed = matches!(proven, Connection::Failed { .. });
            self.publish.send_replace(proven);
            if let Some(over) = self.lapse(session, failed).await {
                return over;
            }
            self.publish.send_replace(Connection::Starting);
        }
    }

    /// Returns once the proof has lapsed, or with why the run is over.
    async fn lapse(&mut self, session: &mut Session, failed: bool) -> Option<Over> {
        tokio::select! {
            order = self.orders.recv() => over(order),
            () = session.ended() => Some(Over::Failed(Failure::Crashed)),
            () = sleep(PROVE_AGAIN), if failed => None,
        }
    }

    /// Waits before the next start. A wish to reconnect ends the wait.
    async fn pause(&mut self, wait: Duration) -> Over {
        let ends = Instant::now() + wait;
        loop {
            let order = tokio::select! {
                order = self.orders.recv() => order,
                () = tokio::time::sleep_until(ends) => return Over::Restart,
            };
            if let Some(over) = over(order) {
                return over;
            }
        }
    }
}

/// What an order means for the run; nothing where only the proof has lapsed. Nobody left to
/// give orders counts as the order to close.
fn over(order: Option<Order>) -> Option<Over> {
    match order {
        Some(Order::Prove) => None,
        Some(Order::Reconnect) => Some(Over::Restart),
        Some(Order::Close) | None => Some(Over::Closed),
    }
}

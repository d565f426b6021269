//! The app's own bundled server: where its programs are, and its connection on the board.

use crate::board::Board;
use crate::clock::wall_now;
use crate::setup::Setup;
use control::{EventKind, ServerView};
use gateway::{BundledLaunch, BundledServer, Connection, Inherited, Launch};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How the bundled server is started, the app's own and those behind relays.
pub(crate) fn bundled_launch() -> Launch {
    Launch {
        guard: companion("zoomtrayctl"),
        program: companion("zoomtray-mcp"),
        arguments: Vec::new(),
        inherited: Inherited::All,
        environment: foreign_credentials(),
        folder: None,
    }
}

/// The bundled server and whoever shows its connection.
pub(crate) struct ServerRunner {
    server: BundledServer,
    showing: JoinHandle<()>,
}

impl ServerRunner {
    /// Starts it. Must be called inside a tokio runtime.
    pub(crate) fn start(setup: &Setup, board: Arc<Board>) -> Self {
        let launch = BundledLaunch {
            server: bundled_launch(),
            log: setup.folders.logs.join("zoomtray-mcp.log"),
            secrets: Vec::new(),
            clock: wall_now,
        };
        let server = BundledServer::start(launch);
        let showing = tokio::spawn(show(server.connection(), board));
        Self { server, showing }
    }

    /// The proof of the connection has lapsed.
    pub(crate) fn prove(&self) {
        self.server.prove();
    }

    /// Restarts it.
    pub(crate) fn reconnect(&self) {
        self.server.reconnect();
    }

    /// Ends it.
    pub(crate) async fn close(self) {
        self.showing.abort();
        if let Err(error) = self.server.close().await {
            tracing::error!(%error, "the bundled server's task failed");
        }
    }
}

/// A program of ours: beside this one.
#[must_use]
pub fn companion(name: &str) -> PathBuf {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let here = std::env::current_exe().ok();
    here.as_deref()
        .and_then(|path| path.parent())
        .map_or_else(|| file.clone().into(), |folder| folder.join(&file))
}

/// The app's server uses the keeper's accounts, whatever the app's environment holds.
fn foreign_credentials() -> Vec<(OsString, Option<OsString>)> {
    [
        "ZOOM_ACCESS_TOKEN",
        "ZOOM_ACCOUNT_ID",
        "ZOOM_CLIENT_ID",
        "ZOOM_CLIENT_SECRET",
    ]
    .into_iter()
    .map(|name| (name.into(), None))
    .collect()
}

async fn show(mut connection: watch::Receiver<Connection>, board: Arc<Board>) {
    loop {
        let view = view(&connection.borrow_and_update().clone());
        let before = board.snapshot();
        // Without an account there is nothing a server could reach, and that is shown already.
        if let Some(text) = sentence(&before.server, &view).filter(|_| !before.accounts.is_empty())
        {
            board.event(wall_now(), EventKind::Server, text);
        }
        board.change(|snapshot| snapshot.server = view);
        if connection.changed().await.is_err() {
            return;
        }
    }
}

fn view(connection: &Connection) -> ServerView {
    match connection {
        Connection::NotStarted => ServerView::None,
        Connection::Starting => ServerView::Starting,
        Connection::Connected {
            since,
            missing_scopes,
            ..
        } => ServerView::Connected {
            since: *since,
            missing_scopes: missing_scopes.clone(),
        },
        Connection::Failed { why } => ServerView::Failed {
            message: why.to_string(),
        },
    }
}

/// What to tell of a change; a proof that is repeated is no news.
fn sentence(before: &ServerView, now: &ServerView) -> Option<String> {
    match now {
        _ if before == now => None,
        ServerView::Connected { missing_scopes, .. } if missing_scopes.is_empty() => {
            Some("The bundled server has reached Zoom.".to_owned())
        }
        ServerView::Connected { missing_scopes, .. } => Some(format!(
            "The bundled server has reached Zoom, but the app lacks {}. Add it to the app's scopes.",
            missing_scopes.join(", ")
        )),
        ServerView::Failed { message } => Some(message.clone()),
        ServerView::None | ServerView::Starting => None,
    }
}

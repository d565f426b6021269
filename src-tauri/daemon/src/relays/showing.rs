//! The sessions on the board.

use crate::board::Board;
use control::{RelayEra, RelayView, RelayedServer};
use gateway::{ServerState, SessionView};
use session::Era;
use std::sync::Arc;
use tokio::sync::watch;

/// Shows the sessions until the gateway is gone.
pub(super) async fn show(mut sessions: watch::Receiver<Vec<SessionView>>, board: Arc<Board>) {
    while sessions.changed().await.is_ok() {
        let views: Vec<RelayView> = sessions.borrow_and_update().iter().map(view).collect();
        board.change(|snapshot| snapshot.relays = views);
    }
}

fn view(session: &SessionView) -> RelayView {
    RelayView {
        entry: session.entry.clone(),
        since: session.since,
        server: match session.server {
            ServerState::Starting => RelayedServer::Starting,
            ServerState::Serving => RelayedServer::Serving,
            ServerState::Down { failures } => RelayedServer::Down { failures },
        },
        era: match session.era {
            Era::Unknown => None,
            Era::Legacy => Some(RelayEra::Legacy),
            Era::Modern => Some(RelayEra::Modern),
        },
        calls: session.calls,
        bundled: session.bundled,
    }
}

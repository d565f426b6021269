//! Word of how far a long read has come, to clients that asked for it.

use rmcp::RoleServer;
use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::{Peer, RequestContext};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// To whom it is told; nobody, if the call had no progress token.
#[derive(Clone, Default)]
pub(crate) struct Progress {
    client: Option<(Peer<RoleServer>, ProgressToken)>,
    told: Arc<AtomicU32>,
}

impl Progress {
    /// For the client of this request.
    pub(crate) fn of(context: &RequestContext<RoleServer>) -> Self {
        let token = context.meta.get_progress_token();
        Self {
            client: token.map(|token| (context.peer.clone(), token)),
            told: Arc::default(),
        }
    }

    /// Tells; nothing unless there is more done than was told of, as MCP demands.
    pub(super) async fn tell(&self, done: u32, total: Option<u32>, message: &str) {
        let Some((client, token)) = &self.client else {
            return;
        };
        if self.told.fetch_max(done, Ordering::Relaxed) >= done {
            return;
        }
        let mut parameters =
            ProgressNotificationParam::new(token.clone(), f64::from(done)).with_message(message);
        parameters.total = total.map(f64::from);
        if client.notify_progress(parameters).await.is_err() {
            tracing::debug!("nobody hears of progress: the session is over");
        }
    }
}

//! What a session tells its log. Never what a message holds.

use session::{Notice, Party};

/// Writes a line to the log, if there is one.
pub(super) fn tell(notice: &Notice) {
    match notice {
        Notice::Noise { from, noise } => {
            tracing::warn!(
                from = who(*from),
                bytes = noise.length,
                "dropped what is no message"
            );
        }
        Notice::Oversized { from, message } => {
            tracing::warn!(
                from = who(*from),
                bytes = message.length,
                "dropped a message over 16 MiB"
            );
        }
        Notice::StrayAnswer { from, .. } => {
            tracing::info!(from = who(*from), "dropped an answer that nobody waits for");
        }
        Notice::DuplicateRequest { from, .. } => {
            tracing::warn!(from = who(*from), "dropped a request under an id in use");
        }
        Notice::NotKept { method } => {
            tracing::warn!(?method, "a subscription ends with this connection");
        }
        Notice::Failed { failures, .. } => tracing::info!(failures, "the keeper is gone"),
        Notice::Switched { .. } => tracing::debug!("another keeper serves"),
        Notice::ToolsDiffer => tracing::info!("the tools are others now"),
    }
}

fn who(party: Party) -> &'static str {
    match party {
        Party::Client => "client",
        Party::Child(_) => "keeper",
    }
}

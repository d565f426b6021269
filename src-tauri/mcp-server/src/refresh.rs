//! `zoom_refresh_token`: a new token now; the token itself never leaves.

use crate::clock;
use crate::reply;
use crate::source::{Problem, Refreshed, SourceError, TokenSource};
use rmcp::model::CallToolResult;
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;

/// How long a tool may take: below the 60 s after which Claude gives a call up. The cooldown
/// (30 s) and a request fit in, except when Zoom answers slowly after a full cooldown.
pub(crate) const LIMIT: Duration = Duration::from_secs(50);

/// A refresh that worked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Report {
    /// What happened.
    message: String,
    /// When the new token expires, RFC 3339 in UTC.
    expires_at: Option<String>,
    /// The new token's lifetime in seconds.
    // As int64, which validators know; they warn of uint64.
    #[schemars(with = "i64")]
    lifetime_seconds: u64,
    /// Until when the cooldown delayed the request, RFC 3339 in UTC; absent if it did not.
    waited_until: Option<String>,
    /// What else to know, a sentence each.
    notices: Vec<String>,
}

/// Runs the tool.
pub(crate) async fn run(source: &dyn TokenSource) -> CallToolResult {
    match tokio::time::timeout(LIMIT, source.refresh()).await {
        Ok(Ok(refreshed)) => reply::success(&report(refreshed)),
        Ok(Err(SourceError { message, .. })) => reply::failure(&message),
        Err(_elapsed) => reply::failure(&still_waiting().message),
    }
}

fn report(refreshed: Refreshed) -> Report {
    let waited_until = refreshed.waited_until.and_then(clock::text);
    let message = match &waited_until {
        Some(until) => format!(
            "There is a new token. The 30 s between two attempts had to pass first, until {until}."
        ),
        None => "There is a new token.".to_owned(),
    };
    Report {
        message,
        expires_at: clock::text(refreshed.span.expires),
        lifetime_seconds: refreshed.span.lifetime().as_secs(),
        waited_until,
        notices: refreshed.notices,
    }
}

/// The refresh goes on without the tool.
fn still_waiting() -> SourceError {
    let message = format!(
        "The refresh takes longer than {} s and goes on by itself. Look at zoom_token_status in \
         half a minute.",
        LIMIT.as_secs()
    );
    SourceError::new(Problem::StillWaiting, message)
}

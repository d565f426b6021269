//! `zoom_refresh_token`: a new token now; the token itself never leaves.

use crate::caller::Zoom;
use crate::clock;
use crate::outcome::{Failure, Outcome, Success};
use crate::source::Refreshed;
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;

/// Kept back from the call's time, so that its answer says how the refresh goes on.
const FOR_THE_ANSWER: Duration = Duration::from_millis(500);

/// A refresh that worked.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Report {
    /// `success`.
    status: &'static str,
    /// What happened.
    message: String,
    /// When the new token expires, RFC 3339 in UTC.
    expires_at: Option<String>,
    /// The new token's lifetime in seconds.
    // As int64, which validators know; they warn of uint64.
    #[schemars(with = "i64")]
    expires_in: u64,
    /// Until when the cooldown delayed the request, RFC 3339 in UTC; absent if it did not.
    waited_until: Option<String>,
    /// What else to know, a sentence each.
    notices: Vec<String>,
}

/// Runs the tool.
pub(super) async fn run(zoom: &Zoom) -> Outcome {
    let time = zoom.time_left().saturating_sub(FOR_THE_ANSWER);
    match tokio::time::timeout(time, zoom.source().refresh()).await {
        Ok(refreshed) => Success::of(&report(refreshed?)),
        // The refresh goes on without the tool.
        Err(_elapsed) => Err(Failure::new(
            "The refresh takes longer than a tool may, and goes on by itself. Look at \
             zoom_token_status in half a minute.",
        )),
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
        status: "success",
        message,
        expires_at: clock::text(refreshed.span.expires),
        expires_in: refreshed.span.lifetime().as_secs(),
        waited_until,
        notices: refreshed.notices,
    }
}

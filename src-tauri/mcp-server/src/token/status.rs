//! `zoom_token_status`: what is known of the token, without a request.

use crate::clock;
use crate::outcome::{Outcome, Success};
use crate::source::{TokenSource, TokenStatus};
use control::RefreshOutcome;
use lifecycle::{State, WallTime};
use schemars::JsonSchema;
use serde::Serialize;

/// The token's state.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Report {
    /// `fresh`, `expiring_soon`, `expiring_very_soon`, `refreshing`, `waiting`, `offline`,
    /// `suspended`, `sign_in_again`, `expired`, `no_account`; `unknown` for a token that was
    /// given without its lifetime.
    state: String,
    /// Zoom's id of the account, where known.
    account_id: Option<String>,
    /// Client id of the Zoom app, where known.
    client_id: Option<String>,
    /// Seconds until the token expires; 0 once it has; absent without a known token.
    // As int64, which validators know; they warn of uint64.
    #[schemars(with = "Option<i64>")]
    remaining_seconds: Option<u64>,
    /// When the token expires, RFC 3339 in UTC.
    expires_at: Option<String>,
    /// The last attempt to refresh.
    last_refresh: Option<LastRefresh>,
    /// When the next attempt is due, RFC 3339 in UTC.
    next_attempt_at: Option<String>,
}

/// How the last attempt to refresh ended.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct LastRefresh {
    /// When it was made, RFC 3339 in UTC.
    at: Option<String>,
    /// `refreshed`, `refused`, `unreachable` or `local` (Zoomtray itself failed).
    outcome: String,
    /// What happened and what to do; empty after a success.
    message: String,
}

/// Runs the tool.
pub(super) async fn run(source: &dyn TokenSource) -> Outcome {
    Success::of(&report(source.status().await?, clock::now()))
}

fn report(status: TokenStatus, now: WallTime) -> Report {
    Report {
        state: status.state.map_or("unknown", name).to_owned(),
        account_id: status.account.account_id,
        client_id: status.account.client_id,
        remaining_seconds: status.span.map(|span| span.remaining(now).as_secs()),
        expires_at: status.span.and_then(|span| clock::text(span.expires)),
        last_refresh: status.last_refresh.map(|last| LastRefresh {
            at: clock::text(last.at),
            outcome: outcome(last.outcome).into(),
            message: last.message,
        }),
        next_attempt_at: status.next_attempt.and_then(clock::text),
    }
}

fn name(state: State) -> &'static str {
    match state {
        State::Fresh => "fresh",
        State::ExpiringSoon => "expiring_soon",
        State::ExpiringVerySoon => "expiring_very_soon",
        State::Refreshing => "refreshing",
        State::Waiting => "waiting",
        State::Offline => "offline",
        State::Suspended => "suspended",
        State::SignInAgain => "sign_in_again",
        State::Expired => "expired",
        State::NoAccount => "no_account",
    }
}

fn outcome(outcome: RefreshOutcome) -> &'static str {
    match outcome {
        RefreshOutcome::Refreshed => "refreshed",
        RefreshOutcome::Refused => "refused",
        RefreshOutcome::Unreachable => "unreachable",
        RefreshOutcome::Local => "local",
    }
}

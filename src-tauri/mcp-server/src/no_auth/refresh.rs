//! `zoom_refresh_token` with explicit credentials.

use super::input::Exchange;
use crate::caller::Zoom;
use crate::clock;
use crate::no_auth::urls;
use crate::outcome::{Failure, Outcome, Success};
use lifecycle::{Answered, WallTime};
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use std::time::Duration;
use zoom::{Grant, Refusal, TokenClient, TokenOutcome, UserApp};

/// How long Zoom may take.
const REQUEST: Duration = Duration::from_secs(20);
/// What a token lives where Zoom does not say.
const USUAL_LIFETIME: i64 = 3600;

/// New tokens, as the server known by this tool returns them.
#[derive(Serialize, JsonSchema)]
pub(super) struct Report {
    /// The new access token.
    access_token: String,
    /// The new refresh token; the one given is dead.
    refresh_token: String,
    /// When the access token expires, RFC 3339 in UTC.
    expires_at: Option<String>,
    /// Seconds until then.
    expires_in: i64,
    /// `success`.
    status: &'static str,
}

/// What is beside the line of a failure, as the server known by this tool returns it.
#[derive(Serialize)]
struct Trouble {
    error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<String>,
    status: &'static str,
}

/// Runs the tool.
pub(super) async fn run(zoom: &Zoom, input: &Exchange) -> Outcome {
    let client = TokenClient::new(REQUEST).map_err(|error| Failure::new(format!("{error}.")))?;
    let sent = zoom.now();
    let app = UserApp {
        client_id: input.zoom_client_id.clone(),
        client_secret: Some(input.zoom_client_secret.clone()),
    };
    let given = &input.zoom_refresh_token;
    match client.refresh(&urls()?, &app, given).await {
        TokenOutcome::Granted(grant) => Success::of(&report(&grant, given, sent)),
        TokenOutcome::Refused(refusal) => Err(refused(&refusal)),
        TokenOutcome::Unavailable(outage) => Err(trouble(
            format!("{outage} The refresh token may have been used up."),
            Some(outage.detail().to_owned()),
        )),
    }
}

/// Without a new refresh token in the answer, the one given stays in use.
fn report(grant: &Grant, given: &SecretString, sent: WallTime) -> Report {
    let lives = grant.expiry.expires_in.filter(|seconds| *seconds > 0);
    let expires_in = lives.unwrap_or(USUAL_LIFETIME);
    let span = Duration::from_secs(expires_in.unsigned_abs());
    let refresh_token = grant.refresh_token.as_ref().unwrap_or(given);
    Report {
        access_token: grant.access_token.expose_secret().to_owned(),
        refresh_token: refresh_token.expose_secret().to_owned(),
        expires_at: clock::text(sent.plus(span)),
        expires_in,
        status: "success",
    }
}

fn refused(refusal: &Refusal) -> Failure {
    let error = match refusal.kind {
        Answered::InvalidGrant => {
            "Zoom refused the refresh token: it has been used, or was revoked. Authorize the app \
             again."
                .to_owned()
        }
        _ => refusal.to_string(),
    };
    trouble(error, Some(refusal.detail()))
}

fn trouble(error: String, details: Option<String>) -> Failure {
    let line = match &details {
        Some(details) if !details.is_empty() => format!("{error} ({details})"),
        _ => error.clone(),
    };
    Failure::new(line).with_content(&Trouble {
        error,
        details,
        status: "error",
    })
}

//! `test_zoom_connection`: asks Zoom with the token, and once more with a newer one if Zoom
//! rejects it.

use crate::caller::{Zoom, rejected_twice, scopes_missing};
use crate::outcome::{Failure, Outcome, Success};
use crate::source::{Account, Lease, Problem, SourceError};
use schemars::JsonSchema;
use serde::Serialize;
use zoom::{ApiOutcome, User};

/// How the connection stands.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Report {
    /// `success` if Zoom answered with this token, else `error`.
    status: Status,
    /// What is wrong; absent after a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
    /// Zoom's id of the account, where known.
    account_id: Option<String>,
    /// Client id of the Zoom app, where known.
    client_id: Option<String>,
    /// Whether a token is held for the next call.
    token_cached: bool,
    /// What happened, and what to do if it is not well.
    message: String,
    /// Scopes that Zoom asked for and the app lacks.
    missing_scopes: Vec<String>,
    /// Something to put right although Zoom answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Status {
    Success,
    #[default]
    Error,
}

/// Runs the tool.
pub(super) async fn run(zoom: &Zoom) -> Outcome {
    let report = match ask(zoom).await {
        Ok((outcome, lease)) => judge(outcome, lease.account),
        Err(error) => Report::failed(error, Account::default(), false),
    };
    match report.status {
        Status::Success => Success::of(&report),
        Status::Error => Err(Failure::new(report.message.clone()).with_content(&report)),
    }
}

/// No attempt is repeated: what it is like now is the question.
async fn ask(zoom: &Zoom) -> Result<(ApiOutcome<User>, Lease), SourceError> {
    let api = zoom.api()?;
    let lease = zoom.source().token().await?;
    match api.get_me(&lease.urls, &lease.token).await {
        ApiOutcome::TokenRejected(_) => {
            let newer = zoom.source().newer_than(lease).await?;
            let outcome = api.get_me(&newer.urls, &newer.token).await;
            Ok((outcome, newer))
        }
        outcome => Ok((outcome, lease)),
    }
}

fn judge(outcome: ApiOutcome<User>, account: Account) -> Report {
    match outcome {
        ApiOutcome::Ok(user) => Report::answered(user.account_id, account),
        ApiOutcome::MissingScope { scopes, .. } => Report::without_scopes(scopes, account),
        ApiOutcome::RateLimited(outage) => {
            Report::with_warning(format!("Zoom answered, but: {outage}"), account)
        }
        ApiOutcome::Refused(refusal) => Report::with_warning(
            format!("Zoom answered, but: {refusal} ({})", refusal.detail()),
            account,
        ),
        ApiOutcome::TokenRejected(refusal) => {
            let message = rejected_twice(&refusal).line().to_owned();
            Report::failed(
                SourceError::new(Problem::TokenRejected, message),
                account,
                false,
            )
        }
        ApiOutcome::Unavailable(outage) => {
            let error = SourceError::new(Problem::Unreachable, outage.to_string());
            Report::failed(error, account, true)
        }
    }
}

impl Report {
    fn answered(account_id: String, account: Account) -> Self {
        Self {
            status: Status::Success,
            message: format!("Zoom accepts the token of account {account_id}."),
            account_id: Some(account_id),
            client_id: account.client_id,
            token_cached: true,
            ..Self::default()
        }
    }

    fn with_warning(warning: String, account: Account) -> Self {
        Self {
            status: Status::Success,
            message: "Zoom answered with this token; see the warning.".to_owned(),
            account_id: account.account_id,
            client_id: account.client_id,
            token_cached: true,
            warning: Some(warning),
            ..Self::default()
        }
    }

    fn without_scopes(missing_scopes: Vec<String>, account: Account) -> Self {
        let warning = scopes_missing(&missing_scopes);
        Self {
            missing_scopes,
            ..Self::with_warning(warning, account)
        }
    }

    fn failed(error: SourceError, account: Account, token_cached: bool) -> Self {
        Self {
            problem: Some(error.problem),
            message: error.message,
            account_id: account.account_id,
            client_id: account.client_id,
            token_cached,
            ..Self::default()
        }
    }
}

//! `test_zoom_connection`: asks Zoom with the token, and once more with a newer one if Zoom
//! rejects it.

use crate::reply;
use crate::source::{Account, Lease, Problem, SourceError, TokenSource};
use rmcp::model::CallToolResult;
use schemars::JsonSchema;
use serde::Serialize;
use zoom::{ApiClient, ApiOutcome, User};

/// How the connection stands.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Report {
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
pub(crate) async fn run(
    source: &dyn TokenSource,
    api: Result<&ApiClient, SourceError>,
) -> CallToolResult {
    let asked = match api {
        Ok(api) => ask(source, api).await,
        Err(error) => Err(error),
    };
    let report = match asked {
        Ok((outcome, lease)) => judge(outcome, lease.account),
        Err(error) => Report::failed(error, Account::default(), false),
    };
    if report.status == Status::Success {
        reply::success(&report)
    } else {
        reply::detailed_failure(&report.message, &report)
    }
}

async fn ask(
    source: &dyn TokenSource,
    api: &ApiClient,
) -> Result<(ApiOutcome<User>, Lease), SourceError> {
    let lease = source.token().await?;
    match api.get_me(&lease.urls, &lease.token).await {
        ApiOutcome::TokenRejected(_) => {
            let newer = source.newer_than(lease).await?;
            let outcome = api.get_me(&newer.urls, &newer.token).await;
            Ok((outcome, newer))
        }
        outcome => Ok((outcome, lease)),
    }
}

fn judge(outcome: ApiOutcome<User>, account: Account) -> Report {
    match outcome {
        ApiOutcome::Ok(user) => Report::answered(user.account_id, account),
        ApiOutcome::MissingScope(scopes) => Report::without_scopes(scopes, account),
        ApiOutcome::RateLimited(outage) => {
            Report::with_warning(format!("Zoom answered, but: {outage}"), account)
        }
        ApiOutcome::Refused(refusal) => Report::with_warning(
            format!("Zoom answered, but: {refusal} ({})", refusal.detail()),
            account,
        ),
        ApiOutcome::TokenRejected(refusal) => {
            let message = format!(
                "Zoom rejects the token, and a new one too ({}). Another program may be using \
                 this Zoom app: give each program an app of its own, or let all use Zoomtray.",
                refusal.detail()
            );
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
        let names = match missing_scopes.as_slice() {
            [] => "a scope that Zoom does not name".to_owned(),
            [scope] => format!("the scope {scope}"),
            scopes => format!("one of the scopes {}", scopes.join(", ")),
        };
        let warning = format!(
            "The Zoom app lacks {names}. Add it on the app's Scopes page at \
             https://marketplace.zoom.us, then use zoom_refresh_token."
        );
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

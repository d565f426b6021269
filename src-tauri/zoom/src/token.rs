//! Asking Zoom for an access token. One call is one attempt and ends within its time-out.

use crate::credentials::ServerToServer;
use crate::grant::{Grant, Notice};
use crate::grants::GrantType;
use crate::http_client::{ClientError, Connections, HttpClient};
use crate::outage::Outage;
use crate::refusal::Refusal;
use crate::scrub::Scrubber;
use crate::token_answer;
use crate::urls::ServiceUrls;
use secrecy::ExposeSecret;
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;

/// What came of a token request.
#[derive(Clone, Debug)]
pub enum TokenOutcome {
    /// A token.
    Granted(Grant),
    /// Zoom said no. Asking again with the same credentials will not help.
    Refused(Refusal),
    /// No usable answer. Asking later may help.
    Unavailable(Outage),
}

/// Asks for tokens. Holds no credentials and keeps no connection open between calls.
pub struct TokenClient {
    pub(crate) http: HttpClient,
    pub(crate) timeout: Duration,
}

impl TokenClient {
    /// Loads the system's roots and proxy settings, which takes some milliseconds. `timeout`
    /// bounds a whole call; it must be shorter than the cooldown between attempts.
    pub fn new(timeout: Duration) -> Result<Self, ClientError> {
        Ok(Self {
            http: HttpClient::new(timeout, Connections::CloseAfterUse)?,
            timeout,
        })
    }

    /// The `account_credentials` grant. A `token_index` that Zoom refuses is left out in one more
    /// request within the same time-out, and the grant carries [`Notice::IndexRefused`].
    pub async fn server_to_server(
        &self,
        urls: &ServiceUrls,
        credentials: &ServerToServer,
    ) -> TokenOutcome {
        let deadline = Instant::now() + self.timeout;
        let first = self
            .request(urls, credentials, credentials.token_index, deadline)
            .await;
        match (first, credentials.token_index) {
            (TokenOutcome::Refused(refusal), Some(index)) if refusal.refuses_index() => {
                with_notice(self.request(urls, credentials, None, deadline).await, index)
            }
            (outcome, _) => outcome,
        }
    }

    async fn request(
        &self,
        urls: &ServiceUrls,
        credentials: &ServerToServer,
        index: Option<u32>,
        deadline: Instant,
    ) -> TokenOutcome {
        let url = urls.token_endpoint();
        let secret = credentials.client_secret.expose_secret();
        let request = self
            .http
            .requests()
            .post(&url)
            .timeout(deadline.saturating_duration_since(Instant::now()))
            .basic_auth(&credentials.client_id, Some(secret))
            .form(&parameters(&credentials.account_id, index));
        let scrubber = Scrubber::for_basic(&credentials.client_id, &credentials.client_secret);
        match self.http.send(&url, request, &scrubber).await {
            Ok(answer) => token_answer::read(&answer, GrantType::AccountCredentials, &scrubber),
            Err(outage) => TokenOutcome::Unavailable(outage),
        }
    }
}

impl fmt::Debug for TokenClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenClient")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

fn parameters(account_id: &str, index: Option<u32>) -> Vec<(&'static str, String)> {
    let mut parameters = vec![
        ("grant_type", "account_credentials".to_owned()),
        ("account_id", account_id.to_owned()),
    ];
    parameters.extend(index.map(|index| ("token_index", index.to_string())));
    parameters
}

fn with_notice(outcome: TokenOutcome, index: u32) -> TokenOutcome {
    match outcome {
        TokenOutcome::Granted(mut grant) => {
            grant.notices.push(Notice::IndexRefused(index));
            TokenOutcome::Granted(grant)
        }
        other => other,
    }
}

//! One token from the environment. It cannot be refreshed, and says so.

use super::{Account, Answer, Lease, Problem, Refreshed, SourceError, TokenSource, TokenStatus};
use secrecy::SecretString;
use std::pin::Pin;
use zoom::ServiceUrls;

/// The token of `ZOOM_ACCESS_TOKEN`.
pub(crate) struct FixedToken {
    token: SecretString,
    api_url: Option<String>,
}

/// What to do when a fixed token is not enough.
const FIXED: &str = "the token comes from ZOOM_ACCESS_TOKEN and cannot be refreshed here; remove \
                     that variable so that Zoomtray keeps the token, or set a new one and restart \
                     the server";

impl FixedToken {
    /// `api_url` is where the token is good; none is Zoom itself.
    pub(crate) fn new(token: SecretString, api_url: Option<String>) -> Self {
        Self { token, api_url }
    }

    fn lease(&self) -> Result<Lease, SourceError> {
        let default = ServiceUrls::default();
        let urls = match &self.api_url {
            Some(api) => ServiceUrls::parse(default.oauth(), api)
                .map_err(|error| SourceError::new(Problem::Local, error.to_string()))?,
            None => default,
        };
        let (token, account) = (self.token.clone(), Account::default());
        Ok(Lease {
            token,
            generation: 0,
            urls,
            account,
        })
    }
}

impl TokenSource for FixedToken {
    fn token(&self) -> Answer<'_, Lease> {
        Box::pin(async { self.lease() })
    }

    fn status(&self) -> Answer<'_, TokenStatus> {
        Box::pin(async {
            Ok(TokenStatus {
                account: Account::default(),
                state: None,
                span: None,
                last_refresh: None,
                next_attempt: None,
            })
        })
    }

    fn refresh(&self) -> Answer<'_, Refreshed> {
        let message = format!("Nothing was refreshed: {FIXED}.");
        Box::pin(async { Err(SourceError::new(Problem::NotPossible, message)) })
    }

    fn newer_than(&self, _rejected: Lease) -> Answer<'_, Lease> {
        let message = format!("Zoom rejects the token: {FIXED}.");
        Box::pin(async { Err(SourceError::new(Problem::TokenRejected, message)) })
    }

    fn leave(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(async {})
    }
}

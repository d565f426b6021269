//! One attempt: the client secret from where it is, then the request to Zoom.

use crate::configuration::{ClientSecret, Credentials};
use crate::news::Explanation;
use lifecycle::{Local, Outcome, REQUEST_TIMEOUT, Transient};
use secrecy::SecretString;
use std::sync::Arc;
use tokio::sync::OnceCell;
use vault::{AccountId, Kind, Vault, VaultError};
use zoom::{ClientError, Grant, ServerToServer, ServiceUrls, TokenClient, TokenOutcome};

/// Everything an attempt needs; cheap to clone.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) account: AccountId,
    pub(crate) credentials: Credentials,
    pub(crate) secret: ClientSecret,
    pub(crate) service: ServiceUrls,
    pub(crate) vault: Vault,
    /// Made at the first request: reading the system's roots takes milliseconds.
    pub(crate) client: Arc<OnceCell<TokenClient>>,
}

/// What came of it.
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    pub(crate) result: Result<Grant, Explanation>,
}

impl Question {
    pub(crate) async fn ask(self) -> Answer {
        let client_secret = match self.client_secret().await {
            Ok(secret) => secret,
            Err((kind, message)) => return Answer::failed(Outcome::Local(kind), message, None),
        };
        let client = || async { TokenClient::new(REQUEST_TIMEOUT) };
        let client = match self.client.get_or_try_init(client).await {
            Ok(client) => client,
            Err(error) => return Answer::no_client(&error),
        };
        let Credentials {
            account_id,
            client_id,
            token_index,
        } = self.credentials;
        let credentials = ServerToServer {
            account_id,
            client_id,
            client_secret,
            token_index,
        };
        Answer::of(client.server_to_server(&self.service, &credentials).await)
    }

    async fn client_secret(&self) -> Result<SecretString, (Local, String)> {
        let account = match &self.secret {
            ClientSecret::Given(secret) => return Ok(secret.clone()),
            ClientSecret::Vault => &self.account,
        };
        match self.vault.read(account, Kind::ClientSecret).await {
            Ok(Some(item)) => Ok(item.secret),
            Ok(None) => Err((
                Local::SecretMissing,
                format!(
                    "The client secret of account {account} is not in the vault. Add the account \
                     again."
                ),
            )),
            Err(error) => Err((local(&error), format!("No token was asked for: {error}."))),
        }
    }
}

/// Which kind of trouble with the vault it is.
pub(crate) fn local(error: &VaultError) -> Local {
    match error {
        VaultError::Locked => Local::VaultLocked,
        _ => Local::VaultFailed,
    }
}

impl Answer {
    fn of(outcome: TokenOutcome) -> Self {
        let ending = outcome.ending();
        match outcome {
            TokenOutcome::Granted(grant) => Self {
                outcome: ending,
                result: Ok(grant),
            },
            TokenOutcome::Refused(refusal) => {
                Self::failed(ending, refusal.to_string(), Some(refusal.detail()))
            }
            TokenOutcome::Unavailable(outage) => {
                let detail = Some(outage.detail().to_owned()).filter(|detail| !detail.is_empty());
                Self::failed(ending, outage.to_string(), detail)
            }
        }
    }

    fn no_client(error: &ClientError) -> Self {
        let outcome = Outcome::Transient {
            kind: Transient::Tls,
            retry_after: None,
        };
        Self::failed(outcome, format!("{error}."), None)
    }

    fn failed(outcome: Outcome, message: String, detail: Option<String>) -> Self {
        Self {
            outcome,
            result: Err(Explanation { message, detail }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lifecycle::COOLDOWN;
    use vault::CALL_DEADLINE;

    #[test]
    fn the_secret_and_the_request_fit_into_the_cooldown() {
        assert!(CALL_DEADLINE + REQUEST_TIMEOUT < COOLDOWN);
    }
}

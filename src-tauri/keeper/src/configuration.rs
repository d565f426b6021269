//! What a keeper is started with.

use crate::actor::Actor;
use crate::before_request::BeforeRequest;
use crate::clock::{Clock, SystemClock};
use crate::handle::KeeperHandle;
use crate::store::AttemptStore;
use lifecycle::Policy;
use secrecy::{ExposeSecret, SecretString};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;
use vault::{AccountId, Vault};
use zoom::ServiceUrls;

/// Everything about one account that its keeper needs.
pub struct Configuration {
    /// Our id for the account.
    pub account: AccountId,
    /// Who it is at Zoom.
    pub credentials: Credentials,
    /// Where the client secret comes from.
    pub secret: ClientSecret,
    /// Where its Zoom is.
    pub service: ServiceUrls,
    /// A refresh starts when less than this is left.
    pub threshold: Duration,
    /// Whether tokens are refreshed unasked.
    pub auto_refresh: bool,
    /// Where the access token is kept.
    pub vault: Vault,
    /// Whether others may change what the vault keeps.
    pub custody: Custody,
    /// Where attempts are written.
    pub attempts: AttemptStore,
    /// Who is told of each request, if a new token ends the last.
    pub before_request: Option<Arc<dyn BeforeRequest>>,
}

/// A server-to-server account at Zoom, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Zoom's account id.
    pub account_id: String,
    /// The app's client id.
    pub client_id: String,
    /// Zoom's token index, for apps that have several.
    pub token_index: Option<u32>,
}

/// Where the client secret comes from.
#[derive(Clone, Debug)]
pub enum ClientSecret {
    /// From the vault, read at each request.
    Vault,
    /// From whoever started the keeper; it is never saved.
    Given(SecretString),
}

impl ClientSecret {
    /// Whether it is this one, as far as it is known without the vault.
    pub(crate) fn is(&self, other: &SecretString) -> bool {
        match self {
            Self::Vault => false,
            Self::Given(secret) => secret.expose_secret() == other.expose_secret(),
        }
    }
}

/// Who has access to the token in the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custody {
    /// This keeper alone: what it saved is there.
    Sole,
    /// Other programs may delete or damage it, as in a folder of files: the vault is asked
    /// before each hand-out, and a token that is gone is replaced.
    Shared,
}

/// Starts keeping an account's token, in a task of the current tokio runtime. The task ends
/// when the last handle is dropped or [`KeeperHandle::close`] is called.
#[must_use]
pub fn start(configuration: Configuration) -> KeeperHandle {
    start_by(configuration, Arc::new(SystemClock))
}

pub(crate) fn start_by(configuration: Configuration, clock: Arc<dyn Clock>) -> KeeperHandle {
    let (actor, mailbox, handle) = Actor::new(configuration, clock);
    tokio::spawn(actor.run(mailbox));
    handle
}

impl Configuration {
    pub(crate) fn policy(&self) -> Policy {
        let mut hasher = DefaultHasher::new();
        self.account.hash(&mut hasher);
        Policy {
            threshold: self.threshold,
            auto_refresh: self.auto_refresh,
            jitter_seed: hasher.finish(),
        }
    }
}

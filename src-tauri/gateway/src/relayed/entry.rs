//! What stands behind a relayed entry. Whoever keeps the entries says so.

use crate::child::Launch;
use secrecy::SecretString;
use session::{Coexistence, TokenUse};
use std::future::Future;
use std::pin::Pin;

/// A relayed entry.
#[derive(Clone)]
pub struct Entry {
    /// Its name in the client's config.
    pub name: String,
    /// Its server.
    pub server: Server,
    /// Whether two copies of the server can live at the same time.
    pub coexistence: Coexistence,
}

/// The server of an entry.
#[derive(Clone)]
pub enum Server {
    /// `zoomtray-mcp`, which asks the keeper for its token.
    Bundled(Launch),
    /// Somebody else's.
    ThirdParty(ThirdParty),
}

/// A server as the client's config named it before Zoomtray's relay stood there.
#[derive(Clone)]
pub struct ThirdParty {
    /// Its program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its own variables; `${NAME}` stands for one of the relay's.
    pub variables: Vec<(String, SecretString)>,
    /// The variable that takes the token; none for a server that has nothing to do with Zoom.
    pub token_variable: Option<String>,
    /// What of the above is secret, for its log.
    pub secrets: Vec<SecretString>,
}

impl Entry {
    /// How its server gets the token.
    pub(super) fn token_use(&self) -> TokenUse {
        match &self.server {
            Server::Bundled(_) => TokenUse::Subscribed,
            Server::ThirdParty(server) if server.token_variable.is_some() => TokenUse::Environment,
            Server::ThirdParty(_) => TokenUse::None,
        }
    }

    /// Whether its server is the bundled one.
    pub(super) fn is_bundled(&self) -> bool {
        matches!(self.server, Server::Bundled(_))
    }
}

/// The answer to the question for an entry.
pub type Found<'a> = Pin<Box<dyn Future<Output = Result<Entry, NoEntry>> + Send + 'a>>;

/// Knows the entries.
pub trait Entries: Send + Sync + 'static {
    /// The entry `name`.
    fn find<'a>(&'a self, name: &'a str) -> Found<'a>;
}

/// There is no such entry, or it cannot be read now: what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoEntry(pub String);

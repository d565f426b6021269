//! The gateway: what all sessions share, and the way in.

use super::driver::{Client, Driver};
use super::entry::Entries;
use super::handshakes::Handshakes;
use super::news::Farewell;
use super::registry::Registry;
use super::token::AccountToken;
use super::unknown;
use super::view::SessionView;
use crate::gate::Gate;
use lifecycle::WallTime;
use session::Moment;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, mpsc, watch};

/// What a gateway is made from.
pub struct GatewaySettings {
    /// `zoomtrayctl`, whose hidden subcommand `guard` is the guard.
    pub guard: PathBuf,
    /// The folder of the servers' logs.
    pub logs: PathBuf,
    /// The folder of the kept handshakes.
    pub handshakes: PathBuf,
    /// A clock that counts sleep.
    pub clock: fn() -> Moment,
    /// The user's clock.
    pub wall: fn() -> WallTime,
    /// The line with which a relay is told that the user quit; no message of MCP.
    pub goodbye: &'static str,
    /// Policy, approvals and audit.
    pub gate: Gate,
    /// The token, now and from here on.
    pub token: watch::Receiver<AccountToken>,
    /// Told when a call waits for a token.
    pub token_wanted: Arc<Notify>,
    /// The entries.
    pub entries: Arc<dyn Entries>,
}

/// Who connects.
#[derive(Clone)]
pub struct Relay {
    /// The entry that it was started for.
    pub entry: String,
    /// Tells its session from others, across keepers; empty if it does not say.
    pub session: String,
    /// Its variables.
    pub environment: BTreeMap<String, String>,
    /// Its working folder.
    pub folder: Option<PathBuf>,
}

/// Serves relays. Clones are the same one.
#[derive(Clone)]
pub struct Gateway {
    shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) settings: GatewaySettings,
    pub(super) handshakes: Handshakes,
    pub(super) registry: Arc<Registry>,
}

impl Gateway {
    /// A gateway with no session.
    #[must_use]
    pub fn new(settings: GatewaySettings) -> Self {
        Self {
            shared: Arc::new(Shared {
                handshakes: Handshakes::new(settings.handshakes.clone()),
                registry: Arc::new(Registry::new()),
                settings,
            }),
        }
    }

    /// The sessions, now and from here on, the oldest first.
    #[must_use]
    pub fn sessions(&self) -> watch::Receiver<Vec<SessionView>> {
        self.shared.registry.views()
    }

    /// Whether relays are still served.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.shared.registry.is_closing()
    }

    /// Serves a relay until it is gone or the gateway closes, and its servers have ended.
    pub async fn serve(
        &self,
        relay: Relay,
        reading: Pin<Box<dyn AsyncRead + Send>>,
        writing: Pin<Box<dyn AsyncWrite + Send>>,
    ) {
        let (mailbox, news) = mpsc::unbounded_channel();
        let registered = self.shared.registry.enter(mailbox.clone());
        let mut lobby = unknown::Lobby {
            client: Client::new(reading, writing),
            news,
            goodbye: self.shared.settings.goodbye,
        };
        let found = lobby.wait_for_entry(&*self.shared.settings.entries, &relay.entry);
        if let Some((entry, first)) = found.await {
            let unknown::Lobby { client, news, .. } = lobby;
            let driver = Driver::new(
                &self.shared,
                entry,
                relay,
                client,
                mailbox,
                news,
                registered,
            );
            driver.run(first).await;
        }
    }

    /// Returns once nothing is in flight that a token request that ends the last token would
    /// break, or after ten seconds. [`Gateway::request_over`] must follow.
    pub async fn drain(&self) {
        self.shared.registry.drain().await;
    }

    /// The token request is over; a token that it brought has been told.
    pub fn request_over(&self) {
        self.shared.registry.request_over();
    }

    /// Ends every session and takes no other; returns when their servers have ended.
    pub async fn close(&self, farewell: Farewell) {
        self.shared.registry.close(farewell).await;
    }
}

//! Token requests of an account whose new token ends the last: no call is in flight then.

use gateway::Gateway;
use keeper::BeforeRequest;
use std::future::Future;
use std::pin::Pin;
use tokio::sync::mpsc;

/// Holds and drains the relayed servers' calls around each request.
pub(super) struct Drain {
    gateway: Gateway,
    over: mpsc::UnboundedSender<()>,
}

impl Drain {
    pub(super) fn new(gateway: Gateway, over: mpsc::UnboundedSender<()>) -> Self {
        Self { gateway, over }
    }
}

impl BeforeRequest for Drain {
    fn ahead(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(self.gateway.drain())
    }

    fn over(&self) {
        // Told where the token is known: held calls must not go to the old one.
        if self.over.send(()).is_err() {
            tracing::debug!("a token request ended while the keeper was closing");
        }
    }
}

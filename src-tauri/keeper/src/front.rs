//! Where a valid token is handed out from: memory, without a word to the keeper's task.

use crate::clock::Clock;
use crate::lease::TokenLease;
use lifecycle::{Life, Stored};
use secrecy::SecretString;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// The token on offer. Written by the keeper's task alone.
pub(crate) struct Front {
    clock: Arc<dyn Clock>,
    offer: RwLock<Option<Offer>>,
}

/// A token that may be handed out while it lives.
#[derive(Clone)]
pub(crate) struct Offer {
    pub(crate) life: Life,
    pub(crate) stored: Stored,
    pub(crate) secret: SecretString,
}

impl Front {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            offer: RwLock::new(None),
        }
    }

    pub(crate) fn set(&self, offer: Option<Offer>) {
        *self.offer.write().unwrap_or_else(PoisonError::into_inner) = offer;
    }

    /// The token on offer, if it serves a caller who needs `min_ttl`.
    pub(crate) fn lease(&self, min_ttl: Duration) -> Option<TokenLease> {
        let now = self.clock.now();
        let offer = self.offer.read().unwrap_or_else(PoisonError::into_inner);
        let offer = offer
            .as_ref()
            .filter(|offer| offer.life.serves(now, min_ttl))?;
        Some(TokenLease {
            token: offer.secret.clone(),
            generation: offer.life.generation(),
            span: offer.life.span(now),
            stored: offer.stored,
        })
    }
}

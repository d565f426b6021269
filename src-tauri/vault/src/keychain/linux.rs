//! The keychain of Linux: the Secret Service of the session bus (gnome-keyring, `KWallet`).
//!
//! `keyring` asks the user to unlock whatever is locked, so every call first looks whether
//! anything is, and no call but [`unlock`](Backend::unlock) raises a dialog. Every call
//! opens a store of its own: the one `keyring` keeps for a process ends with the daemon it
//! was opened with. Between calls nothing is connected. Items have the attributes `service`
//! and `username`, as other programs look them up.

use super::items::{Items, ItemsError};
use crate::account::Place;
use crate::backend::Backend;
use crate::error::VaultError;
use crate::item::Item;
use std::collections::HashMap;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use zbus_secret_service_keyring_store::Store;

mod lock;

/// The items of one service name.
pub(crate) struct Keychain {
    service: String,
    /// Runs only while a look at the locks does.
    runtime: Option<Runtime>,
}

impl Keychain {
    pub(crate) fn new(service: String) -> Self {
        Self {
            service,
            runtime: None,
        }
    }

    /// Runs `call` for at most `patience`.
    fn run<T>(
        &mut self,
        patience: Duration,
        call: impl Future<Output = Result<T, VaultError>>,
    ) -> Result<T, VaultError> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => Builder::new_current_thread().enable_all().build()?,
        };
        let outcome = runtime.block_on(async {
            tokio::time::timeout(patience, call)
                .await
                .unwrap_or(Err(VaultError::TimedOut(patience)))
        });
        self.runtime = Some(runtime);
        outcome
    }

    /// Does `call` if nothing it needs is locked.
    fn quietly<T>(
        &mut self,
        place: &Place,
        patience: Duration,
        call: impl FnOnce(&Items) -> Result<T, ItemsError>,
    ) -> Result<T, VaultError> {
        self.ensure_unlocked(place, patience)?;
        let store = Store::new().map_err(|error| {
            let action = "open a session";
            explain(ItemsError::Store { action, error })
        })?;
        // Its key exchange took a while.
        self.ensure_unlocked(place, patience)?;
        let items = Items::new(store, self.service.clone(), |place| {
            Some(("label", format!("Zoomtray: {place}")))
        });
        call(&items).map_err(explain)
    }

    fn ensure_unlocked(&mut self, place: &Place, patience: Duration) -> Result<(), VaultError> {
        let (service, user) = (self.service.clone(), place.user());
        let attributes = HashMap::from([("service", &*service), ("username", &*user)]);
        self.run(patience, lock::ensure_item_unlocked(attributes))
    }
}

impl Backend for Keychain {
    fn read(&mut self, place: &Place, patience: Duration) -> Result<Option<Item>, VaultError> {
        self.quietly(place, patience, |items| items.read(place))
    }

    fn write(&mut self, place: &Place, item: &Item, patience: Duration) -> Result<(), VaultError> {
        self.quietly(place, patience, |items| items.write(place, item))
    }

    fn delete(&mut self, place: &Place, patience: Duration) -> Result<(), VaultError> {
        self.quietly(place, patience, |items| items.delete(place))
    }

    fn check(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.run(patience, lock::ensure_unlocked())
    }

    fn unlock(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.run(patience, lock::unlock())
    }
}

/// Gives the store's errors the meaning the Secret Service gave them.
fn explain(error: ItemsError) -> VaultError {
    use keyring::Error::{NoStorageAccess, PlatformFailure};
    match error {
        ItemsError::Store {
            action,
            error: PlatformFailure(cause) | NoStorageAccess(cause),
        } => match cause.downcast::<secret_service::Error>() {
            Ok(cause) => lock::failed(action)(*cause),
            Err(cause) => VaultError::Keychain {
                action: action.to_owned(),
                reason: cause.to_string(),
            },
        },
        other => other.explain(),
    }
}

#[cfg(test)]
mod tests;

//! The keychain of Windows: the Credential Manager. It is unlocked while the user is logged
//! in and raises no dialog.

use super::chosen::chosen_store;
use super::items::{Items, ItemsError};
use super::limit::fitting;
use crate::account::Place;
use crate::backend::Backend;
use crate::error::VaultError;
use crate::item::Item;
use std::time::Duration;

/// `CRED_MAX_CREDENTIAL_BLOB_SIZE`.
const ITEM_LIMIT: usize = 5 * 512;

/// The items of one service name.
pub(crate) struct Keychain {
    service: String,
}

impl Keychain {
    pub(crate) fn new(service: String) -> Self {
        Self { service }
    }

    fn items(&self) -> Result<Items, VaultError> {
        // Without this the items would follow a domain user to every computer.
        let manner = |_: &Place| Some(("persistence", "Local".to_owned()));
        Ok(Items::new(chosen_store()?, self.service.clone(), manner))
    }
}

impl Backend for Keychain {
    fn read(&mut self, place: &Place, _: Duration) -> Result<Option<Item>, VaultError> {
        self.items()?.read(place).map_err(ItemsError::explain)
    }

    fn write(&mut self, place: &Place, item: &Item, _: Duration) -> Result<(), VaultError> {
        let item = fitting(place, item, ITEM_LIMIT)?;
        self.items()?
            .write(place, &item)
            .map_err(ItemsError::explain)
    }

    fn delete(&mut self, place: &Place, _: Duration) -> Result<(), VaultError> {
        self.items()?.delete(place).map_err(ItemsError::explain)
    }

    fn check(&mut self, _: Duration) -> Result<(), VaultError> {
        self.items().map(drop)
    }

    fn unlock(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.check(patience)
    }
}

//! A store whose items are read once and then kept in memory.

use crate::account::Place;
use crate::backend::Backend;
use crate::error::VaultError;
use crate::item::Item;
use std::collections::HashMap;
use std::time::Duration;

/// `store` with what was read from or written to it. Holds as long as nobody else writes.
pub(crate) struct Cached<B> {
    store: B,
    items: HashMap<Place, Item>,
}

impl<B> Cached<B> {
    pub(crate) fn new(store: B) -> Self {
        Self {
            store,
            items: HashMap::new(),
        }
    }

    /// Keeps `item` if it was stored; if that is not certain, the store is asked next time.
    fn remember(
        &mut self,
        place: &Place,
        item: &Item,
        stored: Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        match &stored {
            Ok(()) => self.items.insert(place.clone(), item.clone()),
            Err(_) => self.items.remove(place),
        };
        stored
    }
}

impl<B: Backend> Backend for Cached<B> {
    fn read(&mut self, place: &Place, patience: Duration) -> Result<Option<Item>, VaultError> {
        if let Some(item) = self.items.get(place) {
            return Ok(Some(item.clone()));
        }
        let item = self.store.read(place, patience)?;
        if let Some(item) = &item {
            self.items.insert(place.clone(), item.clone());
        }
        Ok(item)
    }

    fn write(&mut self, place: &Place, item: &Item, patience: Duration) -> Result<(), VaultError> {
        let stored = self.store.write(place, item, patience);
        self.remember(place, item, stored)
    }

    fn write_verified(
        &mut self,
        place: &Place,
        item: &Item,
        patience: Duration,
    ) -> Result<(), VaultError> {
        let stored = self.store.write_verified(place, item, patience);
        self.remember(place, item, stored)
    }

    fn delete(&mut self, place: &Place, patience: Duration) -> Result<(), VaultError> {
        self.items.remove(place);
        self.store.delete(place, patience)
    }

    fn check(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.store.check(patience)
    }

    fn unlock(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.store.unlock(patience)
    }
}

//! A vault that forgets everything at the end of the process.

use crate::account::Place;
use crate::backend::Backend;
use crate::error::VaultError;
use crate::item::Item;
use std::collections::HashMap;
use std::time::Duration;

/// Items of this process.
#[derive(Default)]
pub(crate) struct Memory(HashMap<Place, Item>);

impl Backend for Memory {
    fn read(&mut self, place: &Place, _: Duration) -> Result<Option<Item>, VaultError> {
        Ok(self.0.get(place).cloned())
    }

    fn write(&mut self, place: &Place, item: &Item, _: Duration) -> Result<(), VaultError> {
        self.0.insert(place.clone(), item.clone());
        Ok(())
    }

    fn delete(&mut self, place: &Place, _: Duration) -> Result<(), VaultError> {
        self.0.remove(place);
        Ok(())
    }

    fn check(&mut self, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }

    fn unlock(&mut self, _: Duration) -> Result<(), VaultError> {
        Ok(())
    }
}

//! What a store of secrets does. One thread owns it, so it may block, but not for ever.

use crate::account::Place;
use crate::error::VaultError;
use crate::item::Item;
use std::time::Duration;

/// A store. `patience` is how long the caller waits; a store that can stop by itself does
/// so then, the others are left behind by the caller.
pub(crate) trait Backend {
    /// What is stored, without a dialog.
    fn read(&mut self, place: &Place, patience: Duration) -> Result<Option<Item>, VaultError>;
    /// Stores `item` in place of what was there, without a dialog.
    fn write(&mut self, place: &Place, item: &Item, patience: Duration) -> Result<(), VaultError>;
    /// Stores `item`, then reads the store itself and compares.
    fn write_verified(
        &mut self,
        place: &Place,
        item: &Item,
        patience: Duration,
    ) -> Result<(), VaultError> {
        self.write(place, item, patience)?;
        match self.read(place, patience)? {
            Some(kept) if kept.is_same(item) => Ok(()),
            _ => Err(VaultError::not_kept(place)),
        }
    }
    /// Forgets what is stored, without a dialog. Nothing there is no error.
    fn delete(&mut self, place: &Place, patience: Duration) -> Result<(), VaultError>;
    /// Whether the others would work, without a dialog.
    fn check(&mut self, patience: Duration) -> Result<(), VaultError>;
    /// Makes the store usable; may raise the system's dialog.
    fn unlock(&mut self, patience: Duration) -> Result<(), VaultError>;
}

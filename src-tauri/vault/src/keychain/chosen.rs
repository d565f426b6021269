//! The store that `keyring` chooses where a store holds nothing open: macOS and Windows.

use crate::error::VaultError;
use keyring::{Entry, Error};
use keyring_core::CredentialStore;
use std::sync::Arc;

/// `keyring`'s own store of this system, made at the first call.
pub(crate) fn chosen_store() -> Result<Arc<CredentialStore>, VaultError> {
    let refused = |reason: &Error| VaultError::Keychain {
        action: "be opened".to_owned(),
        reason: reason.to_string(),
    };
    Entry::store_status().as_ref().map_err(refused)?;
    keyring_core::get_default_store().ok_or_else(|| refused(&Error::NoDefaultStore))
}

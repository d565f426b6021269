//! What the keychains of macOS and Windows share: items behind `keyring-core`.

use crate::account::Place;
use crate::error::VaultError;
use crate::item::{Item, decode, encode};
use keyring_core::{CredentialStore, Entry, Error};
use secrecy::zeroize::Zeroizing;
use std::collections::HashMap;
use std::sync::Arc;

/// The items of one service name in a native store.
pub(crate) struct Items {
    store: Arc<CredentialStore>,
    service: String,
    /// How the store is to keep them, in its own words.
    manner: HashMap<&'static str, &'static str>,
}

impl Items {
    pub(crate) fn new(
        store: Arc<CredentialStore>,
        service: String,
        manner: HashMap<&'static str, &'static str>,
    ) -> Self {
        Self {
            store,
            service,
            manner,
        }
    }

    pub(crate) fn read(&self, place: &Place) -> Result<Option<Item>, NativeError> {
        match self.entry(place)?.get_secret() {
            Ok(bytes) => Ok(Some(decode(place, &Zeroizing::new(bytes))?)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(NativeError::Store {
                action: "read an item",
                error,
            }),
        }
    }

    pub(crate) fn write(&self, place: &Place, item: &Item) -> Result<(), NativeError> {
        let bytes = encode(place, item)?;
        self.entry(place)?
            .set_secret(&bytes)
            .map_err(|error| NativeError::Store {
                action: "save an item",
                error,
            })
    }

    pub(crate) fn delete(&self, place: &Place) -> Result<(), NativeError> {
        match self.entry(place)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(NativeError::Store {
                action: "delete an item",
                error,
            }),
        }
    }

    fn entry(&self, place: &Place) -> Result<Entry, NativeError> {
        self.store
            .build(&self.service, &place.user(), Some(&self.manner))
            .map_err(|error| NativeError::Store {
                action: "name an item",
                error,
            })
    }
}

/// A failure before the platform's own meaning is given to it.
pub(crate) enum NativeError {
    /// The vault's own.
    Vault(VaultError),
    /// The store's.
    Store { action: &'static str, error: Error },
}

impl NativeError {
    pub(crate) fn explain(self) -> VaultError {
        match self {
            Self::Vault(error) => error,
            Self::Store { action, error } => VaultError::Keychain {
                action: action.to_owned(),
                reason: error.to_string(),
            },
        }
    }
}

impl From<VaultError> for NativeError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

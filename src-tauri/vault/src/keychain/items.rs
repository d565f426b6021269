//! What the keychains share: items behind [`keyring::Entry`].
//!
//! Every read, write and delete of a keychain item is here. An entry is built from a store
//! rather than by its name alone, because only so a store can be told how to keep it.

use crate::account::Place;
use crate::error::VaultError;
use crate::item::{Item, decode, encode};
use keyring::{Entry, Error};
use keyring_core::CredentialStore;
use secrecy::zeroize::Zeroizing;
use std::collections::HashMap;
use std::sync::Arc;

/// How a store is to keep an item, in the store's own words.
pub(crate) type Manner = fn(&Place) -> Option<(&'static str, String)>;

/// The items of one service name.
pub(crate) struct Items {
    store: Arc<CredentialStore>,
    service: String,
    manner: Manner,
}

impl Items {
    pub(crate) fn new(store: Arc<CredentialStore>, service: String, manner: Manner) -> Self {
        Self {
            store,
            service,
            manner,
        }
    }

    pub(crate) fn read(&self, place: &Place) -> Result<Option<Item>, ItemsError> {
        let read = |entry: &Entry| entry.get_secret().map(Zeroizing::new);
        let mut newest: Option<Item> = None;
        for bytes in self.with_all(place, "read an item", read)? {
            let item = decode(place, &bytes)?;
            if newest
                .as_ref()
                .is_none_or(|kept| kept.generation < item.generation)
            {
                newest = Some(item);
            }
        }
        Ok(newest)
    }

    pub(crate) fn write(&self, place: &Place, item: &Item) -> Result<(), ItemsError> {
        let bytes = encode(place, item)?;
        let write = |entry: &Entry| entry.set_secret(&bytes);
        if self.with_all(place, "save an item", write)?.is_empty() {
            return Err(VaultError::not_kept(place).into());
        }
        Ok(())
    }

    pub(crate) fn delete(&self, place: &Place) -> Result<(), ItemsError> {
        let delete = |entry: &Entry| entry.delete_credential();
        self.with_all(place, "delete an item", delete).map(drop)
    }

    /// Does `call` with the item, if there is one. There are more only if another program
    /// made them; then with each, so that none is left with an older secret.
    fn with_all<T>(
        &self,
        place: &Place,
        action: &'static str,
        call: impl Fn(&Entry) -> Result<T, Error>,
    ) -> Result<Vec<T>, ItemsError> {
        let outcome = match self.entry(place).and_then(|entry| call(&entry)) {
            Ok(answer) => Ok(vec![answer]),
            Err(Error::NoEntry) => Ok(Vec::new()),
            Err(Error::Ambiguous(same)) => same
                .into_iter()
                .map(|inner| call(&Entry { inner }))
                .collect(),
            Err(error) => Err(error),
        };
        outcome.map_err(|error| ItemsError::Store { action, error })
    }

    fn entry(&self, place: &Place) -> Result<Entry, Error> {
        let manner = (self.manner)(place);
        let manner: HashMap<&str, &str> = manner
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let inner = self
            .store
            .build(&self.service, &place.user(), Some(&manner))?;
        Ok(Entry { inner })
    }
}

/// A failure before the platform's own meaning is given to it.
pub(crate) enum ItemsError {
    /// The vault's own.
    Vault(VaultError),
    /// The store's.
    Store { action: &'static str, error: Error },
}

impl ItemsError {
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

impl From<VaultError> for ItemsError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

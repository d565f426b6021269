//! The handle everybody uses: asynchronous, cloneable, with a deadline for every call.

use crate::account::{AccountId, Kind, Place};
use crate::backend::Backend;
use crate::cached::Cached;
use crate::choice::VaultChoice;
use crate::error::{VaultError, VaultHealth};
use crate::file::FileVault;
use crate::item::Item;
use crate::keychain::Keychain;
use crate::memory::Memory;
use crate::thread::VaultThread;
use std::time::Duration;

/// How long a call may take. Starting a keychain daemon at login takes a few seconds; three
/// such calls still fit into the 30 s cooldown between token requests.
pub const CALL_DEADLINE: Duration = Duration::from_secs(8);
/// How long the user has for the system's dialog.
pub const UNLOCK_DEADLINE: Duration = Duration::from_mins(2);

/// The service our keychain items belong to, kept apart for each `ZOOMTRAY_HOME`.
#[must_use]
pub fn service_name(home_tag: Option<&str>) -> String {
    match home_tag {
        Some(tag) => format!("zoomtray-{tag}"),
        None => "zoomtray".to_owned(),
    }
}

/// A vault. Clones share it; its thread ends with the last one.
///
/// Open it after becoming the keeper, not before: what it has read it keeps in memory, and
/// another keeper may write until then.
#[derive(Clone)]
pub struct Vault {
    thread: VaultThread,
    call: Duration,
}

impl Vault {
    /// Opens the vault that was chosen. A file vault's folder is made or checked here; a
    /// keychain is not touched before the first call. `service` is from [`service_name`].
    pub fn open(choice: &VaultChoice, service: &str) -> Result<Self, VaultError> {
        let thread = match choice {
            VaultChoice::Keychain => {
                let service = service.to_owned();
                VaultThread::start(move || Cached::new(Keychain::new(service)))?
            }
            VaultChoice::File(folder) => {
                let vault = FileVault::open(folder)?;
                VaultThread::start(move || vault)?
            }
            VaultChoice::Memory => VaultThread::start(Memory::default)?,
        };
        Ok(Self {
            thread,
            call: CALL_DEADLINE,
        })
    }

    /// The secret, or `None` if there is none. In a file vault an access token that was
    /// deleted or damaged is `None`, so that a new one is fetched.
    pub async fn read(&self, account: &AccountId, kind: Kind) -> Result<Option<Item>, VaultError> {
        let place = place(account, kind);
        self.ask(move |store, patience| store.read(&place, patience))
            .await
    }

    /// Stores `item` in place of what was there.
    pub async fn write(
        &self,
        account: &AccountId,
        kind: Kind,
        item: Item,
    ) -> Result<(), VaultError> {
        let place = place(account, kind);
        self.ask(move |store, patience| store.write(&place, &item, patience))
            .await
    }

    /// Stores `item`, reads it back from the store itself and compares.
    pub async fn write_verified(
        &self,
        account: &AccountId,
        kind: Kind,
        item: Item,
    ) -> Result<(), VaultError> {
        let place = place(account, kind);
        self.ask(move |store, patience| store.write_verified(&place, &item, patience))
            .await
    }

    /// Forgets the secret. Nothing there is no error.
    pub async fn delete(&self, account: &AccountId, kind: Kind) -> Result<(), VaultError> {
        let place = place(account, kind);
        self.ask(move |store, patience| store.delete(&place, patience))
            .await
    }

    /// Whether the vault can be used now. Raises no dialog.
    pub async fn probe(&self) -> VaultHealth {
        match self.ask(|store, patience| store.check(patience)).await {
            Ok(()) => VaultHealth::Available,
            Err(error) => error.into_health(),
        }
    }

    /// Unlocks the keychain, with the system's dialog. Only for a user's click.
    pub async fn unlock(&self) -> Result<(), VaultError> {
        self.thread
            .ask(UNLOCK_DEADLINE, |store, patience| store.unlock(patience))
            .await
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Backend, Duration) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        self.thread.ask(self.call, question).await
    }
}

fn place(account: &AccountId, kind: Kind) -> Place {
    Place {
        account: account.clone(),
        kind,
    }
}

#[cfg(test)]
mod tests;

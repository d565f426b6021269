//! The secrets of what entries held, in the vault, numbered.

use crate::clock::wall_now;
use crate::hash::short_hash;
use secrecy::SecretString;
use std::ops::Range;
use vault::{AccountId, InvalidAccountId, Item, Kind, Vault, VaultError};

/// Where they are.
pub(crate) struct Secrets {
    vault: Vault,
}

/// A secret could not be kept, read or deleted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretsError {
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The vault has no place of that name.
    #[error(transparent)]
    Place(#[from] InvalidAccountId),
}

impl Secrets {
    pub(crate) fn new(vault: Vault) -> Self {
        Self { vault }
    }

    /// Keeps the secrets of the entry `name`, which had so many before.
    pub(crate) async fn keep(
        &self,
        name: &str,
        secrets: &[SecretString],
        before: usize,
    ) -> Result<(), SecretsError> {
        let generation = u64::try_from(wall_now().0).unwrap_or(0);
        for (number, secret) in secrets.iter().enumerate() {
            let item = Item::lasting(generation, secret.clone());
            let place = place(name, number)?;
            self.vault
                .write_verified(&place, Kind::Original, item)
                .await?;
        }
        self.forget(name, secrets.len()..before).await
    }

    /// The first `count` secrets of the entry `name`; `None` if one is missing.
    pub(crate) async fn read(
        &self,
        name: &str,
        count: usize,
    ) -> Result<Option<Vec<SecretString>>, SecretsError> {
        let mut secrets = Vec::new();
        for number in 0..count {
            let place = place(name, number)?;
            match self.vault.read(&place, Kind::Original).await? {
                Some(item) => secrets.push(item.secret),
                None => return Ok(None),
            }
        }
        Ok(Some(secrets))
    }

    /// Deletes some of the secrets of the entry `name`.
    pub(crate) async fn forget(
        &self,
        name: &str,
        numbers: Range<usize>,
    ) -> Result<(), SecretsError> {
        for number in numbers {
            let place = place(name, number)?;
            self.vault.delete(&place, Kind::Original).await?;
        }
        Ok(())
    }
}

/// Entry names may hold anything; vault names may not.
pub(super) fn place(name: &str, number: usize) -> Result<AccountId, InvalidAccountId> {
    AccountId::new(format!("entry-{}-{number}", short_hash(&[name])))
}

//! What an entry's variable held before the first write, kept in the vault: it may be a secret.

use crate::hash::short_hash;
use claude::{Original, OriginalKind};
use secrecy::SecretString;
use vault::{AccountId, Item, Kind, Vault};

/// The originals.
pub(crate) struct Originals {
    vault: Vault,
}

impl Originals {
    pub(crate) fn new(vault: Vault) -> Self {
        Self { vault }
    }

    /// Keeps what stood in the entry `name`.
    pub(crate) async fn keep(&self, name: &str, original: &Original) -> Result<(), String> {
        let Original::Value(literal) = original else {
            return Ok(());
        };
        let item = Item::lasting(1, literal.clone());
        self.vault
            .write(&key(name)?, Kind::Original, item)
            .await
            .map_err(|error| error.to_string())
    }

    /// What stood in the entry `name`; none if the vault does not have it any more.
    pub(crate) async fn read(&self, name: &str, kind: OriginalKind) -> Option<Original> {
        let value: Option<SecretString> = match kind {
            OriginalKind::Value => {
                let key = key(name).ok()?;
                let item = self.vault.read(&key, Kind::Original).await;
                item.ok().flatten().map(|item| item.secret)
            }
            OriginalKind::KeyAbsent | OriginalKind::EnvAbsent => None,
        };
        Original::from_parts(kind, value)
    }

    /// Forgets the entry `name`.
    pub(crate) async fn forget(&self, name: &str) -> Result<(), String> {
        self.vault
            .delete(&key(name)?, Kind::Original)
            .await
            .map_err(|error| error.to_string())
    }
}

/// Entry names may hold anything; vault names may not.
fn key(name: &str) -> Result<AccountId, String> {
    AccountId::new(format!("entry-{}", short_hash(&[name]))).map_err(|error| error.to_string())
}

//! The saved accounts: everything but their secrets, in one file of ours.

use crate::hash::short_hash;
use files::{ReadError, ReplaceError};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use vault::{AccountId, InvalidAccountId};
use zoom::ServiceUrls;

/// A server-to-server account, without its secret.
#[expect(clippy::struct_field_names, reason = "Zoom's own name for its id")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Our id for it.
    pub id: AccountId,
    /// What the user calls it.
    pub label: String,
    /// Zoom's account id.
    pub account_id: String,
    /// The app's client id.
    pub client_id: String,
    /// Token index, for apps that have several.
    pub token_index: Option<u32>,
    /// Where its Zoom is; bound when the account was added.
    pub service: ServiceUrls,
}

/// Our id for an account: Zoom's account id, as the documented token file is named for it; with
/// a hash of what tells them apart where another account of that id is there already.
pub(crate) fn assign_id(
    known: &[Account],
    account_id: &str,
    client_id: &str,
    service: &ServiceUrls,
) -> Result<AccountId, InvalidAccountId> {
    let same = |account: &&Account| {
        account.account_id == account_id
            && account.client_id == client_id
            && account.service == *service
    };
    if let Some(account) = known.iter().find(same) {
        return Ok(account.id.clone());
    }
    let plain = AccountId::new(account_id)?;
    if known.iter().all(|account| account.id != plain) {
        return Ok(plain);
    }
    AccountId::new(format!(
        "{account_id}.{}",
        short_hash(&[client_id, service.oauth(), service.api()])
    ))
}

/// Why the saved accounts are not all here: whoever wrote the file anew would lose some.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAllHere {
    /// They cannot be read now.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// They could not be read before.
    #[error(
        "the saved accounts could not be read when Zoomtray started. Quit Zoomtray, then try again"
    )]
    Unknown,
}

/// The file of saved accounts.
pub(crate) struct AccountsFile {
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    accounts: Vec<Account>,
}

impl AccountsFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The saved accounts, the default one first.
    pub(crate) fn load(&self) -> Result<Vec<Account>, ReadError> {
        match files::read_json::<Stored>(&self.path) {
            Ok(stored) => Ok(stored.accounts),
            Err(ReadError::Missing(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Whether `known` has every saved account.
    pub(crate) fn check(&self, known: &[Account]) -> Result<(), NotAllHere> {
        let stored = self.load()?;
        if stored.iter().all(|account| known.contains(account)) {
            Ok(())
        } else {
            Err(NotAllHere::Unknown)
        }
    }

    pub(crate) fn save(&self, accounts: &[Account]) -> Result<(), ReplaceError> {
        files::write_json(
            &self.path,
            &Stored {
                accounts: accounts.to_vec(),
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: &str, client_id: &str) -> Account {
        Account {
            id: AccountId::new(id).unwrap(),
            label: "Work".to_owned(),
            account_id: "abc".to_owned(),
            client_id: client_id.to_owned(),
            token_index: None,
            service: ServiceUrls::default(),
        }
    }

    fn assigned(known: &[Account], client_id: &str) -> String {
        let zoom = ServiceUrls::default();
        assign_id(known, "abc", client_id, &zoom)
            .unwrap()
            .to_string()
    }

    #[test]
    fn an_account_is_named_as_zoom_names_it() {
        assert_eq!(assigned(&[], "one"), "abc");
        assert_eq!(assigned(&[account("abc", "one")], "one"), "abc");
    }

    #[test]
    fn another_app_of_the_same_account_gets_a_hash_and_keeps_it() {
        let first = account("abc", "one");
        let second = assigned(std::slice::from_ref(&first), "two");
        assert!(second.starts_with("abc."), "{second}");
        assert_eq!(assigned(&[first, account(&second, "two")], "two"), second);
    }
}

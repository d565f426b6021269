//! What a secret is filed under: an account and a kind.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Long enough for a Zoom account id (22 characters) with a hash beside it.
const LONGEST: usize = 100;

/// An account's name, safe in file names and in the names of keychain items: letters,
/// digits, `-`, `_` and `.`, at most 100, not starting with a dot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

/// A text that cannot name an account.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` cannot name an account; use 1 to {LONGEST} letters, digits, `-`, `_` and `.`, \
     not starting with a dot"
)]
pub struct InvalidAccountId(String);

impl AccountId {
    /// Checks `text`.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidAccountId> {
        let text = text.into();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let fits = (1..=LONGEST).contains(&text.len())
            && !text.starts_with('.')
            && text.bytes().all(plain);
        if fits {
            Ok(Self(text))
        } else {
            Err(InvalidAccountId(text))
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountId {
    type Error = InvalidAccountId;

    fn try_from(text: String) -> Result<Self, InvalidAccountId> {
        Self::new(text)
    }
}

impl From<AccountId> for String {
    fn from(account: AccountId) -> Self {
        account.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The secret of the user's Zoom app.
    ClientSecret,
    /// What a signed-in user's next access token is asked for with.
    RefreshToken,
    /// The request in which the refresh token was used last: it tells the next process what it
    /// may have cost. No secret.
    RefreshJournal,
    /// What opens Zoom's API for an hour.
    AccessToken,
    /// What a variable of a foreign file held before Zoomtray wrote it; maybe a secret.
    Original,
}

impl Kind {
    /// As in keychain items and file names: `client_secret`, `refresh_token`, `access_token`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ClientSecret => "client_secret",
            Self::RefreshToken => "refresh_token",
            Self::RefreshJournal => "refresh_journal",
            Self::AccessToken => "access_token",
            Self::Original => "original",
        }
    }

    /// As in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ClientSecret => "client secret",
            Self::RefreshToken => "refresh token",
            Self::RefreshJournal => "record of the last request",
            Self::AccessToken => "access token",
            Self::Original => "original value",
        }
    }
}

/// One secret's place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) account: AccountId,
    pub(crate) kind: Kind,
}

impl Place {
    /// The name of the keychain item within our service.
    pub(crate) fn user(&self) -> String {
        format!("{}:{}", self.account, self.kind.word())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} of {}", self.kind.name(), self.account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_accounts() {
        for good in ["abcDEF-123_x", "a", "account.0f3c", &"x".repeat(100)] {
            assert_eq!(AccountId::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            ".hidden",
            "..",
            "a/b",
            "a\\b",
            "a:b",
            "a b",
            "ä",
            &"x".repeat(101),
        ] {
            assert!(AccountId::new(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn a_stored_name_is_checked_too() {
        assert!(serde_json::from_str::<AccountId>("\"../../etc\"").is_err());
    }
}

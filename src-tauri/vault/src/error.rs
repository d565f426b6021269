//! What can go wrong with a vault, in words for the person who can mend it.

use crate::account::Place;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What a keychain needs and this session does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// There is no session bus.
    SessionBus,
    /// Nobody on the session bus keeps secrets.
    SecretService,
    /// The Secret Service has no default collection yet.
    DefaultCollection,
}

impl std::fmt::Display for Lack {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::SessionBus => {
                "no D-Bus session bus was found: start Zoomtray from your desktop session, or \
                 choose the file vault (ZOOMTRAY_VAULT=file)"
            }
            Self::SecretService => {
                "no Secret Service on the session bus: install gnome-keyring or KWallet, or \
                 choose the file vault (ZOOMTRAY_VAULT=file)"
            }
            Self::DefaultCollection => {
                "the Secret Service has no default keyring: create one in your password \
                 manager or by unlocking the vault, or choose the file vault \
                 (ZOOMTRAY_VAULT=file)"
            }
        })
    }
}

/// Whether a vault can be used now.
#[derive(Clone, Debug)]
pub enum VaultHealth {
    /// Reading and writing work.
    Available,
    /// Its owner has to unlock it.
    Locked,
    /// This session lacks something.
    Missing(Lack),
    /// It did not answer as it should.
    Failing(VaultError),
}

/// Why a vault did not do what it was asked. No variant holds a secret.
#[derive(Clone, Debug, thiserror::Error)]
pub enum VaultError {
    /// No answer in time. Whether a write arrived is not known.
    #[error(
        "the vault did not answer within {} s; look for a dialog of your keychain",
        .0.as_secs()
    )]
    TimedOut(Duration),
    /// Its owner has to unlock it.
    #[error("the keychain is locked; unlock it from Zoomtray's menu or log in again")]
    Locked,
    /// This session lacks something.
    #[error("{0}")]
    Missing(Lack),
    /// An item in a form this program does not know.
    #[error(
        "the {place} was saved by another version of Zoomtray (form {found}, this one reads \
         {known}); update Zoomtray, or delete the item and enter it again"
    )]
    OtherVersion {
        /// Which secret, in words.
        place: String,
        /// The form it has.
        found: u64,
        /// The form this program reads.
        known: u64,
    },
    /// An item that is not ours or was damaged.
    #[error("the saved {place} is damaged; delete the item and enter it again")]
    Damaged {
        /// Which secret, in words.
        place: String,
    },
    /// An item longer than the store allows.
    #[error(
        "the {place} needs {bytes} bytes, and the keychain holds at most {limit} an item; \
         choose the file vault (ZOOMTRAY_VAULT=file)"
    )]
    TooLong {
        /// Which secret, in words.
        place: String,
        /// What it needs.
        bytes: usize,
        /// What there is.
        limit: usize,
    },
    /// What was read back is not what was written.
    #[error("the {place} was not kept by the vault; check that its disk is not full")]
    NotKept {
        /// Which secret, in words.
        place: String,
    },
    /// The file vault's folder or one of its files is not private.
    #[error("the file vault cannot be used: {0}")]
    NotPrivate(#[source] Arc<files::PrivateError>),
    /// A file of the file vault could not be read or written; the message names it.
    #[error("the file vault cannot be used: {0}")]
    File(#[source] Arc<std::io::Error>),
    /// The file vault's folder is not an absolute path, and there is no working folder.
    #[error("`{}` names no folder for the file vault; give an absolute path", .0.display())]
    Folder(PathBuf),
    /// The keychain refused.
    #[error("the keychain could not {action}: {reason}")]
    Keychain {
        /// What was asked for, in words.
        action: String,
        /// What it said.
        reason: String,
    },
    /// The vault's thread could not be started, or is gone.
    #[error("the vault is not running; restart Zoomtray")]
    Stopped,
}

impl VaultError {
    pub(crate) fn damaged(place: &Place) -> Self {
        Self::Damaged {
            place: place.to_string(),
        }
    }

    pub(crate) fn not_kept(place: &Place) -> Self {
        Self::NotKept {
            place: place.to_string(),
        }
    }

    /// The health this error speaks of.
    pub(crate) fn into_health(self) -> VaultHealth {
        match self {
            Self::Locked => VaultHealth::Locked,
            Self::Missing(lack) => VaultHealth::Missing(lack),
            other => VaultHealth::Failing(other),
        }
    }
}

impl From<files::PrivateError> for VaultError {
    fn from(error: files::PrivateError) -> Self {
        Self::NotPrivate(Arc::new(error))
    }
}

impl From<std::io::Error> for VaultError {
    fn from(error: std::io::Error) -> Self {
        Self::File(Arc::new(error))
    }
}

impl From<files::ReplaceError> for VaultError {
    fn from(error: files::ReplaceError) -> Self {
        std::io::Error::new(error.source.kind(), error).into()
    }
}

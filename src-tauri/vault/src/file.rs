//! A vault of files: mode 0600, in a folder of mode 0700.
//!
//! The access token has the name and form that chadkunsman/zoom-mcp documents,
//! `zoom_token_ACCOUNT.json`, with our generation added; the other kinds have the stored
//! form of keychain items.

use crate::account::{Kind, Place};
use crate::backend::Backend;
use crate::error::VaultError;
use crate::item::{Item, decode, encode};
use crate::token_file;
use files::{Mode, PrivateError, private_file, private_folder, replace, sweep};
use secrecy::zeroize::Zeroizing;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The vault in one folder.
pub(crate) struct FileVault {
    folder: PathBuf,
}

impl FileVault {
    /// Makes the folder, or checks the one that is there.
    pub(crate) fn open(folder: &Path) -> Result<Self, VaultError> {
        let folder =
            std::path::absolute(folder).map_err(|_| VaultError::Folder(folder.to_owned()))?;
        private_folder(&folder)?;
        sweep(&folder)?;
        Ok(Self { folder })
    }

    fn path(&self, place: &Place) -> PathBuf {
        let word = match place.kind {
            Kind::AccessToken => "token",
            kind => kind.word(),
        };
        self.folder
            .join(format!("zoom_{word}_{}.json", place.account))
    }

    /// The file's content, if there is a file, and if nobody else could read or write it.
    fn content(&self, place: &Place) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let path = self.path(place);
        match private_file(&path) {
            Ok(()) => Ok(Some(Zeroizing::new(fs_err::read(&path)?))),
            Err(PrivateError::Io(error)) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

impl Backend for FileVault {
    fn read(&mut self, place: &Place, _: Duration) -> Result<Option<Item>, VaultError> {
        match (place.kind, self.content(place)) {
            // Whatever is wrong with it, a new token in a new file mends it.
            (Kind::AccessToken, Ok(Some(bytes))) => Ok(token_file::decode(&bytes)),
            (Kind::AccessToken, Err(VaultError::NotPrivate(_))) | (_, Ok(None)) => Ok(None),
            (_, Ok(Some(bytes))) => decode(place, &bytes).map(Some),
            (_, Err(error)) => Err(error),
        }
    }

    fn write(&mut self, place: &Place, item: &Item, _: Duration) -> Result<(), VaultError> {
        private_folder(&self.folder)?;
        let bytes = match place.kind {
            Kind::AccessToken => token_file::encode(place, item)?,
            _ => encode(place, item)?,
        };
        let path = self.path(place);
        // A link would lead the secret out of the folder.
        if fs_err::symlink_metadata(&path).is_ok_and(|found| found.file_type().is_symlink()) {
            fs_err::remove_file(&path)?;
        }
        Ok(replace(&path, &bytes, Mode::Private)?)
    }

    fn delete(&mut self, place: &Place, _: Duration) -> Result<(), VaultError> {
        match fs_err::remove_file(self.path(place)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn check(&mut self, _: Duration) -> Result<(), VaultError> {
        Ok(private_folder(&self.folder)?)
    }

    fn unlock(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.check(patience)
    }
}

#[cfg(test)]
mod tests;

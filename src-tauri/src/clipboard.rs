//! The access token on the clipboard, because the user chose *Copy token*.

use arboard::Clipboard;
#[cfg(target_os = "macos")]
use arboard::SetExtApple as _;
#[cfg(all(unix, not(target_os = "macos")))]
use arboard::SetExtLinux as _;
#[cfg(windows)]
use arboard::SetExtWindows as _;
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Mutex, PoisonError};

/// The clipboard, held open: on X11 what was copied is served by the program that copied it.
#[derive(Default)]
pub(crate) struct TokenClipboard(Mutex<Option<Clipboard>>);

/// The token was not copied.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be copied: {0}; run `zoomtrayctl token` instead")]
pub(crate) struct CopyError(#[from] arboard::Error);

impl TokenClipboard {
    /// Copies `token`, asking clipboard histories not to keep it.
    pub(crate) fn copy(&self, token: &SecretString) -> Result<(), CopyError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match held.as_mut() {
            Some(clipboard) => clipboard,
            None => held.insert(Clipboard::new()?),
        };
        clipboard
            .set()
            .exclude_from_history()
            .text(token.expose_secret())?;
        Ok(())
    }
}

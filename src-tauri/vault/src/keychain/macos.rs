//! The keychain of macOS: generic passwords in the user's login keychain.
//!
//! Dialogs are switched off for every call but [`unlock`](Backend::unlock). An item trusts
//! the signature of the program that made it; one that wants to ask the user first counts
//! as locked, and is asked for at the next unlock.

use super::chosen::chosen_store;
use super::items::{Items, ItemsError};
use crate::account::Place;
use crate::backend::Backend;
use crate::error::VaultError;
use crate::item::Item;
use security_framework::base::Error;
use security_framework::os::macos::keychain::SecKeychain;
use std::collections::HashSet;
use std::time::Duration;

/// `errSecInteractionNotAllowed`: a dialog would have been needed.
const DIALOG_NEEDED: i32 = -25308;
/// `errSecAuthFailed`: the user gave a wrong password too often.
const REFUSED: i32 = -25293;
/// `userCanceledErr`: the user closed the dialog.
const DISMISSED: i32 = -128;

/// The items of one service name.
pub(crate) struct Keychain {
    service: String,
    /// Items that wanted to ask the user.
    asking: HashSet<Place>,
}

impl Keychain {
    pub(crate) fn new(service: String) -> Self {
        Self {
            service,
            asking: HashSet::new(),
        }
    }

    /// Does `call` with dialogs switched off.
    fn quietly<T>(
        &mut self,
        place: &Place,
        call: impl FnOnce(&Items) -> Result<T, ItemsError>,
    ) -> Result<T, VaultError> {
        let _quiet = SecKeychain::disable_user_interaction().map_err(failed("be kept quiet"))?;
        ensure_unlocked()?;
        let outcome = call(&self.items()?).map_err(explain);
        if matches!(outcome, Err(VaultError::Locked)) {
            self.asking.insert(place.clone());
        }
        outcome
    }

    fn items(&self) -> Result<Items, VaultError> {
        Ok(Items::new(chosen_store()?, self.service.clone(), |_| None))
    }
}

impl Backend for Keychain {
    fn read(&mut self, place: &Place, _: Duration) -> Result<Option<Item>, VaultError> {
        self.quietly(place, |items| items.read(place))
    }

    fn write(&mut self, place: &Place, item: &Item, _: Duration) -> Result<(), VaultError> {
        self.quietly(place, |items| items.write(place, item))
    }

    fn delete(&mut self, place: &Place, _: Duration) -> Result<(), VaultError> {
        self.quietly(place, |items| items.delete(place))
    }

    fn check(&mut self, _: Duration) -> Result<(), VaultError> {
        let _quiet = SecKeychain::disable_user_interaction().map_err(failed("be kept quiet"))?;
        ensure_unlocked()?;
        if self.asking.is_empty() {
            Ok(())
        } else {
            Err(VaultError::Locked)
        }
    }

    fn unlock(&mut self, _: Duration) -> Result<(), VaultError> {
        SecKeychain::default()
            .and_then(|mut keychain| keychain.unlock(None))
            .map_err(failed("unlock"))?;
        let items = self.items()?;
        for place in std::mem::take(&mut self.asking) {
            if let Err(error) = items.read(&place).map_err(explain) {
                self.asking.insert(place);
                return Err(error);
            }
        }
        Ok(())
    }
}

fn ensure_unlocked() -> Result<(), VaultError> {
    let keychain = SecKeychain::default().map_err(failed("be found"))?;
    let unlocked = status::is_unlocked(&keychain).map_err(failed("say whether it is locked"))?;
    if unlocked {
        Ok(())
    } else {
        Err(VaultError::Locked)
    }
}

/// Gives the store's errors the meaning of their numbers.
fn explain(error: ItemsError) -> VaultError {
    if let ItemsError::Store {
        action,
        error: keyring::Error::PlatformFailure(cause) | keyring::Error::NoStorageAccess(cause),
    } = &error
        && let Some(cause) = cause.downcast_ref::<Error>()
    {
        return failed(action)(*cause);
    }
    error.explain()
}

fn failed(action: &str) -> impl Fn(Error) -> VaultError + '_ {
    move |error| match error.code() {
        DIALOG_NEEDED | REFUSED | DISMISSED => VaultError::Locked,
        _ => VaultError::Keychain {
            action: action.to_owned(),
            reason: error.to_string(),
        },
    }
}

#[expect(
    unsafe_code,
    reason = "security-framework has no call for a keychain's status"
)]
mod status {
    use core_foundation::base::TCFType;
    use security_framework::base::Error;
    use security_framework::os::macos::keychain::SecKeychain;
    use security_framework_sys::base::{SecKeychainRef, errSecSuccess};

    /// `kSecUnlockStateStatus`.
    const UNLOCKED: u32 = 1;

    unsafe extern "C" {
        fn SecKeychainGetStatus(keychain: SecKeychainRef, status: *mut u32) -> i32;
    }

    /// Whether `keychain` can be read without its password.
    pub(super) fn is_unlocked(keychain: &SecKeychain) -> Result<bool, Error> {
        let mut status = 0;
        // SAFETY: the reference is alive as long as `keychain`, and `status` is a u32 that
        // outlives the call, as SecKeychain.h asks for.
        let code = unsafe { SecKeychainGetStatus(keychain.as_concrete_TypeRef(), &raw mut status) };
        if code == errSecSuccess {
            Ok(status & UNLOCKED != 0)
        } else {
            Err(Error::from_code(code))
        }
    }
}

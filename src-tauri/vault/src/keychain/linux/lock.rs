//! Whether the Secret Service can be used without a dialog, and the one call that raises it.
//!
//! Looks at the `Locked` properties and never at a secret. Each call connects anew and
//! leaves nothing open.

use crate::error::{Lack, VaultError};
use secret_service::{EncryptionType, Error, SecretService};
use std::collections::HashMap;
use zbus::fdo::DBusProxy;
use zbus::names::{BusName, WellKnownName};

/// The name secrets are kept under on the bus.
pub(super) const SECRETS: WellKnownName<'static> =
    WellKnownName::from_static_str_unchecked("org.freedesktop.secrets");
/// What libsecret calls the collection it makes when there is none.
const FIRST_COLLECTION: &str = "Default keyring";
const SAY_WHETHER_LOCKED: &str = "say whether it is locked";

/// Whether the default collection is there and unlocked.
pub(super) async fn ensure_unlocked() -> Result<(), VaultError> {
    let service = connect().await?;
    ensure_default_unlocked(&service).await
}

/// Whether also the items with `attributes` are, in whichever collection. A locked one is
/// not passed over, because it may be the newest.
pub(super) async fn ensure_item_unlocked(
    attributes: HashMap<&str, &str>,
) -> Result<(), VaultError> {
    let service = connect().await?;
    ensure_default_unlocked(&service).await?;
    let found = service
        .search_items(attributes)
        .await
        .map_err(failed("look for an item"))?;
    let mut locked = !found.locked.is_empty();
    for item in found.unlocked {
        locked |= item.is_locked().await.map_err(failed(SAY_WHETHER_LOCKED))?;
    }
    if locked {
        return Err(VaultError::Locked);
    }
    Ok(())
}

/// Shows the system's dialog: for the password of the default collection, or for a new
/// one's if there is none.
pub(super) async fn unlock() -> Result<(), VaultError> {
    let service = connect().await?;
    let done = match service.get_default_collection().await {
        Ok(collection) => collection.unlock().await,
        Err(Error::NoResult) => service
            .create_collection(FIRST_COLLECTION, "default")
            .await
            .map(drop),
        Err(error) => Err(error),
    };
    done.map_err(failed("unlock"))?;
    ensure_default_unlocked(&service).await
}

/// Connects to the Secret Service, which the bus starts if it can.
async fn connect() -> Result<SecretService<'static>, VaultError> {
    let no_bus = |_| VaultError::Missing(Lack::SessionBus);
    let connection = zbus::Connection::session().await.map_err(no_bus)?;
    let bus = DBusProxy::new(&connection).await.map_err(no_bus)?;
    ensure_secrets(&bus).await?;
    // Plain, because no secret passes here.
    SecretService::connect_with_existing(EncryptionType::Plain, connection)
        .await
        .map_err(failed("open a session"))
}

/// Sees to it that somebody on the bus keeps secrets.
async fn ensure_secrets(bus: &DBusProxy<'_>) -> Result<(), VaultError> {
    let refused = |error: zbus::fdo::Error| failed("be found on the session bus")(error.into());
    if bus
        .name_has_owner(BusName::from(SECRETS))
        .await
        .map_err(refused)?
    {
        return Ok(());
    }
    let can_start = bus.list_activatable_names().await.map_err(refused)?;
    if !can_start
        .iter()
        .any(|name| name.as_str() == SECRETS.as_str())
    {
        return Err(VaultError::Missing(Lack::SecretService));
    }
    bus.start_service_by_name(SECRETS, 0)
        .await
        .map(drop)
        .map_err(|error| VaultError::Keychain {
            action: "be started".to_owned(),
            reason: error.to_string(),
        })
}

async fn ensure_default_unlocked(service: &SecretService<'_>) -> Result<(), VaultError> {
    let collection = match service.get_default_collection().await {
        Err(Error::NoResult) => return Err(VaultError::Missing(Lack::DefaultCollection)),
        found => found.map_err(failed("name its default keyring"))?,
    };
    if collection
        .is_locked()
        .await
        .map_err(failed(SAY_WHETHER_LOCKED))?
    {
        Err(VaultError::Locked)
    } else {
        Ok(())
    }
}

/// A dismissed dialog leaves the keychain locked.
pub(super) fn failed(action: &'static str) -> impl Fn(Error) -> VaultError {
    move |error| match error {
        Error::Locked | Error::Prompt => VaultError::Locked,
        Error::Unavailable => VaultError::Missing(Lack::SecretService),
        error => VaultError::Keychain {
            action: action.to_owned(),
            reason: error.to_string(),
        },
    }
}

//! The keychain of Linux: the Secret Service of the session bus (gnome-keyring, `KWallet`).
//!
//! Every call connects anew, looks at the `Locked` property before anything else, and takes
//! only items the service calls unlocked, so no call but [`unlock`](Backend::unlock) raises
//! a dialog. Between calls nothing is open and nothing runs. Items have the attributes
//! `service` and `username`, as other programs look them up.

use crate::account::Place;
use crate::backend::Backend;
use crate::error::{Lack, VaultError};
use crate::item::{Item, decode, encode};
use secrecy::zeroize::Zeroizing;
use secret_service::{Collection, EncryptionType, Error, Item as StoredItem, SecretService};
use std::collections::HashMap;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use zbus::fdo::DBusProxy;
use zbus::names::{BusName, WellKnownName};

/// The name secrets are kept under on the bus.
const SECRETS: WellKnownName<'static> =
    WellKnownName::from_static_str_unchecked("org.freedesktop.secrets");
/// What libsecret calls the collection it makes when there is none.
const FIRST_COLLECTION: &str = "Default keyring";
/// Text, because `KWallet` keeps nothing else.
const CONTENT_TYPE: &str = "text/plain; charset=utf8";

/// The items of one service name.
pub(crate) struct Keychain {
    service: String,
    /// Runs only while a call does.
    runtime: Option<Runtime>,
}

impl Keychain {
    pub(crate) fn new(service: String) -> Self {
        Self {
            service,
            runtime: None,
        }
    }

    /// Runs `call` for at most `patience`.
    fn run<T>(
        &mut self,
        patience: Duration,
        call: impl AsyncFnOnce(&Attributes<'_>) -> Result<T, VaultError>,
        place: Option<&Place>,
    ) -> Result<T, VaultError> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => Builder::new_current_thread().enable_all().build()?,
        };
        let attributes = Attributes {
            service: &self.service,
            user: place.map(Place::user),
        };
        let outcome = runtime.block_on(async {
            tokio::time::timeout(patience, call(&attributes))
                .await
                .unwrap_or(Err(VaultError::TimedOut(patience)))
        });
        self.runtime = Some(runtime);
        outcome
    }
}

impl Backend for Keychain {
    fn read(&mut self, place: &Place, patience: Duration) -> Result<Option<Item>, VaultError> {
        let bytes = self.run(patience, read, Some(place))?;
        bytes.map(|bytes| decode(place, &bytes)).transpose()
    }

    fn write(&mut self, place: &Place, item: &Item, patience: Duration) -> Result<(), VaultError> {
        let bytes = encode(place, item)?;
        let label = format!("Zoomtray: {place}");
        let call = async |attributes: &Attributes<'_>| write(attributes, &label, &bytes).await;
        self.run(patience, call, Some(place))
    }

    fn delete(&mut self, place: &Place, patience: Duration) -> Result<(), VaultError> {
        self.run(patience, delete, Some(place))
    }

    fn check(&mut self, patience: Duration) -> Result<(), VaultError> {
        let call = async |_: &Attributes<'_>| {
            let service = connect().await?;
            unlocked(&service).await.map(drop)
        };
        self.run(patience, call, None)
    }

    fn unlock(&mut self, patience: Duration) -> Result<(), VaultError> {
        self.run(patience, async |_: &Attributes<'_>| unlock().await, None)
    }
}

/// What an item is found by.
struct Attributes<'a> {
    service: &'a str,
    user: Option<String>,
}

impl Attributes<'_> {
    fn map(&self) -> HashMap<&str, &str> {
        let user = self.user.as_deref().map(|user| ("username", user));
        [("service", self.service)]
            .into_iter()
            .chain(user)
            .collect()
    }
}

async fn read(attributes: &Attributes<'_>) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    let service = connect().await?;
    unlocked(&service).await?;
    let mut newest = None;
    for item in find(&service, attributes).await? {
        let modified = item.get_modified().await.map_err(failed("read an item"))?;
        if newest.as_ref().is_none_or(|(when, _)| *when < modified) {
            newest = Some((modified, item));
        }
    }
    match newest {
        Some((_, item)) => {
            let bytes = item.get_secret().await.map_err(failed("read an item"))?;
            Ok(Some(Zeroizing::new(bytes)))
        }
        None => Ok(None),
    }
}

async fn write(attributes: &Attributes<'_>, label: &str, bytes: &[u8]) -> Result<(), VaultError> {
    let service = connect().await?;
    let collection = unlocked(&service).await?;
    let items = find(&service, attributes).await?;
    if items.is_empty() {
        let attributes = attributes.map();
        let created = collection
            .create_item(label, attributes, bytes, true, CONTENT_TYPE)
            .await;
        return created.map(drop).map_err(failed("save an item"));
    }
    // More than one only if another program made them: none may hold an older secret.
    for item in items {
        item.set_secret(bytes, CONTENT_TYPE)
            .await
            .map_err(failed("save an item"))?;
    }
    Ok(())
}

async fn delete(attributes: &Attributes<'_>) -> Result<(), VaultError> {
    let service = connect().await?;
    unlocked(&service).await?;
    for item in find(&service, attributes).await? {
        item.delete().await.map_err(failed("delete an item"))?;
    }
    Ok(())
}

/// Shows the system's dialog: for the password of the default collection, or for a new
/// one's if there is none.
async fn unlock() -> Result<(), VaultError> {
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
    unlocked(&service).await.map(drop)
}

/// Connects to the Secret Service, which the bus starts if it can.
async fn connect() -> Result<SecretService<'static>, VaultError> {
    let no_bus = |_| VaultError::Missing(Lack::SessionBus);
    let connection = zbus::Connection::session().await.map_err(no_bus)?;
    let bus = DBusProxy::new(&connection).await.map_err(no_bus)?;
    ensure_secrets(&bus).await?;
    SecretService::connect_with_existing(EncryptionType::Dh, connection)
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

/// The default collection, if it is unlocked.
async fn unlocked<'a>(service: &'a SecretService<'_>) -> Result<Collection<'a>, VaultError> {
    let collection = match service.get_default_collection().await {
        Err(Error::NoResult) => return Err(VaultError::Missing(Lack::DefaultCollection)),
        found => found.map_err(failed("name its default keyring"))?,
    };
    let locked = collection
        .is_locked()
        .await
        .map_err(failed("say whether it is locked"))?;
    if locked {
        Err(VaultError::Locked)
    } else {
        Ok(collection)
    }
}

/// The matching items, in whichever collection; a locked one is not passed over, because
/// it may be the newest.
async fn find<'a>(
    service: &'a SecretService<'_>,
    attributes: &Attributes<'_>,
) -> Result<Vec<StoredItem<'a>>, VaultError> {
    let found = service
        .search_items(attributes.map())
        .await
        .map_err(failed("look for an item"))?;
    if found.locked.is_empty() {
        Ok(found.unlocked)
    } else {
        Err(VaultError::Locked)
    }
}

/// A dismissed dialog leaves the keychain locked.
fn failed(action: &'static str) -> impl Fn(Error) -> VaultError {
    move |error| match error {
        Error::Locked | Error::Prompt => VaultError::Locked,
        Error::Unavailable => VaultError::Missing(Lack::SecretService),
        error => VaultError::Keychain {
            action: action.to_owned(),
            reason: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests;

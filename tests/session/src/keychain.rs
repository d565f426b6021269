//! Reads and changes the session's keychain as any other program could: over the Secret Service.

use crate::error::SessionError;
use crate::events::Events;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;
use zbus::blocking::Connection;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

/// The Secret Service's name on the bus.
pub const SECRETS: &str = "org.freedesktop.secrets";

const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const ITEM: &str = "org.freedesktop.Secret.Item";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";

/// One item, without its secret.
#[derive(Clone, Debug)]
pub struct KeychainItem {
    /// Its name for people.
    pub label: String,
    /// What it is found by.
    pub attributes: BTreeMap<String, String>,
    path: OwnedObjectPath,
}

/// The keychain of a session.
pub struct Keychain {
    connection: Connection,
    address: String,
}

/// Session, parameters, value, content type: the Secret Service's form of a secret.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

impl Keychain {
    pub(crate) fn new(connection: Connection, address: &str) -> Self {
        Self {
            connection,
            address: address.to_owned(),
        }
    }

    /// Every item of every keychain.
    pub fn items(&self) -> Result<Vec<KeychainItem>, SessionError> {
        let mut items = Vec::new();
        for collection in self.paths(SERVICE_PATH, SERVICE, "Collections")? {
            for path in self.paths(collection.as_str(), COLLECTION, "Items")? {
                items.push(self.item(path)?);
            }
        }
        Ok(items)
    }

    /// The secret of `item` as bytes. The keychain must be unlocked.
    pub fn secret(&self, item: &KeychainItem) -> Result<Vec<u8>, SessionError> {
        self.in_plain(|session| {
            let (_, _, value, _) = self.read(item, session)?;
            Ok(value)
        })
    }

    /// Gives `item` what `change` makes of its secret. The keychain must be unlocked.
    pub fn change_secret(
        &self,
        item: &KeychainItem,
        change: impl FnOnce(Vec<u8>) -> Vec<u8>,
    ) -> Result<(), SessionError> {
        self.in_plain(|session| {
            let (_, parameters, value, content_type) = self.read(item, session)?;
            let changed: Secret = (session.clone(), parameters, change(value), content_type);
            self.call(item.path.as_str(), ITEM, "SetSecret", &(changed,))?;
            Ok(())
        })
    }

    /// Secrets pass in plain text: the bus is this session's own.
    fn in_plain<T>(
        &self,
        work: impl FnOnce(&OwnedObjectPath) -> Result<T, SessionError>,
    ) -> Result<T, SessionError> {
        let body = ("plain", Value::from(""));
        let opened = self.call(SERVICE_PATH, SERVICE, "OpenSession", &body)?;
        let (_, session): (OwnedValue, OwnedObjectPath) = opened.body().deserialize()?;
        let done = work(&session)?;
        self.call(
            session.as_str(),
            "org.freedesktop.Secret.Session",
            "Close",
            &(),
        )?;
        Ok(done)
    }

    fn read(&self, item: &KeychainItem, session: &OwnedObjectPath) -> Result<Secret, SessionError> {
        let answer = self.call(item.path.as_str(), ITEM, "GetSecret", session)?;
        Ok(answer.body().deserialize()?)
    }

    /// Locks every keychain, as a screen lock does.
    pub fn lock(&self) -> Result<(), SessionError> {
        let collections = self.paths(SERVICE_PATH, SERVICE, "Collections")?;
        self.call(SERVICE_PATH, SERVICE, "Lock", &collections)?;
        Ok(())
    }

    /// Waits until an item that `wanted` accepts is there.
    ///
    /// # Errors
    /// [`SessionError::TimedOut`] after `patience`.
    pub fn wait_for_item(
        &self,
        patience: Duration,
        wanted: impl Fn(&KeychainItem) -> bool,
    ) -> Result<KeychainItem, SessionError> {
        let changes = Events::signals(
            &self.address,
            "type='signal',interface='org.freedesktop.Secret.Collection'",
        )?;
        changes.wait_for("the keychain item", patience, || {
            Ok(self.items()?.into_iter().find(|item| wanted(item)))
        })
    }

    fn item(&self, path: OwnedObjectPath) -> Result<KeychainItem, SessionError> {
        let label = self.property(path.as_str(), ITEM, "Label")?;
        let attributes = self.property(path.as_str(), ITEM, "Attributes")?;
        let attributes: HashMap<String, String> = attributes.try_into()?;
        Ok(KeychainItem {
            label: label.try_into()?,
            attributes: attributes.into_iter().collect(),
            path,
        })
    }

    fn paths(
        &self,
        path: &str,
        interface: &str,
        name: &str,
    ) -> Result<Vec<OwnedObjectPath>, SessionError> {
        Ok(self.property(path, interface, name)?.try_into()?)
    }

    fn property(
        &self,
        path: &str,
        interface: &str,
        name: &str,
    ) -> Result<OwnedValue, SessionError> {
        let body = (interface, name);
        let answer = self.call(path, "org.freedesktop.DBus.Properties", "Get", &body)?;
        Ok(answer.body().deserialize()?)
    }

    fn call<B: serde::Serialize + zbus::zvariant::DynamicType>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Result<zbus::Message, SessionError> {
        Ok(self
            .connection
            .call_method(Some(SECRETS), path, Some(interface), method, body)?)
    }
}

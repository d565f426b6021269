//! A status item as the panel sees it: `org.kde.StatusNotifierItem` and its menu.

use crate::bus::Bus;
use crate::error::SessionError;
use crate::events::Events;
use crate::menu::Menu;
use crate::panel::WATCHER;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

const ITEM: &str = "org.kde.StatusNotifierItem";

/// One icon in the tray. Every read asks the program that shows it.
pub struct StatusItem {
    bus: Arc<Bus>,
    owner: String,
    path: String,
}

impl StatusItem {
    /// Its identifier.
    pub fn id(&self) -> Result<String, SessionError> {
        self.text("Id")
    }

    /// Its title for people.
    pub fn title(&self) -> Result<String, SessionError> {
        self.text("Title")
    }

    /// The text beside the icon.
    pub fn label(&self) -> Result<String, SessionError> {
        self.text("XAyatanaLabel")
    }

    /// `Active`, `Passive` or `NeedsAttention`.
    pub fn status(&self) -> Result<String, SessionError> {
        self.text("Status")
    }

    /// The icon's file: `IconName` if it is a path, else beside `IconThemePath`.
    pub fn icon(&self) -> Result<PathBuf, SessionError> {
        let name = PathBuf::from(self.text("IconName")?);
        if name.is_absolute() {
            return Ok(name);
        }
        Ok(PathBuf::from(self.text("IconThemePath")?)
            .join(name)
            .with_extension("png"))
    }

    /// Its menu.
    pub fn menu(&self) -> Result<Menu, SessionError> {
        let path = OwnedObjectPath::try_from(self.property("Menu")?)?;
        Ok(Menu::new(
            self.bus.connection().clone(),
            &self.owner,
            path.as_str(),
        ))
    }

    /// The process that shows it.
    pub fn process(&self) -> Result<u32, SessionError> {
        let bus = Some("org.freedesktop.DBus");
        let (path, method) = ("/org/freedesktop/DBus", "GetConnectionUnixProcessID");
        let connection = self.bus.connection();
        let answer = connection.call_method(bus, path, bus, method, &self.owner.as_str())?;
        Ok(answer.body().deserialize()?)
    }

    /// Changes of its icon, label, title and menu, from now on.
    pub fn changes(&self) -> Result<Events, SessionError> {
        let rule = format!("type='signal',sender='{}'", self.owner);
        Events::signals(self.bus.address(), &rule)
    }

    /// Waits until `probe` finds something, looking again after each change of the item.
    ///
    /// # Errors
    /// The probe's own, or [`SessionError::TimedOut`] naming `what`.
    pub fn wait_for<T>(
        &self,
        what: &str,
        patience: Duration,
        mut probe: impl FnMut(&Self) -> Result<Option<T>, SessionError>,
    ) -> Result<T, SessionError> {
        self.changes()?.wait_for(what, patience, || probe(self))
    }

    fn text(&self, name: &str) -> Result<String, SessionError> {
        Ok(self.property(name)?.try_into()?)
    }

    fn property(&self, name: &str) -> Result<OwnedValue, SessionError> {
        self.bus.property(&self.owner, &self.path, ITEM, name)
    }
}

/// Every registered status item.
pub fn registered(bus: &Arc<Bus>) -> Result<Vec<StatusItem>, SessionError> {
    let names = bus.property(
        WATCHER,
        "/StatusNotifierWatcher",
        WATCHER,
        "RegisteredStatusNotifierItems",
    )?;
    let names: Vec<String> = names.try_into()?;
    Ok(names.iter().map(|name| item(bus, name)).collect())
}

/// Waits until a status item is registered that `wanted` accepts.
pub fn wait_for(
    bus: &Arc<Bus>,
    patience: Duration,
    wanted: impl Fn(&StatusItem) -> bool,
) -> Result<StatusItem, SessionError> {
    let rule = format!("type='signal',interface='{WATCHER}'");
    let registrations = Events::signals(bus.address(), &rule)?;
    registrations.wait_for("the status item", patience, || {
        Ok(registered(bus)?.into_iter().find(|item| wanted(item)))
    })
}

fn item(bus: &Arc<Bus>, name: &str) -> StatusItem {
    let (owner, path) = split(name);
    StatusItem {
        bus: Arc::clone(bus),
        owner,
        path,
    }
}

/// `:1.5/org/path` or, as the specification has it, a bus name alone.
fn split(name: &str) -> (String, String) {
    match name.find('/') {
        Some(slash) => (name[..slash].to_owned(), name[slash..].to_owned()),
        None => (name.to_owned(), "/StatusNotifierItem".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_registration_are_understood() {
        let ayatana = split(":1.7/org/ayatana/NotificationItem/tray");
        assert_eq!(
            ayatana,
            (":1.7".into(), "/org/ayatana/NotificationItem/tray".into())
        );
        let plain = split("org.kde.StatusNotifierItem-42-1");
        assert_eq!(plain.1, "/StatusNotifierItem");
    }
}

//! Whether this desktop shows status items at all.
//!
//! On Linux a status item is shown by whoever owns `org.kde.StatusNotifierWatcher` on the
//! session bus. Plain GNOME and bare window managers have nobody.

use std::time::Duration;
use zbus::export::ordered_stream::OrderedStreamExt as _;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;
use zbus::{Connection, proxy};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// How long a panel may take after the app: at login both start at once.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether anybody shows status items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// Somebody does.
    Present,
    /// Nobody does.
    Absent,
}

#[proxy(
    interface = "org.kde.StatusNotifierWatcher",
    default_service = "org.kde.StatusNotifierWatcher",
    default_path = "/StatusNotifierWatcher"
)]
trait StatusNotifierWatcher {
    #[zbus(property, name = "IsStatusNotifierHostRegistered")]
    fn is_status_notifier_host_registered(&self) -> zbus::Result<bool>;
}

/// Follows whether a host is there, for as long as the bus lives; `tell` hears it each time it
/// may have changed. An absence is told only once a panel had time to start.
pub(crate) async fn follow(connection: &Connection, tell: impl Fn(Host)) -> zbus::Result<()> {
    let bus = DBusProxy::new(connection).await?;
    let mut owners = bus
        .receive_name_owner_changed_with_args(&[(0, WATCHER)])
        .await?;
    let mut host = look(connection, &bus).await?;
    if host == Host::Absent && tokio::time::timeout(PATIENCE, owners.next()).await.is_ok() {
        host = look(connection, &bus).await?;
    }
    tell(host);
    while owners.next().await.is_some() {
        tell(look(connection, &bus).await?);
    }
    Ok(())
}

async fn look(connection: &Connection, bus: &DBusProxy<'_>) -> zbus::Result<Host> {
    if !bus.name_has_owner(BusName::try_from(WATCHER)?).await? {
        return Ok(Host::Absent);
    }
    let watcher = StatusNotifierWatcherProxy::new(connection).await?;
    // Some watchers are hosts themselves and do not implement the property.
    let registered = watcher
        .is_status_notifier_host_registered()
        .await
        .unwrap_or(true);
    Ok(if registered {
        Host::Present
    } else {
        Host::Absent
    })
}

//! What the Linux desktop says over its session bus: whether it shows status items, and
//! whether it is light or dark.

use crate::appearance::linux as preference;
use crate::status_host::{self, Host};
use crate::{app, shell};
use tauri::AppHandle;
use zbus::Connection;

/// Follows the desktop for as long as its bus lives.
pub(crate) async fn follow(app: AppHandle) {
    let connection = match Connection::session().await {
        Ok(connection) => connection,
        Err(error) => {
            tracing::warn!(%error, "there is no session bus, so no status item can be shown");
            return told_host(&app, Host::Absent);
        }
    };
    let (host, look) = tokio::join!(
        status_host::follow(&connection, |host| told_host(&app, host)),
        preference::follow(&connection, |look| {
            shell::of(&app)
                .frames
                .send_modify(|frame| frame.preferred_look = look);
        }),
    );
    if let Err(error) = host {
        tracing::warn!(%error, "the status-notifier host cannot be followed");
    }
    if let Err(error) = look {
        tracing::debug!(%error, "the desktop does not say whether it is light or dark");
    }
}

/// Opens the window, which says why, when nobody shows the icon.
fn told_host(app: &AppHandle, host: Host) {
    let shell = shell::of(app);
    let absent = host == Host::Absent;
    let was_absent = shell.frames.borrow().occasion.no_icon;
    shell
        .frames
        .send_modify(|frame| frame.occasion.no_icon = absent);
    if absent && !was_absent {
        app::show_window(app);
    }
}

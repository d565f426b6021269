//! Sends notifications to the desktop. A desktop that shows none is no error of ours: the
//! menu and the window say the same.
//!
//! Where the desktop can, a newer notice takes the place of the last one on the same topic, so
//! that *expires in 5 min* does not stay on the screen once the token is fresh again.

use crate::notify::Notice;
use notify_rust::{Notification, NotificationHandle};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The desktop's numbers of the notifications shown last, by topic.
type Shown = Arc<Mutex<HashMap<String, u32>>>;

/// Sends notifications.
#[derive(Default)]
pub(crate) struct Sender {
    shown: Shown,
}

impl Sender {
    /// Sends `notice`, on a thread of its own: a notification daemon may be slow to start.
    pub(crate) fn send(&self, notice: Notice) {
        let shown = self.shown.clone();
        tauri::async_runtime::spawn_blocking(move || {
            // Held while sending, so that two notices on one topic keep their order.
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            let replaced = shown.get(&notice.topic).copied();
            match build(&notice, replaced).show() {
                Ok(handle) => {
                    shown.extend(number(&handle).map(|number| (notice.topic, number)));
                }
                Err(error) => {
                    tracing::warn!(%error, title = notice.title, "a notification was not shown");
                }
            }
        });
    }
}

fn build(notice: &Notice, replaced: Option<u32>) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Zoomtray")
        .summary(&notice.title)
        .body(&notice.body);
    if let Some(number) = replaced {
        notification.id(number);
    }
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.icon("zoomtray").urgency(urgency(notice));
    #[cfg(windows)]
    identify(&mut notification);
    notification
}

/// The desktop's number of a notification that is shown.
#[cfg(all(unix, not(target_os = "macos")))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is no number")]
fn number(handle: &NotificationHandle) -> Option<u32> {
    Some(handle.id())
}

/// Elsewhere a notification goes by itself and is not replaced.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn number(_: &NotificationHandle) -> Option<u32> {
    None
}

/// Urgent notices stay until they are dismissed or replaced on most desktops.
#[cfg(all(unix, not(target_os = "macos")))]
fn urgency(notice: &Notice) -> notify_rust::Urgency {
    if notice.urgent {
        notify_rust::Urgency::Critical
    } else {
        notify_rust::Urgency::Normal
    }
}

/// Windows shows toasts of installed apps alone; a build that was not installed sends its own
/// under the name of the shell that `notify_rust` falls back to.
#[cfg(windows)]
fn identify(notification: &mut Notification) {
    let installed = std::env::current_exe().is_ok_and(|program| {
        !program
            .components()
            .any(|part| part.as_os_str() == "target")
    });
    if installed {
        notification.app_id("io.zoomtray.desktop");
    }
}

//! Questions over the desktop's notification bus: what is shown there can be taken back.

use notify_rust::error::Error;
use notify_rust::{Notification, NotificationResponse};
use tokio::sync::oneshot;
use zbus::Connection;

/// Shows `notification` until it is answered, closed, or `withdrawn`. The key of the answer.
pub(super) async fn answer_to(
    notification: Notification,
    withdrawn: oneshot::Receiver<()>,
) -> Result<Option<String>, Error> {
    let handle = notification.show_async().await?;
    let mut answer = None;
    let waiting = handle.wait_for_action_async(|response| {
        if let NotificationResponse::Action(key) = response {
            answer = Some(key.clone());
        }
    });
    tokio::select! {
        () = waiting => {}
        _ = withdrawn => {}
    }
    // An answered one stays on the screen of some desktops.
    handle.close_async().await;
    Ok(answer)
}

/// Takes the notification of this number from the screen; one that is gone already is no error.
pub(super) async fn close(number: u32) -> zbus::Result<()> {
    let notifications = "org.freedesktop.Notifications";
    let bus = Connection::session().await?;
    bus.call_method(
        Some(notifications),
        "/org/freedesktop/Notifications",
        Some(notifications),
        "CloseNotification",
        &number,
    )
    .await?;
    Ok(())
}

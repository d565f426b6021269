//! Questions where the desktop offers only to wait for the answer: macOS and Windows. They
//! cannot be taken back; an answer that comes too late is dropped.

use notify_rust::error::Error;
use notify_rust::{Notification, NotificationResponse};
use tokio::sync::oneshot;

/// Shows `notification` until it is answered or `withdrawn`. The key of the answer.
pub(super) async fn answer_to(
    notification: Notification,
    withdrawn: oneshot::Receiver<()>,
) -> Result<Option<String>, Error> {
    let (sender, response) = oneshot::channel();
    // A thread of its own: it waits for as long as the user does.
    std::thread::spawn(move || {
        // Nobody listens any more once the question is withdrawn.
        let _late = sender.send(wait(&notification));
    });
    tokio::select! {
        answer = response => answer.unwrap_or(Ok(None)),
        _ = withdrawn => Ok(None),
    }
}

fn wait(notification: &Notification) -> Result<Option<String>, Error> {
    let mut answer = None;
    notification
        .show()?
        .wait_for_response(|response: &NotificationResponse| {
            if let NotificationResponse::Action(key) = response {
                answer = Some(key.clone());
            }
        })?;
    Ok(answer)
}

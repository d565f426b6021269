//! Sends notifications to the desktop. A desktop that shows none is no error of ours: the
//! menu and the window say the same.
//!
//! Where the desktop can, a newer notice takes the place of the last one on the same topic, so
//! that *expires in 5 min* does not stay on the screen once the token is fresh again. Of each
//! topic at most one question is on the screen.

#[cfg_attr(all(unix, not(target_os = "macos")), path = "asking_bus.rs")]
#[cfg_attr(any(windows, target_os = "macos"), path = "asking_blocking.rs")]
mod asking;

use crate::notify::Notice;
use notify_rust::{Notification, NotificationHandle};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// The desktop's numbers of the notifications shown last, by topic.
type Shown = Arc<Mutex<HashMap<String, u32>>>;

/// Sends notifications.
#[derive(Default)]
pub(crate) struct Sender {
    shown: Shown,
    /// By topic. Dropped, one takes its question from the screen.
    questions: Mutex<HashMap<String, oneshot::Sender<()>>>,
}

impl Sender {
    /// Sends `notice`, on a thread of its own: a notification daemon may be slow to start.
    pub(crate) fn say(&self, notice: Notice) {
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

    /// Takes the last notice on `topic` from the screen, where the desktop can.
    pub(crate) fn take_back(&self, topic: &str) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = shown.remove(topic) {
            close(number);
        }
    }

    /// Asks `notice` with these answers, in place of a question before on its topic. `answered`
    /// is given the key of the chosen one; without an answer it is not called.
    pub(crate) fn ask(
        &self,
        notice: &Notice,
        answers: &[Choice],
        answered: impl FnOnce(String) + Send + 'static,
    ) {
        let (question, withdrawn) = oneshot::channel();
        self.questions().insert(notice.topic.clone(), question);
        let mut notification = build(notice, None);
        for choice in order(answers, cfg!(target_os = "macos")) {
            notification.action(choice.key, choice.label);
        }
        tauri::async_runtime::spawn(async move {
            match asking::answer_to(notification, withdrawn).await {
                Ok(Some(key)) => answered(key),
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "a question was not shown"),
            }
        });
    }

    /// Takes the question on `topic` from the screen.
    pub(crate) fn withdraw(&self, topic: &str) {
        self.questions().remove(topic);
    }

    fn questions(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<()>>> {
        let questions = self.questions.lock();
        questions.unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer as a notification offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The name by which it comes back.
    pub(crate) key: &'static str,
    /// What its button says.
    pub(crate) label: &'static str,
    /// Whether it interrupts nothing and lets nothing through.
    pub(crate) is_safe: bool,
}

/// The answers as they are handed to the desktop. On macOS a click on the button that opens the
/// list of answers counts as the first of them, so that one must be safe.
fn order(answers: &[Choice], click_is_first: bool) -> Vec<Choice> {
    let mut ordered = answers.to_vec();
    if click_is_first {
        ordered.sort_by_key(|choice| !choice.is_safe);
    }
    ordered
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

/// Takes the notification of this number from the screen.
#[cfg(all(unix, not(target_os = "macos")))]
fn close(number: u32) {
    tauri::async_runtime::spawn(async move {
        if let Err(error) = asking::close(number).await {
            tracing::debug!(%error, "a notification was not taken back");
        }
    });
}

/// Elsewhere none has a number.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn close(_: u32) {}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stray_click_does_nothing_that_matters() {
        let choice = |key, is_safe| Choice {
            key,
            label: key,
            is_safe,
        };
        let answers = [
            choice("now", false),
            choice("later", true),
            choice("never", false),
        ];
        let keys = |click_is_first| -> Vec<&str> {
            let ordered = order(&answers, click_is_first).into_iter();
            ordered.map(|choice| choice.key).collect()
        };
        assert_eq!(keys(false), ["now", "later", "never"]);
        assert_eq!(keys(true), ["later", "now", "never"]);
    }
}

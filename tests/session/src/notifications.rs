//! The real notification daemon, and a view of what programs ask it to show.

use crate::bus::{Bus, START_PATIENCE};
use crate::child::{SessionChild, bound};
use crate::environment::Folders;
use crate::error::SessionError;
use crate::events::Events;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};
use zbus::zvariant::OwnedValue;

const SERVICE: &str = "org.freedesktop.Notifications";

/// dunst's settings: no icons to look up, nothing stays for long. The menu of a notification's
/// actions is a program that is given their lines and prints the chosen one.
fn settings(folders: &Folders) -> String {
    format!(
        "[global]\nmonitor = 0\nfont = DejaVu Sans 10\nicon_position = off\n\
         notification_limit = 3\ndmenu = grep -m1 -F -f {}\n[urgency_normal]\ntimeout = 5\n",
        choice(folders).display()
    )
}

/// Holds the label of the action to choose.
fn choice(folders: &Folders) -> PathBuf {
    folders.config.join("dunst-choice")
}

/// Chooses the action `label` of the notification on the screen.
pub fn choose(bus: &Bus, folders: &Folders, label: &str) -> Result<(), SessionError> {
    fs_err::write(choice(folders), label)?;
    bus.connection().call_method(
        Some(SERVICE),
        "/org/freedesktop/Notifications",
        Some("org.dunstproject.cmd0"),
        "ContextMenuCall",
        &(),
    )?;
    Ok(())
}

/// Starts dunst and waits until it serves notifications.
pub fn start(
    bus: &Bus,
    folders: &Folders,
    environment: &BTreeMap<OsString, OsString>,
) -> Result<SessionChild, SessionError> {
    let file = folders.config.join("dunstrc");
    fs_err::write(&file, settings(folders))?;
    let log = folders.logs.join("dunst.log");
    let output = std::fs::File::from(fs_err::File::create(&log)?);
    let mut command = bound("dunst");
    command.arg("-config").arg(&file);
    command.env_clear().envs(environment).stdin(Stdio::null());
    command.stdout(output.try_clone()?).stderr(output);
    let mut daemon = SessionChild::start("dunst", command)?;
    bus.wait_for_name(SERVICE, START_PATIENCE)?;
    daemon.still_runs(&log.display().to_string())?;
    Ok(daemon)
}

/// One request to show something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Who asks.
    pub application: String,
    /// The heading.
    pub summary: String,
    /// The text.
    pub body: String,
    /// Keys and labels of its buttons, one after the other.
    pub actions: Vec<String>,
}

/// The arguments of `Notify` in the desktop notification specification.
type NotifyArguments = (
    String,
    u32,
    String,
    String,
    String,
    Vec<String>,
    HashMap<String, OwnedValue>,
    i32,
);

/// What was asked to be shown since this was made, in order.
pub struct Notifications {
    requests: Events,
}

impl Notifications {
    pub(crate) fn watch(address: &str) -> Result<Self, SessionError> {
        let rule = "type='method_call',interface='org.freedesktop.Notifications'";
        Ok(Self {
            requests: Events::eavesdrop(address, rule)?,
        })
    }

    /// The next request that `wanted` accepts; others before it are passed over.
    ///
    /// # Errors
    /// [`SessionError::TimedOut`] after `patience`.
    pub fn wait_for(
        &self,
        patience: Duration,
        wanted: impl Fn(&Notification) -> bool,
    ) -> Result<Notification, SessionError> {
        let begun = Instant::now();
        loop {
            let left = patience.saturating_sub(begun.elapsed());
            let Some(notification) = self.next(left)? else {
                let what = "the notification".to_owned();
                return Err(SessionError::TimedOut {
                    what,
                    within: patience,
                });
            };
            if wanted(&notification) {
                return Ok(notification);
            }
        }
    }

    /// The next request, or `None` when none comes within `patience`.
    pub fn next(&self, patience: Duration) -> Result<Option<Notification>, SessionError> {
        let begun = Instant::now();
        while let Some(message) = self.requests.next(patience.saturating_sub(begun.elapsed())) {
            if is_call_of(&message, "Notify") {
                let (application, _, _, summary, body, actions, _, _): NotifyArguments =
                    message.body().deserialize()?;
                return Ok(Some(Notification {
                    application,
                    summary,
                    body,
                    actions,
                }));
            }
        }
        Ok(None)
    }

    /// Waits until a program takes a notification back; requests before it are passed over.
    ///
    /// # Errors
    /// [`SessionError::TimedOut`] after `patience`.
    pub fn wait_for_withdrawal(&self, patience: Duration) -> Result<(), SessionError> {
        let begun = Instant::now();
        while let Some(message) = self.requests.next(patience.saturating_sub(begun.elapsed())) {
            if is_call_of(&message, "CloseNotification") {
                return Ok(());
            }
        }
        Err(SessionError::TimedOut {
            what: "the end of a notification".to_owned(),
            within: patience,
        })
    }
}

/// A monitor may also see the bus's own messages to it.
fn is_call_of(message: &zbus::Message, member: &str) -> bool {
    let header = message.header();
    header.member().is_some_and(|name| name.as_str() == member)
}

//! How Claude Desktop is asked to quit, and, on an explicit second choice, ended by force.
//!
//! Every signal goes to a process that was identified in a list made right before.

use super::claude::Claude;
use super::identify::{Install, Role};
use super::list::{Found, Processes};
use super::outcome::{Origin, Quit};
use crate::platform::Platform;
use std::process::Stdio;
use std::time::Duration;
use sysinfo::Signal;
use tokio::time::timeout;

/// The bundle id of Claude Desktop on macOS.
const BUNDLE_ID: &str = "com.anthropic.claudefordesktop";

/// How long the quit Apple event may take; it answers only once the app has decided.
const APPLE_EVENT: Duration = Duration::from_secs(10);

/// The way to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuitBy {
    /// SIGTERM to the main process: a clean quit there.
    Signal,
    /// The quit Apple event by bundle id; SIGTERM if that is refused or does nothing.
    AppleEvent,
    /// Closing its window only hides it and ending it by force can keep it from starting
    /// again until the computer does: only the user can.
    AskUser,
}

/// The way to ask the Claude of `install` on `platform`.
///
/// An executable named by `CLAUDE_APP_PATH` may not answer to the bundle id, and of two profiles
/// (`others`) the wrong one could.
#[must_use]
pub fn quit_by(platform: Platform, install: &Install, others: bool) -> QuitBy {
    match (platform, install) {
        (Platform::Windows, _) => QuitBy::AskUser,
        (Platform::MacOs, Install::MacApp { .. }) if !others => QuitBy::AppleEvent,
        (Platform::MacOs | Platform::Linux, _) => QuitBy::Signal,
    }
}

impl Claude {
    /// Asks it to quit, the platform's way. It may take a while, and it may not do it:
    /// [`Self::wait_gone`] tells.
    pub async fn quit(&self) -> Quit {
        let (way, asked) = match self.way_to_quit() {
            Ok(found) => found,
            Err(quit) => return quit,
        };
        match (way, asked) {
            (QuitBy::AskUser, (origin, main)) => Quit::NeedsUser { origin, main },
            (QuitBy::AppleEvent, (origin, main)) if apple_event().await => {
                Quit::Asked { origin, main }
            }
            (QuitBy::AppleEvent | QuitBy::Signal, _) => self.signal(),
        }
    }

    /// Sends SIGTERM to its main process, and to no other.
    #[must_use]
    pub fn signal(&self) -> Quit {
        self.send(Signal::Term, |role| role == Role::Main)
    }

    /// Ends all of its processes at once, the main process first. What they had not saved is
    /// lost, and on Windows Claude may not start again before the computer does: only for a user
    /// who was told so and chose it.
    #[must_use]
    pub fn end_by_force(&self) -> Quit {
        self.send(Signal::Kill, |_| true)
    }

    fn way_to_quit(&self) -> Result<(QuitBy, (Origin, Vec<u32>)), Quit> {
        let list = Processes::list().ok_or(Quit::Unknown)?;
        let asked = self.asked(&list)?;
        let platform = self.ours.platform;
        let others = platform == Platform::MacOs && list.others(&self.ours);
        Ok((quit_by(platform, &asked.0.install, others), asked))
    }

    /// How it was started and which main processes are to quit.
    fn asked(&self, list: &Processes) -> Result<(Origin, Vec<u32>), Quit> {
        let parts = list.parts(&self.ours).ok_or(Quit::NotRunning)?;
        let main = parts.main_pids();
        match (parts.origin, parts.holder) {
            (Some(origin), _) => Ok((origin, main)),
            (None, Some(holder)) => Err(Quit::Unproven { holder }),
            (None, None) => Err(Quit::NotRunning),
        }
    }

    fn send(&self, signal: Signal, concerns: impl Fn(Role) -> bool) -> Quit {
        let Some(list) = Processes::list() else {
            return Quit::Unknown;
        };
        let (origin, main) = match self.asked(&list) {
            Ok(asked) => asked,
            Err(quit) => return quit,
        };
        let mut found = list.of_claude(&self.ours);
        found.retain(|found| concerns(found.role));
        found.sort_by_key(|found| found.role != Role::Main);
        let refused = found
            .iter()
            .find(|found| found.process.kill_with(signal) != Some(true) && self.still(found));
        match refused {
            Some(found) => Quit::Failed { part: found.part() },
            None => Quit::Asked { origin, main },
        }
    }

    /// A process that cannot be signalled may have gone by itself at that moment.
    fn still(&self, found: &Found<'_>) -> bool {
        let pid = found.process.pid();
        let now = Processes::list();
        now.is_none_or(|list| {
            let left = list.of_claude(&self.ours);
            left.iter().any(|left| left.process.pid() == pid)
        })
    }
}

/// Sends the quit Apple event; false if it was refused or took too long.
async fn apple_event() -> bool {
    let script = format!("quit app id \"{BUNDLE_ID}\"");
    let mut command = tokio::process::Command::new("/usr/bin/osascript");
    command
        .arg("-e")
        .arg(script)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command.stderr(Stdio::null()).kill_on_drop(true);
    matches!(timeout(APPLE_EVENT, command.status()).await, Ok(Ok(status)) if status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_platform_is_asked_its_own_way() {
        let mac = Install::MacApp {
            bundle: "/Applications/Claude.app".into(),
        };
        let named = Install::Named {
            executable: "/opt/claude".into(),
        };
        let linux = Install::LinuxPackage {
            command: "/usr/bin/claude-desktop".into(),
        };
        let package = Install::WindowsPackage {
            family: "Claude_pzs8sxrjxfjjc".into(),
        };
        let table = [
            (Platform::MacOs, &mac, false, QuitBy::AppleEvent),
            (Platform::MacOs, &mac, true, QuitBy::Signal),
            (Platform::MacOs, &named, false, QuitBy::Signal),
            (Platform::Linux, &linux, false, QuitBy::Signal),
            (Platform::Linux, &named, true, QuitBy::Signal),
            (Platform::Windows, &package, false, QuitBy::AskUser),
            (Platform::Windows, &named, false, QuitBy::AskUser),
        ];
        for (platform, install, others, way) in table {
            let found = quit_by(platform, install, others);
            assert_eq!(found, way, "{platform:?} {install:?} {others}");
        }
    }
}

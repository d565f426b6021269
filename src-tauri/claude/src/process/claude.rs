//! Claude Desktop of this user, as one thing that runs, is asked to quit, and is started.

use super::identify::{Install, Ours, Role};
use super::launch::launch;
use super::list::{Part, Processes};
use super::outcome::{Gone, Quit, Running, Started};
use super::quit::{BUNDLE_ID, QuitBy, quit_by};
use super::spawn;
use crate::platform::Platform;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use sysinfo::Signal;
use tokio::time::{Instant, sleep, timeout};

/// Between two looks at the process list, while a quit or a start is awaited.
const LOOK: Duration = Duration::from_millis(100);

/// How long the quit Apple event may take; it answers only once the app has decided.
const APPLE_EVENT: Duration = Duration::from_secs(10);

/// Claude Desktop of this user.
#[derive(Clone, Debug)]
pub struct Claude {
    ours: Ours,
}

impl Claude {
    /// Claude of the user with this `home`; `config` is the config file in use, whose folder is
    /// its profile. Reads `CLAUDE_APP_PATH` and `LOCALAPPDATA` from `env`.
    pub fn new(env: &dyn Fn(&str) -> Option<OsString>, home: &Path, config: Option<&Path>) -> Self {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let (user, session) = Processes::list().map_or((None, None), |list| list.own());
        let platform = Platform::current();
        let local =
            env("LOCALAPPDATA").map_or_else(|| home.join("AppData").join("Local"), PathBuf::from);
        let app_path = env("CLAUDE_APP_PATH")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from);
        Self {
            ours: Ours {
                platform,
                home: text(home),
                local_app_data: text(&local),
                profile: config.and_then(Path::parent).map(text),
                app_path: app_path.map(|path| text(&executable(path, platform))),
                user,
                session,
            },
        }
    }

    /// Which of its processes run now.
    #[must_use]
    pub fn running(&self) -> Running {
        let Some(list) = Processes::list() else {
            return Running::Unknown;
        };
        let parts = list.of_claude(&self.ours);
        let Some(install) = first_install(&parts) else {
            return Running::No;
        };
        let pids = |role: Role| {
            parts
                .iter()
                .filter(|part| part.role == role)
                .map(|part| part.process.pid().as_u32())
                .collect()
        };
        Running::Yes {
            install,
            main: pids(Role::Main),
            helpers: pids(Role::Helper),
        }
    }

    /// Asks it to quit, the platform's way. It may take a while, and it may not do it:
    /// [`Self::wait_gone`] tells.
    pub async fn quit(&self) -> Quit {
        let install = match self.running() {
            Running::No => return Quit::NotRunning,
            Running::Unknown => return Quit::Unknown,
            Running::Yes { install, .. } => install,
        };
        match quit_by(self.ours.platform, &install) {
            QuitBy::AskUser => Quit::NeedsUser,
            QuitBy::AppleEvent if apple_event().await => Quit::Asked { install },
            QuitBy::AppleEvent | QuitBy::Signal => self.signal(),
        }
    }

    /// Sends SIGTERM to its main process, and to no other: identified anew right before.
    #[must_use]
    pub fn signal(&self) -> Quit {
        let Some(list) = Processes::list() else {
            return Quit::Unknown;
        };
        let parts = list.of_claude(&self.ours);
        let Some(install) = first_install(&parts) else {
            return Quit::NotRunning;
        };
        let refused = parts
            .iter()
            .filter(|part| part.role == Role::Main)
            .find(|part| part.process.kill_with(Signal::Term) != Some(true));
        match refused {
            Some(part) => Quit::Failed {
                pid: part.process.pid().as_u32(),
            },
            None => Quit::Asked { install },
        }
    }

    /// Whether another way to ask is left if the first had no effect.
    pub(crate) fn can_insist(&self) -> bool {
        self.ours.platform == Platform::MacOs
    }

    /// Waits until no process of it is left, at most `limit`.
    pub async fn wait_gone(&self, limit: Duration) -> Gone {
        let begun = Instant::now();
        loop {
            let pids = match self.running() {
                Running::No => return Gone::All,
                Running::Unknown => Vec::new(),
                Running::Yes { main, helpers, .. } => [main, helpers].concat(),
            };
            if begun.elapsed() >= limit {
                return Gone::Not { pids };
            }
            sleep(LOOK).await;
        }
    }

    /// Starts the Claude of `install`, detached, and waits up to `limit` for its main process.
    pub async fn start(&self, install: &Install, limit: Duration) -> Started {
        if let Some(pid) = self.main_pid() {
            return Started::AlreadyRunning { pid };
        }
        let launch = match launch(self.ours.platform, install) {
            Ok(launch) => launch,
            Err(reason) => return Started::NoLaunch(reason),
        };
        if let Some(Err(error)) = launch.target.as_ref().map(fs_err::metadata) {
            return Started::Failed(error);
        }
        let mut command = Command::new(launch.program);
        command.args(launch.arguments).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        withhold_secrets(&mut command);
        let spawned = tokio::task::spawn_blocking(move || spawn::spawn(&mut command)).await;
        match spawned.map_err(std::io::Error::other).flatten() {
            Ok(()) => self.confirm(limit).await,
            Err(error) => Started::Failed(error),
        }
    }

    async fn confirm(&self, limit: Duration) -> Started {
        let begun = Instant::now();
        loop {
            if let Some(pid) = self.main_pid() {
                return Started::Confirmed { pid };
            }
            if begun.elapsed() >= limit {
                return Started::NotSeen;
            }
            sleep(LOOK).await;
        }
    }

    fn main_pid(&self) -> Option<u32> {
        match self.running() {
            Running::Yes { main, .. } => main.first().copied(),
            Running::No | Running::Unknown => None,
        }
    }
}

/// The main process's install if there is one, else a helper's.
fn first_install(parts: &[Part<'_>]) -> Option<Install> {
    let main = parts.iter().find(|part| part.role == Role::Main);
    main.or(parts.first()).map(|part| part.install.clone())
}

/// The executable that `CLAUDE_APP_PATH` means: itself, or the one in the bundle, links resolved
/// as a process list shows them.
fn executable(path: PathBuf, platform: Platform) -> PathBuf {
    let bundled = platform == Platform::MacOs && path.extension().is_some_and(|end| end == "app");
    let path = if bundled {
        path.join("Contents").join("MacOS").join("Claude")
    } else {
        path
    };
    fs_err::canonicalize(&path).unwrap_or(path)
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

/// Credentials that this process was given are not for Claude.
fn withhold_secrets(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("ZOOM_") || text.starts_with("ZOOMTRAY_") {
            command.env_remove(&name);
        }
    }
}

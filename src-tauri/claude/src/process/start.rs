//! Starting Claude again, and making sure that it runs.

use super::claude::Claude;
use super::exit::Exit;
use super::launch::{Launch, NoLaunch, launch};
use super::list::Processes;
use super::lock::ProfileLock;
use super::outcome::{NotStarted, Origin, Running, Started};
use super::spawn;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// Between two looks at the process list, while a start is awaited.
const LOOK: Duration = Duration::from_millis(100);

/// How long a main process has to stay that does not hold its profile's lock: one that cannot
/// start on its profile ends sooner.
const SETTLED: Duration = Duration::from_secs(1);

impl Claude {
    /// Starts the Claude of `origin`, detached, and waits up to `limit` for its main process.
    pub async fn start(&self, origin: &Origin, limit: Duration) -> Started {
        if let Some(pid) = self.main_pid() {
            return Started::AlreadyRunning { pid };
        }
        match self.spawn(origin).await {
            Ok(()) => self.confirm(limit).await,
            Err(reason) => Started::NotRunning(reason),
        }
    }

    async fn spawn(&self, origin: &Origin) -> Result<(), NotStarted> {
        let launch = self.launch(origin).map_err(NotStarted::NoLaunch)?;
        if let Some(program) = launch
            .target
            .clone()
            .filter(|path| !Path::new(path).exists())
        {
            return Err(NotStarted::Absent { program });
        }
        let mut command = self.command(launch);
        let spawned = tokio::task::spawn_blocking(move || spawn::spawn(&mut command)).await;
        let spawned = spawned.map_err(std::io::Error::other).flatten();
        spawned.map_err(NotStarted::Failed)
    }

    /// The main process that runs now, or whoever holds the profile.
    pub(crate) fn main_pid(&self) -> Option<u32> {
        match self.running() {
            Running::Yes(parts) => {
                let main = parts.main.first().or(parts.holder.as_ref());
                main.and_then(|part| part.pid)
            }
            Running::No | Running::Unknown => None,
        }
    }

    fn launch(&self, origin: &Origin) -> Result<Launch, NoLaunch> {
        let others = Processes::list().is_some_and(|list| list.others(&self.ours));
        launch(self.ours.platform, origin, others)
    }

    fn command(&self, launch: Launch) -> Command {
        let mut command = Command::new(launch.program);
        command.args(launch.arguments).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        // Not where this process happens to be: that folder could not be removed any more.
        if Path::new(&self.ours.home).is_dir() {
            command.current_dir(&self.ours.home);
        }
        withhold(&mut command);
        command
    }

    async fn confirm(&self, limit: Duration) -> Started {
        let begun = Instant::now();
        while begun.elapsed() < limit {
            match self.main_pid() {
                Some(pid) if self.stays(pid).await => return Started::Confirmed { pid },
                _ => sleep(LOOK).await,
            }
        }
        match self.lock() {
            ProfileLock::OtherHost { host } => {
                Started::NotRunning(NotStarted::LockedElsewhere { host })
            }
            _ => Started::NotRunning(NotStarted::NotSeen),
        }
    }

    /// Whether the process `pid` has its profile, or is still there after a while.
    async fn stays(&self, pid: u32) -> bool {
        let holds = |lock| matches!(lock, ProfileLock::Held { by } if by.pid == Some(pid));
        if holds(self.lock()) {
            return true;
        }
        match Exit::watch(pid) {
            Ok(Some(mut exit)) => timeout(SETTLED, exit.ended()).await.is_err(),
            Ok(None) => false,
            Err(_) => {
                sleep(SETTLED).await;
                self.main_pid() == Some(pid)
            }
        }
    }
}

/// Credentials that this process was given are not for Claude, and neither is the variable that
/// would make its executable a bare Node.
fn withhold(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let ours = text.starts_with("ZOOM_") || text.starts_with("ZOOMTRAY_");
        if ours || text == "ELECTRON_RUN_AS_NODE" {
            command.env_remove(&name);
        }
    }
}

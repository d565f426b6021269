//! A server under its guard: start, pipes, and an end that is certain.
//!
//! Whatever way a [`Child`] ends, and also when it is dropped, its whole group ends with it.

#[cfg_attr(unix, path = "child/group_unix.rs")]
#[cfg_attr(windows, path = "child/group_windows.rs")]
mod group;

use crate::guard::PARENT_VARIABLE;
use group::Group;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// How long a server may take to end after its stdin closed, and again after SIGTERM; as long
/// as Claude Desktop gives the servers it starts.
const GRACE: Duration = Duration::from_secs(2);

/// What to start, and how.
#[derive(Clone)]
pub struct Launch {
    /// `zoomtrayctl`, whose hidden subcommand `guard` is the guard.
    pub guard: PathBuf,
    /// The server's program.
    pub program: PathBuf,
    /// Its arguments. No secret: any user can read them.
    pub arguments: Vec<OsString>,
    /// What the variables below are added to.
    pub inherited: Inherited,
    /// A value, or none to take a variable away. May hold secrets.
    pub environment: Vec<(OsString, Option<OsString>)>,
    /// The working folder; none is this process's.
    pub folder: Option<PathBuf>,
}

/// Which variables a server has before its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// Those of this process.
    All,
    /// None.
    Nothing,
}

/// Without the values of variables, of which some are secrets.
impl fmt::Debug for Launch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Launch");
        shown.field("program", &self.program);
        shown.finish_non_exhaustive()
    }
}

/// A running server.
pub struct Child {
    process: tokio::process::Child,
    group: Group,
}

/// A server's standard streams.
pub struct Pipes {
    /// What the server reads.
    pub stdin: ChildStdin,
    /// What the server writes.
    pub stdout: ChildStdout,
    /// What the server complains.
    pub stderr: ChildStderr,
}

impl Child {
    /// Starts a server under its guard. Must be called inside a tokio runtime.
    pub fn start(launch: &Launch) -> io::Result<(Self, Pipes)> {
        let mut command = Command::new(&launch.guard);
        command
            .args(["guard", "--"])
            .arg(&launch.program)
            .args(&launch.arguments);
        set_environment(&mut command, launch);
        if let Some(folder) = &launch.folder {
            command.current_dir(folder);
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        group::prepare(&mut command);
        let mut process = command.kill_on_drop(true).spawn()?;
        let group = Group::of(&process)?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (
            process.stdin.take(),
            process.stdout.take(),
            process.stderr.take(),
        ) else {
            return Err(io::Error::other("a child's pipes are missing"));
        };
        let child = Self { process, group };
        Ok((
            child,
            Pipes {
                stdin,
                stdout,
                stderr,
            },
        ))
    }

    /// Returns once the guard and all of its group are gone. May be cancelled and called again.
    pub async fn ended(&mut self) -> io::Result<()> {
        self.group.ended().await;
        self.process.wait().await.map(|_status| ())
    }

    /// Ends the server; the caller has dropped its stdin. 2 s to leave, SIGTERM, 2 s, SIGKILL.
    pub async fn close(mut self) -> io::Result<()> {
        if let Ok(ended) = timeout(GRACE, self.ended()).await {
            return ended;
        }
        if self.group.terminate()
            && let Ok(ended) = timeout(GRACE, self.ended()).await
        {
            return ended;
        }
        self.process.start_kill()?;
        self.ended().await
    }
}

fn set_environment(command: &mut Command, launch: &Launch) {
    if launch.inherited == Inherited::Nothing {
        command.env_clear();
        group::keep_needed(command);
    }
    for (name, value) in &launch.environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env(PARENT_VARIABLE, std::process::id().to_string());
}

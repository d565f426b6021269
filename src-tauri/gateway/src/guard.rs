//! The guard: the small process between Zoomtray and a server it starts.
//!
//! It leads the server's process group (Unix) or job (Windows), hands its own pipes down and
//! ends with the server's exit code. When its parent dies, however it dies, the whole group
//! is killed: no server and no process of a server outlives Zoomtray. Runs without tokio.

#[cfg_attr(target_os = "linux", path = "guard/parent_linux.rs")]
#[cfg_attr(target_vendor = "apple", path = "guard/parent_macos.rs")]
#[cfg_attr(windows, path = "guard/parent_windows.rs")]
mod parent;
mod plan;
#[cfg_attr(unix, path = "guard/group_unix.rs")]
#[cfg_attr(windows, path = "guard/group_windows.rs")]
mod platform;

use plan::Plan;
use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitCode, ExitStatus};

/// A command line that is no guard's.
const USAGE: u8 = 2;
/// The parent was gone before the server was started.
const ORPHANED: u8 = 125;
/// The guard could not do its work.
const GUARD_FAILED: u8 = 126;
/// The server could not be started.
const NOT_STARTED: u8 = 127;

/// Names the process whose end ends the server. Whoever starts a guard passes its own id, so
/// that a parent that died before the guard looked is noticed; the server does not see it.
pub const PARENT_VARIABLE: &str = "ZOOMTRAY_GUARD_PARENT";

/// Runs `COMMAND ARGUMENTS…` under this process and returns its exit code; 125 to 127 are the
/// guard's own, as in a shell. A signal N counts as 128 + N.
///
/// The parent is the process that [`PARENT_VARIABLE`] names, else the one that started this.
pub fn run(command: impl IntoIterator<Item = OsString>) -> ExitCode {
    let named = std::env::var_os(PARENT_VARIABLE);
    let Some(plan) = Plan::new(command, named, parent::of_this_process) else {
        return complain(
            "usage: guard -- COMMAND [ARGUMENTS]; no parent is named",
            USAGE,
        );
    };
    let group = match platform::Group::lead() {
        Ok(group) => group,
        Err(error) => {
            return complain(
                &format!("cannot lead a process group: {error}"),
                GUARD_FAILED,
            );
        }
    };
    match parent::Parent::open(plan.parent) {
        Ok(Some(parent)) => watch_and_run(&plan, parent, group),
        Ok(None) => ExitCode::from(ORPHANED),
        Err(error) => complain(
            &format!("cannot watch the parent process: {error}"),
            GUARD_FAILED,
        ),
    }
}

fn watch_and_run(plan: &Plan, parent: parent::Parent, group: platform::Group) -> ExitCode {
    let thread = std::thread::Builder::new().name("parent".to_owned());
    let watched = thread.spawn(move || {
        // An error of the wait counts as the parent's end: an orphan would be worse.
        let _ended_or_failed: io::Result<()> = parent.wait();
        group.kill();
    });
    if let Err(error) = watched {
        return complain(
            &format!("cannot watch the parent process: {error}"),
            GUARD_FAILED,
        );
    }
    let mut command = Command::new(&plan.command);
    command.args(&plan.arguments).env_remove(PARENT_VARIABLE);
    match command.spawn().and_then(|mut server| server.wait()) {
        Ok(status) => ExitCode::from(code_of(status)),
        Err(error) => complain(
            &format!(
                "cannot start {}: {error}; reinstall it",
                plan.command.display()
            ),
            NOT_STARTED,
        ),
    }
}

/// The exit code to end with, so that whoever reads it learns what became of the server.
fn code_of(status: ExitStatus) -> u8 {
    let code = status
        .code()
        .or_else(|| platform::signal_of(status).map(|signal| 128 + signal));
    code.map_or(GUARD_FAILED, |code| u8::try_from(code).unwrap_or(1))
}

#[expect(
    clippy::print_stderr,
    reason = "the guard has no log: its stderr is the server's log"
)]
fn complain(problem: &str, code: u8) -> ExitCode {
    eprintln!("zoomtray guard: {problem}");
    ExitCode::from(code)
}

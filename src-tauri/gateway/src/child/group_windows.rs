//! A guard's job, seen from outside: it ends when the guard does.

use std::io;
use tokio::process::{Child, Command};

/// Starts a console program without a console window.
const CREATE_NO_WINDOW: u32 = 0x0800_0000;

/// No window appears.
pub(super) fn prepare(command: &mut Command) {
    command.creation_flags(CREATE_NO_WINDOW);
}

/// Without these, programs do not find the system's libraries and sockets.
pub(super) fn keep_needed(command: &mut Command) {
    for name in ["SystemRoot", "SystemDrive"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
}

/// The system kills the job's processes with the guard, so there is nothing to hold.
pub(super) struct Group;

impl Group {
    /// The job of a guard that was just started.
    #[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
    pub(super) fn of(_guard: &Child) -> io::Result<Self> {
        Ok(Self)
    }

    /// The end of the guard is all there is to wait for.
    #[expect(clippy::unused_async, reason = "there is a wait elsewhere")]
    pub(super) async fn ended(&mut self) {}

    /// Windows has no way to ask a program without a window.
    #[expect(clippy::unused_self, reason = "it is used elsewhere")]
    pub(super) fn terminate(&self) -> bool {
        false
    }
}

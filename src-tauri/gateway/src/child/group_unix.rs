//! A guard's process group, seen from outside.

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::io;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

/// The guard leads its group from its first instruction on.
pub(super) fn prepare(command: &mut Command) {
    command.process_group(0);
}

/// A program starts here without any variable.
pub(super) fn keep_needed(_command: &mut Command) {}

/// The group led by a guard. Its number stays the guard's until the guard is reaped, which
/// happens only after [`Group::ended`]: no stranger's group can be hit.
pub(super) struct Group {
    leader: Pid,
    swept: oneshot::Receiver<()>,
    gone: bool,
}

impl Group {
    /// The group of a guard that was just started.
    pub(super) fn of(guard: &Child) -> io::Result<Self> {
        let id = guard
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw);
        let Some(leader) = id else {
            return Err(io::Error::other("the guard has no process id"));
        };
        let (report, swept) = oneshot::channel();
        std::thread::Builder::new()
            .name(format!("guard {leader}"))
            .spawn(move || {
                sweep_after(leader);
                // Nobody waits any more: then nobody needs to know.
                let _unheard = report.send(());
            })?;
        Ok(Self {
            leader,
            swept,
            gone: false,
        })
    }

    /// Returns once the guard has ended and the rest of its group was killed.
    pub(super) async fn ended(&mut self) {
        if !self.gone {
            // An error means that the thread is gone, which it is only when done.
            let _done = (&mut self.swept).await;
            self.gone = true;
        }
    }

    /// Asks the whole group to end; false where that is not possible.
    pub(super) fn terminate(&self) -> bool {
        !self.gone && kill_process_group(self.leader, Signal::TERM).is_ok()
    }
}

/// Waits for the guard's end without reaping it, then kills what is left of its group.
fn sweep_after(leader: Pid) {
    let leave = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(leader), leave) {}
    if let Err(error) = kill_process_group(leader, Signal::KILL) {
        // Only the guard itself was left.
        tracing::trace!(%error, "nothing to sweep");
    }
}

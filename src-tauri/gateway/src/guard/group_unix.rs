//! The process group that a guard leads.

use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group, setpgid};
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// This process's own group.
pub(super) struct Group(());

impl Group {
    /// Makes this process the leader of its group, and lets it live through the SIGTERM that
    /// asks the group to end: it stays to report the server's exit code.
    pub(super) fn lead() -> io::Result<Self> {
        // A handler, not SIG_IGN: the server must not inherit it.
        signal_hook::flag::register(
            signal_hook::consts::SIGTERM,
            Arc::new(AtomicBool::new(false)),
        )?;
        if getpgrp() != getpid() {
            setpgid(None, None)?;
        }
        Ok(Self(()))
    }

    /// Kills every process of the group, this one too.
    #[expect(
        clippy::unused_self,
        reason = "the caller must lead the group it kills"
    )]
    pub(super) fn kill(&self) {
        if kill_current_process_group(Signal::KILL).is_err() {
            std::process::abort();
        }
    }
}

/// The signal that ended a process.
pub(super) fn signal_of(status: ExitStatus) -> Option<i32> {
    status.signal()
}

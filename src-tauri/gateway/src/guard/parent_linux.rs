//! Waits for the parent's end through a process descriptor.
//!
//! A descriptor stands for the process. `PR_SET_PDEATHSIG` is not used: it fires when the
//! *thread* ends that started the guard, and it could only kill the guard, not its group.

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, getppid, pidfd_open};
use std::io;

/// The parent's process id.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there may be none")]
pub(super) fn of_this_process() -> Option<u32> {
    Some(std::os::unix::process::parent_id())
}

/// The parent, alive when it was opened.
pub(super) struct Parent(OwnedFd);

impl Parent {
    /// Opens the parent; none if `pid` is not, or no longer, the parent of this process.
    pub(super) fn open(pid: u32) -> io::Result<Option<Self>> {
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
            return Ok(None);
        };
        let descriptor = match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(descriptor) => descriptor,
            Err(Errno::SRCH) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // Asked after opening: a parent that died in between has handed this process on, so
        // the descriptor cannot stand for a stranger with the same number.
        Ok((getppid() == Some(pid)).then_some(Self(descriptor)))
    }

    /// Returns once the parent has ended.
    pub(super) fn wait(&self) -> io::Result<()> {
        loop {
            let mut ended = [PollFd::new(&self.0, PollFlags::IN)];
            match poll(&mut ended, None) {
                Err(Errno::INTR) | Ok(0) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

//! The end of a process through a descriptor that stands for it.

#![expect(
    unsafe_code,
    reason = "tokio leaves it to the caller that a descriptor stays the same"
)]

use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use std::io;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// One process, alive when it was opened.
pub(super) struct Exit(AsyncFd<OwnedFd>);

impl Exit {
    /// Opens the process; none if there is none of this number.
    pub(super) fn watch(pid: u32) -> io::Result<Option<Self>> {
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
            return Ok(None);
        };
        let descriptor = match pidfd_open(pid, PidfdFlags::NONBLOCK) {
            Ok(descriptor) => descriptor,
            Err(Errno::SRCH) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // SAFETY: an owned descriptor stays open, and the same, until it is dropped.
        let ready = unsafe { AsyncFd::register_with_interest(descriptor, Interest::READABLE) };
        Ok(Some(Self(ready?)))
    }

    /// Returns once it has ended: then the descriptor can be read.
    pub(super) async fn ended(&mut self) -> io::Result<()> {
        self.0.readable().await.map(drop)
    }
}

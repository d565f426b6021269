//! The end of a process through a kernel queue.

#![expect(
    unsafe_code,
    reason = "kevent is unsafe for the sake of filters this module does not use, and tokio leaves \
              it to the caller that a descriptor stays the same"
)]

use rustix::event::kqueue::{Event, EventFilter, EventFlags, ProcessEvents, kevent, kqueue};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::process::Pid;
use std::io;
use std::ptr::null_mut;
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
        let queue = kqueue()?;
        let filter = EventFilter::Proc {
            pid,
            flags: ProcessEvents::EXIT,
        };
        let change = Event::new(filter, EventFlags::ADD, null_mut());
        let mut none: [Event; 0] = [];
        // SAFETY: a process filter refers to a process id, not to a file descriptor.
        match unsafe { kevent(&queue, &[change], &mut none[..], None) } {
            Ok(_) => {}
            Err(Errno::SRCH) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        // SAFETY: an owned descriptor stays open, and the same, until it is dropped.
        let ready = unsafe { AsyncFd::register_with_interest(queue, Interest::READABLE) };
        Ok(Some(Self(ready?)))
    }

    /// Returns once it has ended: then the queue holds an event, which makes it readable.
    pub(super) async fn ended(&mut self) -> io::Result<()> {
        self.0.readable().await.map(drop)
    }
}

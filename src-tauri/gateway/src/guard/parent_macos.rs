//! Waits for the parent's end through a kernel queue.

#![expect(
    unsafe_code,
    reason = "kevent is unsafe for the sake of filters this module does not use"
)]

use rustix::buffer::spare_capacity;
use rustix::event::kqueue::{Event, EventFilter, EventFlags, ProcessEvents, kevent, kqueue};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use rustix::process::{Pid, getppid};
use std::io;
use std::ptr::null_mut;

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
        let queue = kqueue()?;
        let filter = EventFilter::Proc {
            pid,
            flags: ProcessEvents::EXIT,
        };
        let change = Event::new(filter, EventFlags::ADD, null_mut());
        match exchange(&queue, &[change]) {
            Ok(()) => {}
            Err(Errno::SRCH) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        // Asked after registering: a parent that died in between has handed this process on.
        Ok((getppid() == Some(pid)).then_some(Self(queue)))
    }

    /// Returns once the parent has ended.
    pub(super) fn wait(&self) -> io::Result<()> {
        let mut ended = Vec::with_capacity(1);
        while ended.is_empty() {
            // SAFETY: no changes are passed, so no event refers to a file descriptor.
            match unsafe { kevent(&self.0, &[], spare_capacity(&mut ended), None) } {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Registers changes; no event is taken, so that the wait finds it.
fn exchange(queue: impl AsFd, changes: &[Event]) -> Result<(), Errno> {
    let mut none: [Event; 0] = [];
    // SAFETY: a process filter refers to a process id, not to a file descriptor.
    unsafe { kevent(queue, changes, &mut none[..], None) }.map(|_| ())
}

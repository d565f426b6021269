//! The end of a process through a handle on it.

#![expect(
    unsafe_code,
    reason = "the standard library cannot open a foreign process"
)]

use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr::null;
use std::sync::Arc;
use tokio::sync::oneshot;
use windows_sys::Win32::Foundation::{ERROR_INVALID_PARAMETER, HANDLE, WAIT_FAILED};
use windows_sys::Win32::System::Threading::{
    CreateEventW, INFINITE, OpenProcess, PROCESS_SYNCHRONIZE, SetEvent, WaitForMultipleObjects,
};

/// One process, alive when it was opened; a thread waits for it until this is dropped.
pub(super) struct Exit {
    ended: oneshot::Receiver<io::Result<()>>,
    given_up: Arc<OwnedHandle>,
}

impl Exit {
    /// Opens the process; none if there is none of this number.
    pub(super) fn watch(pid: u32) -> io::Result<Option<Self>> {
        // SAFETY: takes numbers only.
        let process = unsafe { OpenProcess(PROCESS_SYNCHRONIZE, 0, pid) };
        if process.is_null() {
            let error = io::Error::last_os_error();
            let gone = error.raw_os_error() == i32::try_from(ERROR_INVALID_PARAMETER).ok();
            return if gone { Ok(None) } else { Err(error) };
        }
        let process = owned(process)?;
        // SAFETY: no attributes and no name; the event is reset by hand and not set.
        let given_up = Arc::new(owned(unsafe { CreateEventW(null(), 1, 0, null()) })?);
        let (tell, ended) = oneshot::channel();
        let stop = Arc::clone(&given_up);
        std::thread::Builder::new()
            .name("claude-exit".to_owned())
            .spawn(move || {
                // Nobody listens any more once it was given up.
                let _unheard = tell.send(wait_for_either(&process, &stop));
            })?;
        Ok(Some(Self { ended, given_up }))
    }

    /// Returns once it has ended.
    pub(super) async fn ended(&mut self) -> io::Result<()> {
        (&mut self.ended).await.map_err(io::Error::other)?
    }
}

impl Drop for Exit {
    fn drop(&mut self) {
        // SAFETY: the handle is that of an open event. A thread that this does not wake ends
        // with its process.
        let _woken = unsafe { SetEvent(self.given_up.as_raw_handle()) };
    }
}

fn owned(handle: HANDLE) -> io::Result<OwnedHandle> {
    if handle.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the handle was just opened and belongs to nobody else.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}

fn wait_for_either(process: &OwnedHandle, stop: &OwnedHandle) -> io::Result<()> {
    let handles = [process.as_raw_handle(), stop.as_raw_handle()];
    // SAFETY: two open handles that may be waited on.
    let outcome = unsafe { WaitForMultipleObjects(2, handles.as_ptr(), 0, INFINITE) };
    if outcome == WAIT_FAILED {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

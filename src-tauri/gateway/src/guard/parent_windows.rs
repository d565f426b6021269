//! Waits for the parent's end through a handle on it.

#![expect(
    unsafe_code,
    reason = "the standard library cannot open a foreign process"
)]

use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle, RawHandle};
use windows_sys::Win32::Foundation::{ERROR_INVALID_PARAMETER, FILETIME, WAIT_FAILED};
use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetProcessTimes, INFINITE, OpenProcess, PROCESS_QUERY_LIMITED_INFORMATION,
    PROCESS_SYNCHRONIZE, WaitForSingleObject,
};

/// Windows does not keep who started a process: the caller has to say.
pub(super) fn of_this_process() -> Option<u32> {
    None
}

/// The parent, alive when it was opened.
pub(super) struct Parent(OwnedHandle);

impl Parent {
    /// Opens the parent; none if it has ended and its number is free or another's.
    pub(super) fn open(pid: u32) -> io::Result<Option<Self>> {
        let access = PROCESS_SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION;
        // SAFETY: takes numbers only.
        let handle = unsafe { OpenProcess(access, 0, pid) };
        if handle.is_null() {
            let error = io::Error::last_os_error();
            let gone = error.raw_os_error() == i32::try_from(ERROR_INVALID_PARAMETER).ok();
            return if gone { Ok(None) } else { Err(error) };
        }
        // SAFETY: the handle was just opened and belongs to nobody else.
        let parent = unsafe { OwnedHandle::from_raw_handle(handle) };
        // SAFETY: the pseudo handle needs no closing.
        let own = created(unsafe { GetCurrentProcess() })?;
        // A younger process has taken over the number of a parent that is gone.
        let older = created(parent.as_raw_handle())? <= own;
        Ok(older.then_some(Self(parent)))
    }

    /// Returns once the parent has ended.
    pub(super) fn wait(&self) -> io::Result<()> {
        // SAFETY: the handle is open and may be waited on.
        let outcome = unsafe { WaitForSingleObject(self.0.as_raw_handle(), INFINITE) };
        if outcome == WAIT_FAILED {
            Err(io::Error::last_os_error())
        } else {
            Ok(())
        }
    }
}

/// When a process was created, in 100 ns since 1601.
fn created(process: RawHandle) -> io::Result<u64> {
    let [mut created, mut exited, mut kernel, mut user] = [FILETIME::default(); 4];
    // SAFETY: four valid places for four results.
    let known = unsafe {
        GetProcessTimes(
            process,
            &raw mut created,
            &raw mut exited,
            &raw mut kernel,
            &raw mut user,
        )
    };
    if known == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(u64::from(created.dwHighDateTime) << 32 | u64::from(created.dwLowDateTime))
}

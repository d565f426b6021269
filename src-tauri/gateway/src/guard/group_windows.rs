//! The job that a guard and its server belong to.

#![expect(unsafe_code, reason = "the standard library knows no job objects")]

use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::process::ExitStatus;
use std::ptr::null;
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation,
    SetInformationJobObject,
};
use windows_sys::Win32::System::Threading::GetCurrentProcess;

/// A job that holds this process and, by inheritance, all it starts. This process has the only
/// handle, so the end of this process closes the job and kills the rest.
pub(super) struct Group(OwnedHandle);

impl Group {
    /// Puts this process into a job of its own.
    pub(super) fn lead() -> io::Result<Self> {
        // SAFETY: both pointers may be null: default security, no name.
        let handle = unsafe { CreateJobObjectW(null(), null()) };
        if handle.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle was just created and belongs to nobody else.
        let job = unsafe { OwnedHandle::from_raw_handle(handle) };
        kill_on_close(&job)?;
        // SAFETY: both handles are valid; the second is the pseudo handle of this process.
        let assigned =
            unsafe { AssignProcessToJobObject(job.as_raw_handle(), GetCurrentProcess()) };
        if assigned == 0 {
            Err(io::Error::last_os_error())
        } else {
            Ok(Self(job))
        }
    }

    /// Kills every process of the job, this one too: its end closes the handle held here.
    pub(super) fn kill(&self) {
        let Self(_job) = self;
        std::process::exit(1);
    }
}

fn kill_on_close(job: &OwnedHandle) -> io::Result<()> {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    let size = u32::try_from(size_of_val(&limits)).map_err(io::Error::other)?;
    // SAFETY: the pointer and the size describe `limits`, of the type this class asks for.
    let set = unsafe {
        SetInformationJobObject(
            job.as_raw_handle(),
            JobObjectExtendedLimitInformation,
            (&raw const limits).cast(),
            size,
        )
    };
    if set == 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

/// Windows has no signals.
pub(super) fn signal_of(_status: ExitStatus) -> Option<i32> {
    None
}

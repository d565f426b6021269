//! A relay's connection on Windows: the user's named pipe, its owner checked.

use crate::endpoint::Endpoint;
use crate::transport;
use interprocess::local_socket::Stream as Pipe;
use interprocess::local_socket::traits::Stream as _;
use std::io::{self, Read, Write};
use std::os::windows::io::{AsHandle, AsRawHandle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use windows_sys::Win32::System::IO::CancelIoEx;

/// Between two tries to wake a reader that has not begun to wait yet.
const WAKE_AGAIN: Duration = Duration::from_millis(1);

pub(super) struct Stream {
    pipe: Pipe,
    reading: AtomicBool,
    ended: AtomicBool,
}

impl Stream {
    pub(super) fn connect(endpoint: &Endpoint) -> io::Result<Self> {
        let user = transport::this_user()?;
        let pipe = Pipe::connect(transport::name(endpoint, &user)?)?;
        let Pipe::NamedPipe(named) = &pipe;
        transport::check_owner(named.inner().server_process_id()?, &user)?;
        Ok(Self {
            pipe,
            reading: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        })
    }

    /// One thread reads.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reading.store(true, Ordering::SeqCst);
        let read = if self.ended.load(Ordering::SeqCst) {
            Ok(0)
        } else {
            (&self.pipe).read(buffer)
        };
        self.reading.store(false, Ordering::SeqCst);
        read
    }

    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        (&self.pipe).write(bytes)
    }

    /// A pipe's client cannot shut it down, so what is under way is cancelled.
    #[expect(unsafe_code, reason = "nothing else ends a read that is under way")]
    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        while self.reading.load(Ordering::SeqCst) {
            let Pipe::NamedPipe(named) = &self.pipe;
            let handle = named.as_handle().as_raw_handle();
            // SAFETY: the handle is open for as long as `self`; all of its operations are meant.
            let _nothing_under_way = unsafe { CancelIoEx(handle, std::ptr::null()) };
            std::thread::sleep(WAKE_AGAIN);
        }
    }
}

//! A relay's connection on Unix: the socket in the run folder, the peer's uid checked.

use crate::endpoint::Endpoint;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;

pub(super) struct Stream(UnixStream);

impl Stream {
    pub(super) fn connect(endpoint: &Endpoint) -> io::Result<Self> {
        let stream = UnixStream::connect(endpoint.socket())?;
        if user_of_peer(&stream)? != rustix::process::geteuid().as_raw() {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the socket belongs to another user",
            ));
        }
        Ok(Self(stream))
    }

    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        (&self.0).read(buffer)
    }

    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        (&self.0).write(bytes)
    }

    pub(super) fn end(&self) {
        // A peer that has gone has ended it already.
        let _gone = self.0.shutdown(Shutdown::Both);
    }
}

/// A keeper in another container has no process number here, but it has its user's.
#[cfg(target_os = "linux")]
fn user_of_peer(stream: &UnixStream) -> io::Result<u32> {
    use nix::sys::socket::{getsockopt, sockopt::PeerCredentials};
    Ok(getsockopt(stream, PeerCredentials)?.uid())
}

#[cfg(not(target_os = "linux"))]
fn user_of_peer(stream: &UnixStream) -> io::Result<u32> {
    let (user, _group) = nix::unistd::getpeereid(stream)?;
    Ok(user.as_raw())
}

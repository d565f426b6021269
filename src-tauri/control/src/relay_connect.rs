//! A relay's connection to the keeper: blocking, without a runtime, both directions at once
//! from two threads.
//!
//! The other end is this user's before anything is written to it.

use crate::endpoint::Endpoint;
use std::io::{self, Read, Write};

#[cfg_attr(unix, path = "relay_connect_unix.rs")]
#[cfg_attr(windows, path = "relay_connect_windows.rs")]
mod platform;

/// A connection to the keeper, before any hello.
pub struct RelayLink {
    stream: platform::Stream,
}

/// There is no keeper to connect to.
#[derive(Debug, thiserror::Error)]
pub enum RelayConnectError {
    /// Nobody listens.
    #[error("no Zoomtray is running")]
    NobodyThere,
    /// Somebody listens but cannot be used.
    #[error("cannot talk to the running Zoomtray: {0}; quit it and start it again")]
    Unusable(#[source] io::Error),
}

impl RelayLink {
    /// Connects, if somebody listens there and is this user.
    pub fn connect(endpoint: &Endpoint) -> Result<Self, RelayConnectError> {
        let stream = platform::Stream::connect(endpoint).map_err(unreached)?;
        Ok(Self { stream })
    }

    /// Ends both directions; whoever reads sees the end.
    pub fn end(&self) {
        self.stream.end();
    }
}

impl Read for &RelayLink {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl Write for &RelayLink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn unreached(error: io::Error) -> RelayConnectError {
    match error.kind() {
        io::ErrorKind::NotFound
        | io::ErrorKind::ConnectionRefused
        | io::ErrorKind::ConnectionReset => RelayConnectError::NobodyThere,
        _ => RelayConnectError::Unusable(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_there_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::new(folder.path(), Some("relay-connect-nobody"));
        let outcome = RelayLink::connect(&endpoint);
        assert!(matches!(outcome, Err(RelayConnectError::NobodyThere)));
    }

    #[cfg(unix)]
    #[test]
    fn an_ended_link_wakes_who_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::new(folder.path(), None);
        let _listener = std::os::unix::net::UnixListener::bind(endpoint.socket()).unwrap();
        let link = RelayLink::connect(&endpoint).unwrap();
        std::thread::scope(|threads| {
            let reader = threads.spawn(|| (&link).read(&mut [0; 8]));
            link.end();
            assert_eq!(reader.join().unwrap().unwrap(), 0);
        });
    }
}

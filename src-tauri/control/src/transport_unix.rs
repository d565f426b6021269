//! The socket on Unix: a file in a folder only this user can enter, and the peer's uid checked.

use crate::endpoint::Endpoint;
use std::io;
use std::path::PathBuf;
use tokio::net::{UnixListener, UnixStream};

pub(crate) type Reading = tokio::net::unix::OwnedReadHalf;
pub(crate) type Writing = tokio::net::unix::OwnedWriteHalf;

/// The keeper cannot listen.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen at {path}: {source}; check that the folder is yours and writable", path = path.display())]
pub struct BindError {
    path: PathBuf,
    source: io::Error,
}

pub(crate) struct Listener {
    listener: UnixListener,
}

impl Listener {
    /// Binds, after removing what an earlier keeper left. Only the holder of the keeper's lock
    /// may call this.
    pub(crate) fn bind(endpoint: &Endpoint) -> Result<Self, BindError> {
        let path = endpoint.socket();
        let bind = || {
            match std::fs::symlink_metadata(&path) {
                Ok(_) => {
                    #[expect(
                        clippy::disallowed_methods,
                        reason = "the error below names the path"
                    )]
                    std::fs::remove_file(&path)?;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            let listener = UnixListener::bind(&path)?;
            let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(&path, owner_only)?;
            Ok(listener)
        };
        bind()
            .map(|listener| Self { listener })
            .map_err(|source| BindError { path, source })
    }

    /// The next peer that is this user; others are turned away.
    pub(crate) async fn accept(&mut self) -> io::Result<(Reading, Writing)> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            if is_this_user(&stream)? {
                return Ok(stream.into_split());
            }
            tracing::warn!("turned away a connection of another user");
        }
    }
}

pub(crate) async fn connect(endpoint: &Endpoint) -> io::Result<(Reading, Writing)> {
    let stream = UnixStream::connect(endpoint.socket()).await?;
    if is_this_user(&stream)? {
        Ok(stream.into_split())
    } else {
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the socket belongs to another user",
        ))
    }
}

fn is_this_user(stream: &UnixStream) -> io::Result<bool> {
    Ok(stream.peer_cred()?.uid() == rustix::process::geteuid().as_raw())
}

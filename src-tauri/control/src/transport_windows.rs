//! The socket on Windows: a named pipe that only this user may open, the other end's owner checked.

use crate::endpoint::Endpoint;
use interprocess::local_socket::tokio::Stream;
use interprocess::local_socket::traits::tokio::{Listener as _, Stream as _};
use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name, ToNsName};
use interprocess::os::windows::local_socket::ListenerOptionsExt;
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use std::io;
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};
use tokio::io::{ReadHalf, WriteHalf, split};

pub(crate) type Reading = ReadHalf<Stream>;
pub(crate) type Writing = WriteHalf<Stream>;

/// The keeper cannot listen.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot listen on the pipe {pipe}: {source}; end the other Zoomtray of this user and try again"
)]
pub struct BindError {
    pipe: String,
    source: io::Error,
}

pub(crate) struct Listener {
    listener: interprocess::local_socket::tokio::Listener,
}

impl Listener {
    /// Binds. Only the holder of the keeper's lock may call this.
    pub(crate) fn bind(endpoint: &Endpoint) -> Result<Self, BindError> {
        let bind = || {
            let user = this_user()?;
            ListenerOptions::new()
                .name(name(endpoint, &user)?)
                .security_descriptor(only(&user)?)
                .create_tokio()
        };
        bind()
            .map(|listener| Self { listener })
            .map_err(|source| BindError {
                pipe: endpoint.pipe("this user"),
                source,
            })
    }

    /// The next peer; the pipe's descriptor admits this user alone.
    pub(crate) async fn accept(&mut self) -> io::Result<(Reading, Writing)> {
        self.listener.accept().await.map(split)
    }
}

pub(crate) async fn connect(endpoint: &Endpoint) -> io::Result<(Reading, Writing)> {
    let user = this_user()?;
    let stream = Stream::connect(name(endpoint, &user)?).await?;
    let Stream::NamedPipe(pipe) = &stream;
    check_owner(pipe.inner().server_process_id()?, &user)?;
    Ok(split(stream))
}

/// Whether the process that serves a pipe is this user's.
pub(crate) fn check_owner(server: u32, user: &str) -> io::Result<()> {
    if user_of(Pid::from_u32(server)).is_some_and(|owner| owner == user) {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the pipe belongs to another user",
        ))
    }
}

pub(crate) fn name(endpoint: &Endpoint, user: &str) -> io::Result<Name<'static>> {
    endpoint.pipe(user).to_ns_name::<GenericNamespaced>()
}

/// Full access for `user`, nobody else, nothing inherited (SDDL).
fn only(user: &str) -> io::Result<SecurityDescriptor> {
    let sddl = widestring::U16CString::from_str(format!("D:P(A;;GA;;;{user})"))
        .map_err(io::Error::other)?;
    SecurityDescriptor::deserialize(&sddl)
}

pub(crate) fn this_user() -> io::Result<String> {
    user_of(Pid::from_u32(std::process::id()))
        .ok_or_else(|| io::Error::other("Windows does not tell which user this process belongs to"))
}

/// The SID of a process' user.
fn user_of(pid: Pid) -> Option<String> {
    let mut system = System::new().ok()?;
    let wanted = ProcessRefreshKind::nothing().with_user(UpdateKind::Always);
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), true, wanted);
    system.process(pid)?.user_id().map(|sid| sid.to_string())
}

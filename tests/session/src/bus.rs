//! The private session bus: its daemon, its configuration, and who owns a name on it.
//!
//! Only the services named here can be activated, so that a session without a keychain or
//! a notification daemon does not get one behind its back.

use crate::child::{SessionChild, bound};
use crate::error::SessionError;
use crate::events::{Events, connect};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use zbus::blocking::Connection;
use zbus::zvariant::OwnedValue;

/// Longest wait for a program of the session to appear on its bus. Generous, because a test
/// machine may be building at the same time.
pub const START_PATIENCE: Duration = Duration::from_mins(1);

/// Settings of the panel are served by this one; nothing else is started on demand.
const ACTIVATABLE: &[&str] = &["/usr/share/dbus-1/services/org.xfce.Xfconf.service"];

/// A running session bus and one connection to it.
pub struct Bus {
    address: String,
    connection: Connection,
    _daemon: SessionChild,
}

impl Bus {
    /// Starts a bus with its socket and configuration in `folder`.
    pub fn start(
        folder: &Path,
        environment: &BTreeMap<OsString, OsString>,
    ) -> Result<Self, SessionError> {
        let configuration = write_configuration(folder)?;
        let mut command = bound("dbus-daemon");
        command
            .arg("--nofork")
            .arg("--nopidfile")
            .arg("--print-address=1");
        command.arg(format!("--config-file={}", configuration.display()));
        command
            .env_clear()
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        command.stderr(Stdio::from(std::fs::File::from(fs_err::File::create(
            folder.join("dbus-daemon.log"),
        )?)));
        let mut daemon = SessionChild::start("dbus-daemon", command)?;
        let address = first_line(&mut daemon)?;
        let connection = connect(&address)?;
        Ok(Self {
            address,
            connection,
            _daemon: daemon,
        })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Waits until somebody owns `name`.
    pub fn wait_for_name(&self, name: &str, patience: Duration) -> Result<(), SessionError> {
        let rule = format!(
            "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='{name}'"
        );
        let changes = Events::signals(&self.address, &rule)?;
        changes.wait_for(&format!("{name} on the session bus"), patience, || {
            Ok(self.has_owner(name)?.then_some(()))
        })
    }

    /// Whether somebody owns `name` now.
    pub fn has_owner(&self, name: &str) -> Result<bool, SessionError> {
        let bus = Some("org.freedesktop.DBus");
        let path = "/org/freedesktop/DBus";
        let answer = self
            .connection
            .call_method(bus, path, bus, "NameHasOwner", &name)?;
        Ok(answer.body().deserialize()?)
    }

    /// One property of a remote object.
    pub fn property(
        &self,
        destination: &str,
        path: &str,
        interface: &str,
        name: &str,
    ) -> Result<OwnedValue, SessionError> {
        let properties = Some("org.freedesktop.DBus.Properties");
        let body = (interface, name);
        let answer =
            self.connection
                .call_method(Some(destination), path, properties, "Get", &body)?;
        Ok(answer.body().deserialize::<OwnedValue>()?)
    }
}

fn first_line(daemon: &mut SessionChild) -> Result<String, SessionError> {
    let mut line = String::new();
    if let Some(output) = daemon.pipes().stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    if line.trim().is_empty() {
        daemon.wait()?;
        daemon.still_runs("dbus-daemon.log in the session's folder")?;
    }
    Ok(line.trim().to_owned())
}

fn write_configuration(folder: &Path) -> Result<std::path::PathBuf, SessionError> {
    let services = folder.join("services");
    fs_err::create_dir_all(&services)?;
    for service in ACTIVATABLE
        .iter()
        .map(Path::new)
        .filter(|path| path.exists())
    {
        if let Some(name) = service.file_name() {
            fs_err::copy(service, services.join(name))?;
        }
    }
    let path = folder.join("bus.conf");
    fs_err::write(&path, configuration(&folder.join("bus"), &services))?;
    Ok(path)
}

/// A bus for this user alone, like the system's own session configuration.
fn configuration(socket: &Path, services: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        socket = socket.display(),
        services = services.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bus(folder: &Path) -> Bus {
        let environment = std::env::vars_os()
            .filter(|(name, _)| name == "PATH")
            .collect();
        Bus::start(folder, &environment).unwrap()
    }

    #[test]
    fn a_bus_starts_and_a_name_is_seen_when_it_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let bus = bus(folder.path());
        let name = "org.example.Taken";
        assert!(!bus.has_owner(name).unwrap());
        let owner = connect(bus.address()).unwrap();
        let taker = std::thread::spawn(move || owner.request_name(name).map(|()| owner));
        bus.wait_for_name(name, START_PATIENCE).unwrap();
        assert!(taker.join().unwrap().is_ok());
    }

    #[test]
    fn a_name_that_nobody_takes_is_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let bus = bus(folder.path());
        let error = bus.wait_for_name("org.example.Nobody", Duration::from_millis(50));
        assert!(
            error
                .unwrap_err()
                .to_string()
                .contains("org.example.Nobody")
        );
    }

    #[test]
    fn no_keychain_is_started_on_demand() {
        let folder = tempfile::tempdir().unwrap();
        let bus = bus(folder.path());
        let secrets = "org.freedesktop.secrets";
        let path = "/org/freedesktop/secrets";
        assert!(
            bus.property(
                secrets,
                path,
                "org.freedesktop.Secret.Service",
                "Collections"
            )
            .is_err()
        );
    }
}

//! Linux: the service manager behind the well-known bus, and the processes above the relay.

use super::super::desktop::{
    Desktop, Manager, Variables, choose, read_environ, read_manager, read_parent,
};
use super::own_variables;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Processes above the relay that are looked at: a client starts it through a few at most.
const GENERATIONS: usize = 16;

/// The user's desktop.
pub(in super::super) fn desktop() -> Desktop {
    let own = std::iter::once(own_variables());
    choose(manager(), own.chain(above()))
}

/// The manager, if the bus that sessions have by convention is there and it answers on it.
fn manager() -> Option<Manager> {
    let user = rustix::process::geteuid().as_raw();
    let run = PathBuf::from(format!("/run/user/{user}"));
    let bus = run.join("bus");
    if !bus.exists() {
        return None;
    }
    let bus = format!("unix:path={}", bus.display());
    let way = Variables::from([
        ("XDG_RUNTIME_DIR".to_owned(), run.display().to_string()),
        ("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus),
    ]);
    let output = Command::new("systemctl")
        .args(["--user", "show-environment"])
        .envs(&way)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let environment = read_manager(&String::from_utf8_lossy(&output.stdout));
    output
        .status
        .success()
        .then_some(Manager { way, environment })
}

/// The variables of the processes above this one, nearest first. Other users' cannot be read.
fn above() -> impl Iterator<Item = Variables> {
    let parent = |process: &u32| {
        let status = fs_err::read_to_string(format!("/proc/{process}/status")).ok()?;
        read_parent(&status)
    };
    let own = Some(std::process::id());
    std::iter::successors(own, parent)
        .skip(1)
        .take(GENERATIONS)
        .filter_map(|process| fs_err::read(format!("/proc/{process}/environ")).ok())
        .map(|bytes| read_environ(&bytes))
}

//! This computer: its desktop, and starting programs on it that outlive this one.

use super::desktop::{Variables, passed_on};
use super::plan::{Launch, Role};
use std::io;
use std::process::{Command, Stdio};

#[cfg_attr(unix, path = "here/detach_unix.rs")]
#[cfg_attr(windows, path = "here/detach_windows.rs")]
mod detach;
#[cfg_attr(target_os = "linux", path = "here/desktop_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "here/desktop_elsewhere.rs")]
mod found;

pub(super) use found::desktop;

/// Carries a launch out. What ends by itself is waited for.
pub(super) fn spawn(launch: &Launch) -> io::Result<()> {
    let mut command = Command::new(&launch.program);
    command
        .args(&launch.arguments)
        .env_clear()
        .envs(passed_on(own_variables()))
        .envs(&launch.variables)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if cfg!(unix) {
        // What runs for long must not hold on to the client's folder.
        command.current_dir("/");
    }
    match launch.role {
        Role::HandsOver => hand_over(&mut command),
        Role::HandsOverSilently => command.status().map(drop),
        Role::Itself => detach::detach(&mut command).spawn().map(drop),
    }
}

fn hand_over(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("it ended with {status}")))
    }
}

/// This process' variables, as far as they are Unicode.
fn own_variables() -> Variables {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

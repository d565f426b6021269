//! gnome-keyring on the private bus, with a throw-away password.

use crate::bus::{Bus, START_PATIENCE};
use crate::child::{SessionChild, bound};
use crate::environment::Folders;
use crate::error::SessionError;
use crate::keychain::SECRETS;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::process::Stdio;

/// Whether the session has a keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// gnome-keyring with its login keychain unlocked.
    Unlocked,
    /// No Secret Service at all, and none that could be started on demand.
    Absent,
}

/// Opens the keychain of a home that is deleted with the session.
const PASSWORD: &str = "throw-away";

/// Starts the daemon and waits until it serves secrets.
pub fn start(
    bus: &Bus,
    folders: &Folders,
    environment: &BTreeMap<OsString, OsString>,
) -> Result<SessionChild, SessionError> {
    let log = folders.logs.join("gnome-keyring.log");
    let mut command = bound("gnome-keyring-daemon");
    command.args(["--foreground", "--unlock", "--components=secrets"]);
    command.arg(format!(
        "--control-directory={}",
        folders.run.join("keyring").display()
    ));
    command
        .env_clear()
        .envs(environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    command.stderr(Stdio::from(std::fs::File::from(fs_err::File::create(
        &log,
    )?)));
    let mut daemon = SessionChild::start("gnome-keyring-daemon", command)?;
    if let Some(mut input) = daemon.pipes().stdin.take() {
        input.write_all(PASSWORD.as_bytes())?;
    }
    bus.wait_for_name(SECRETS, START_PATIENCE)?;
    daemon.still_runs(&log.display().to_string())?;
    Ok(daemon)
}

//! No service manager runs in a private desktop, so its two commands are stand-ins: one tells the
//! variables that a manager would have, the other starts with them what it is asked to.

use crate::stage::alone;
use desktop_session::{DesktopSession, SessionOptions};
use fs_err::os::unix::fs::OpenOptionsExt;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Longest wait for something that is due now.
const SOON: Duration = Duration::from_mins(1);

/// Tells the variables in the file beside it, if it is asked on the well-known bus.
const SYSTEMCTL: &str = r#"#!/bin/sh
[ "$*" = "--user show-environment" ] || exit 1
[ "$DBUS_SESSION_BUS_ADDRESS" = "unix:path=/run/user/$(id -u)/bus" ] || exit 1
cat "${0%/*}/environment"
"#;

/// Keeps its arguments in the file beside it, and starts what they name with those variables.
const SYSTEMD_RUN: &str = r#"#!/bin/sh
[ "$XDG_RUNTIME_DIR" = "/run/user/$(id -u)" ] || exit 1
printf '%s\n' "$@" >"${0%/*}/asked"
while [ "$1" != -- ]; do shift; done
shift
set -a
. "${0%/*}/environment"
exec setsid --fork "$@"
"#;

#[test]
fn where_the_client_passes_nothing_on() {
    let desktop = DesktopSession::start(&SessionOptions::default()).unwrap();
    let stubs = tempfile::tempdir().unwrap();
    write_program(&stubs.path().join("systemctl"), SYSTEMCTL);
    write_program(&stubs.path().join("systemd-run"), SYSTEMD_RUN);
    fs_err::write(stubs.path().join("environment"), variables(&desktop)).unwrap();
    let zoomtray = Path::new(&desktop.environment()[std::ffi::OsStr::new("ZOOMTRAY_HOME")]);

    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(stubs.path().to_owned()).chain(std::env::split_paths(&path));
    let mut sandbox = Command::new("bwrap");
    sandbox
        .env_clear()
        .env("PATH", std::env::join_paths(folders).unwrap())
        .stderr(Stdio::inherit());
    let session = Some(desktop.run_folder());
    let mut relay = alone(sandbox, session, desktop.home(), zoomtray);
    relay.open();
    desktop.wait_for_status_item(SOON, |_| true).unwrap();
    assert!(!desktop.window_exists("Zoomtray").unwrap());
    let asked = fs_err::read_to_string(stubs.path().join("asked")).unwrap();
    let asked: Vec<&str> = asked.lines().collect();
    let fixed = [
        "--user",
        "--quiet",
        "--collect",
        "--description=Zoomtray",
        "--",
    ];
    assert_eq!(asked[..5], fixed);
    assert!(asked[5].ends_with("/zoomtray"), "{asked:?}");
    assert_eq!(asked[6..8], ["--background", "--home"]);
    assert!(relay.close().success());
}

/// The desktop's variables, which need no quotes, with the bus where sessions have it.
fn variables(desktop: &DesktopSession) -> String {
    let mut lines = String::new();
    for (name, value) in desktop.environment() {
        let (name, value) = (name.to_str().unwrap(), value.to_str().unwrap());
        writeln!(lines, "{name}={value}").unwrap();
    }
    lines
}

fn write_program(path: &Path, text: &str) {
    let mut file = fs_err::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o700)
        .open(path)
        .unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

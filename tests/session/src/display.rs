//! The screen: a virtual one always, and the user's own where a demo is to be seen.
//!
//! The virtual display listens on no network and admits only who has its cookie.

use crate::child::{SessionChild, bound};
use crate::error::SessionError;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where windows and the panel appear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Display {
    /// On a virtual screen of the session's own.
    Virtual,
    /// On this X display, with the cookie file that opens it, if one is needed.
    /// Notifications stay on the virtual one.
    Existing {
        /// Such as `:0`.
        name: OsString,
        /// `XAUTHORITY`.
        authority: Option<OsString>,
    },
}

impl Display {
    /// The user's display if `DISPLAY` names one that answers, else a virtual one.
    pub fn of_the_user() -> Self {
        let Some(name) = std::env::var_os("DISPLAY").filter(|name| !name.is_empty()) else {
            return Self::Virtual;
        };
        let reachable = Command::new("xwininfo")
            .arg("-root")
            .stdin(Stdio::null())
            .output()
            .is_ok_and(|answer| answer.status.success());
        if !reachable {
            return Self::Virtual;
        }
        let authority = std::env::var_os("XAUTHORITY")
            .or_else(|| std::env::home_dir().map(|home| home.join(".Xauthority").into()))
            .filter(|file| Path::new(file).exists());
        Self::Existing { name, authority }
    }
}

/// A running virtual X server.
pub struct Screen {
    name: String,
    authority: PathBuf,
    _server: SessionChild,
}

impl Screen {
    /// Starts one of `size` (`WIDTHxHEIGHT`) under a free number.
    pub fn start(folder: &Path, size: &str) -> Result<Self, SessionError> {
        let cookie = cookie()?;
        let server_file = folder.join("xserver.auth");
        // The server takes every cookie in its file, whatever the display's number there.
        add_cookie(&server_file, ":0", &cookie)?;
        let (server, number) = start_server(folder, &server_file, size)?;
        let name = format!(":{number}");
        let authority = folder.join("xclient.auth");
        add_cookie(&authority, &name, &cookie)?;
        Ok(Self {
            name,
            authority,
            _server: server,
        })
    }

    /// `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `XAUTHORITY`.
    pub fn authority(&self) -> &Path {
        &self.authority
    }
}

fn start_server(
    folder: &Path,
    authority: &Path,
    size: &str,
) -> Result<(SessionChild, String), SessionError> {
    let log = folder.join("xvfb.log");
    let mut command = bound("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-nolisten",
        "tcp",
        "-noreset",
        "-screen",
        "0",
    ]);
    command
        .arg(format!("{size}x24"))
        .arg("-auth")
        .arg(authority);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(Stdio::from(std::fs::File::from(fs_err::File::create(
        &log,
    )?)));
    let mut server = SessionChild::start("Xvfb", command)?;
    let mut number = String::new();
    if let Some(output) = server.pipes().stdout.take() {
        BufReader::new(output).read_line(&mut number)?;
    }
    if number.trim().is_empty() {
        server.wait()?;
        server.still_runs(&log.display().to_string())?;
    }
    Ok((server, number.trim().to_owned()))
}

/// 128 random bits in hexadecimal digits.
fn cookie() -> Result<String, SessionError> {
    use std::fmt::Write;
    let mut bytes = [0_u8; 16];
    fs_err::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    }))
}

/// The cookie goes in over standard input, where no process list shows it.
fn add_cookie(file: &Path, display: &str, cookie: &str) -> Result<(), SessionError> {
    let mut command = bound("xauth");
    command.arg("-q").arg("-f").arg(file).args(["source", "-"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut xauth = SessionChild::start("xauth", command)?;
    if let Some(mut input) = xauth.pipes().stdin.take() {
        writeln!(input, "add {display} . {cookie}")?;
    }
    let status = xauth.wait()?;
    let output = status.to_string();
    if status.success() {
        Ok(())
    } else {
        Err(SessionError::Command {
            program: "xauth".to_owned(),
            output,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_opens_for_its_cookie_alone() {
        let folder = tempfile::tempdir().unwrap();
        let screen = Screen::start(folder.path(), "640x480").unwrap();
        let look = |authority: &Path| {
            let mut command = Command::new("xwininfo");
            command
                .args(["-root", "-display", screen.name()])
                .env("XAUTHORITY", authority);
            command.output().unwrap()
        };
        let seen = look(screen.authority());
        assert!(
            String::from_utf8_lossy(&seen.stdout).contains("Width: 640"),
            "{seen:?}"
        );
        assert!(
            !look(Path::new("/dev/null")).status.success(),
            "opened without the cookie"
        );
    }
}

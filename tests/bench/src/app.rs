//! The app under measure, on a private desktop with a Zoom on loopback.

use crate::place::add_account;
use desktop_session::{DesktopSession, Output, SessionChild, SessionOptions};
use fake_zoom::{Config, FakeZoom};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Longest wait for the tray item.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where everything is measured.
pub struct Bench {
    /// The private desktop.
    pub desktop: DesktopSession,
    /// Runs what is asynchronous.
    pub runtime: Runtime,
    zoom: FakeZoom,
    binaries: PathBuf,
}

impl Bench {
    /// Starts desktop and Zoom.
    pub fn start(binaries: &Path) -> Result<Self, String> {
        let binaries = fs_err::canonicalize(binaries).map_err(words)?;
        let runtime = Runtime::new().map_err(words)?;
        let zoom = runtime
            .block_on(FakeZoom::start(Config::default()))
            .map_err(words)?;
        let desktop = DesktopSession::start(&SessionOptions::default()).map_err(words)?;
        Ok(Self {
            desktop,
            runtime,
            zoom,
            binaries,
        })
    }

    /// A program of ours in the session, started directly: what else binds a program to the
    /// session costs a millisecond of its own.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.join(name));
        command
            .env_clear()
            .envs(self.desktop.environment())
            .stdin(Stdio::null());
        command.current_dir(self.desktop.home());
        command.env("ZOOM_OAUTH_URL", self.zoom.oauth_url());
        command.env("ZOOM_API_URL", self.zoom.api_url());
        command
    }

    /// Starts the app and waits for its tray item; how long that took, in milliseconds.
    pub fn start_app(&self) -> Result<(SessionChild, f64), String> {
        let mut command = self.program("zoomtray");
        command.env("ZOOMTRAY_LOG", "warn,timer=trace");
        let begun = Instant::now();
        let app = self
            .desktop
            .spawn("zoomtray", command, Output::ToLog)
            .map_err(words)?;
        let this = app.id();
        let mine = |item: &desktop_session::StatusItem| item.process().is_ok_and(|id| id == this);
        self.desktop
            .wait_for_status_item(PATIENCE, mine)
            .map_err(words)?;
        Ok((app, milliseconds(begun.elapsed())))
    }

    /// How often a timer of the app's own has run out so far, as its log tells.
    pub fn timers(&self) -> Result<f64, String> {
        let log = fs_err::read_to_string(self.desktop.logs().join("zoomtray.log"));
        let lines = log.map_err(words)?.matches(" timer: ").count();
        Ok(f64::from(u32::try_from(lines).map_err(words)?))
    }

    /// Gives Claude Desktop a config with an entry that gets the token, so that the guardian
    /// and the watch for Claude Desktop are at work while the app is idle.
    pub fn connect_claude(&self) -> Result<(), String> {
        let folder = self.desktop.home().join(".config/Claude");
        fs_err::create_dir_all(&folder).map_err(words)?;
        let config = r#"{"mcpServers": {"zoom": {"command": "zoom-server"}}}"#;
        fs_err::write(folder.join("claude_desktop_config.json"), config).map_err(words)?;
        let mut command = self.program("zoomtrayctl");
        command
            .args(["claude", "inject", "zoom"])
            .stdout(Stdio::null());
        succeeded(command.status().map_err(words)?, "claude inject")
    }

    /// Saves the account that Zoom knows, and so fetches a token of an hour.
    pub fn add_account(&self) -> Result<(), String> {
        add_account(self.program("zoomtrayctl"))
    }
}

/// A failed program in words.
pub fn succeeded(status: ExitStatus, what: &str) -> Result<(), String> {
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what}: {status}"))
    }
}

/// An error in words.
pub fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A time as a number.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

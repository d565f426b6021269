//! A home without a desktop: the file vault, a Zoom on loopback, and a keeper in a terminal.

use crate::app::{succeeded, words};
use crate::mcp::Session;
use control::{Client, Endpoint};
use fake_zoom::{App, Config, FakeZoom, Mode};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Longest wait for a keeper.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where servers, relay and commands are measured.
pub struct Place {
    /// Zoom on loopback.
    pub zoom: FakeZoom,
    folder: TempDir,
    binaries: PathBuf,
}

/// A running `zoomtrayctl watch`; ended when dropped.
pub struct Keeper {
    child: Child,
}

impl Place {
    /// A home with an account that has a token of an hour.
    pub fn new(runtime: &Runtime, binaries: &Path, mode: Mode) -> Result<Self, String> {
        let config = Config {
            mode,
            ..Config::default()
        };
        let place = Self {
            zoom: runtime.block_on(FakeZoom::start(config)).map_err(words)?,
            folder: tempfile::tempdir().map_err(words)?,
            binaries: fs_err::canonicalize(binaries).map_err(words)?,
        };
        add_account(place.program("zoomtrayctl"))?;
        place.forget_attempts()?;
        Ok(place)
    }

    /// A built program with this home's environment.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.join(name));
        command.env_clear().stdin(Stdio::null());
        command.current_dir(self.folder.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder.path());
        command.env("ZOOMTRAY_HOME", self.home());
        command.env("ZOOMTRAY_VAULT", "file");
        command.env("CLAUDE_CONFIG_FILE", self.claude_config());
        command.env("ZOOM_OAUTH_URL", self.zoom.oauth_url());
        command.env("ZOOM_API_URL", self.zoom.api_url());
        command
    }

    /// Runs `zoomtrayctl`; what it printed.
    pub fn ctl(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = self.program("zoomtrayctl");
        let output = command.args(arguments).output().map_err(words)?;
        let what = || format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        succeeded(output.status, &what())?;
        String::from_utf8(output.stdout).map_err(words)
    }

    /// Starts a keeper and waits until it has a token.
    pub fn keeper(&self) -> Result<Keeper, String> {
        Keeper::start(self.program("zoomtrayctl"))
    }

    /// Starts a keeper that fetches no token before it is asked for one, and waits until it can
    /// be asked.
    pub fn waiting_keeper(&self, runtime: &Runtime) -> Result<Keeper, String> {
        self.set_settings(&json!({ "auto_refresh": false }))?;
        let mut command = self.program("zoomtrayctl");
        command.arg("watch").stdout(Stdio::null());
        let child = command.stderr(Stdio::null()).spawn().map_err(words)?;
        let keeper = Keeper { child };
        let begun = Instant::now();
        while let Err(why) = runtime.block_on(Client::connect(&self.endpoint())) {
            if begun.elapsed() > PATIENCE {
                return Err(format!("no keeper: {why}"));
            }
        }
        Ok(keeper)
    }

    /// Where its keeper listens.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::new(&self.home().join("run"), None)
    }

    /// Writes `settings.json`.
    pub fn set_settings(&self, settings: &Value) -> Result<(), String> {
        self.write("config/settings.json", &settings.to_string())
    }

    /// Writes the policy.
    pub fn set_policy(&self, policy: &Value) -> Result<(), String> {
        self.write("config/policy.json", &policy.to_string())
    }

    /// The saved token ended a minute ago, and nobody has asked for another.
    pub fn expire_token(&self) -> Result<(), String> {
        let id = App::default().account_id;
        let path = self.home().join(format!("data/vault/zoom_token_{id}.json"));
        let saved = fs_err::read(&path).map_err(words)?;
        let mut token: Value = serde_json::from_slice(&saved).map_err(words)?;
        for instant in ["issued_at", "expires_at"] {
            let then = token[instant].as_f64().ok_or("a token without times")?;
            token[instant] = (then - 3660.0).into();
        }
        fs_err::write(path, token.to_string()).map_err(words)?;
        self.forget_attempts()
    }

    /// The next attempt need not wait for the cooldown.
    fn forget_attempts(&self) -> Result<(), String> {
        let id = App::default().account_id;
        self.write(&format!("data/attempts_{id}.json"), r#"{"attempts": {}}"#)
    }

    /// Opens a session behind the relay with `original` as the server of the entry `name`.
    pub fn relayed(&self, name: &str, original: &Value) -> Result<Session, String> {
        let config = json!({ "mcpServers": { name: original } });
        fs_err::write(self.claude_config(), config.to_string()).map_err(words)?;
        self.ctl(&["claude", "connect", name])?;
        let mut command = self.program("zoomtrayctl");
        command.args(["relay", name]);
        Session::open(command)
    }

    fn write(&self, within: &str, text: &str) -> Result<(), String> {
        let path = self.home().join(within);
        let folder = path.parent().unwrap_or(&path);
        fs_err::create_dir_all(folder).map_err(words)?;
        fs_err::write(&path, text).map_err(words)
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("zt")
    }

    fn claude_config(&self) -> PathBuf {
        self.folder.path().join("claude_desktop_config.json")
    }
}

impl Keeper {
    fn start(mut command: Command) -> Result<Self, String> {
        command.arg("watch").stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().map_err(words)?;
        let output = child.stdout.take().ok_or("no pipe")?;
        let mut keeper = Self { child };
        keeper.wait_for(output, "✅")?;
        Ok(keeper)
    }

    /// Reads up to the first line with `mark`; the rest goes nowhere, so that it can be written.
    fn wait_for(&mut self, output: impl Read + Send + 'static, mark: &str) -> Result<(), String> {
        let mut lines = BufReader::new(output).lines();
        let found = lines
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.contains(mark));
        std::thread::spawn(move || lines.count());
        if found {
            Ok(())
        } else {
            let status = self.child.wait().map_err(words)?;
            Err(format!("watch ended ({status}) without {mark}"))
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Saves the account that Zoom knows with `zoomtrayctl`, and so fetches a token of an hour.
pub fn add_account(mut zoomtrayctl: Command) -> Result<(), String> {
    let App {
        account_id,
        client_id,
        client_secret,
        ..
    } = App::default();
    zoomtrayctl.args(["accounts", "add", "--server-to-server"]);
    zoomtrayctl.args(["--account-id", &account_id, "--client-id", &client_id]);
    zoomtrayctl.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = zoomtrayctl.spawn().map_err(words)?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "{client_secret}").map_err(words)?;
    }
    succeeded(child.wait().map_err(words)?, "accounts add")
}

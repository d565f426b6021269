//! A home of its own for each test, and `zoomtrayctl` in it.

use crate::watch::Watch;
use crate::{Zoom, program};
use fake_zoom::App;
use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A fresh home with nothing of the user's in its environment.
pub struct Home {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Finished {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Home {
    /// A home with the file vault and `zoom` as its service.
    pub fn new(zoom: &Zoom) -> Self {
        let mut home = Self::without_zoom();
        home.set("ZOOM_OAUTH_URL", zoom.fake.oauth_url());
        home.set("ZOOM_API_URL", zoom.fake.api_url());
        home
    }

    /// A home with the file vault.
    pub fn without_zoom() -> Self {
        let folder = tempfile::Builder::new().prefix("zt").tempdir().unwrap();
        let mut home = Self {
            folder,
            variables: Vec::new(),
        };
        for (name, value) in [
            ("ZOOMTRAY_VAULT", "file"),
            ("TZ", "UTC"),
            ("LANG", "C.UTF-8"),
        ] {
            home.set(name, value);
        }
        home.set_path("ZOOMTRAY_HOME", "zt");
        home.set_path("HOME", "");
        home.set_path("CLAUDE_CONFIG_FILE", "claude_desktop_config.json");
        home
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Zoomtray's own folder in it.
    pub fn zoomtray(&self) -> PathBuf {
        self.path().join("zt")
    }

    /// Claude's config in it.
    pub fn claude_config(&self) -> PathBuf {
        self.path().join("claude_desktop_config.json")
    }

    /// Sets a variable for every command.
    pub fn set(&mut self, name: &str, value: impl std::fmt::Display) {
        self.unset(name);
        self.variables.push((name.to_owned(), value.to_string()));
    }

    /// Sets a variable to a path in this home.
    pub fn set_path(&mut self, name: &str, within: &str) {
        let path = self.path().join(within);
        self.set(name, path.display());
    }

    /// Takes a variable away.
    pub fn unset(&mut self, name: &str) {
        self.variables.retain(|(known, _)| known != name);
    }

    /// Sets the seeds' variables for the default app.
    pub fn set_guest(&mut self) {
        let app = App::default();
        self.set("ZOOM_ACCOUNT_ID", app.account_id);
        self.set("ZOOM_CLIENT_ID", app.client_id);
        self.set("ZOOM_CLIENT_SECRET", app.client_secret);
    }

    /// The environment of its programs, but for `PATH`.
    pub fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// A program of ours, with this home's environment and nothing else.
    pub fn command(&self, name: &str) -> Command {
        self.other_command(&program(name))
    }

    /// The same with a program of others.
    pub fn other_command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs `zoomtrayctl` to its end.
    pub fn ctl<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Finished {
        self.ctl_with_input(arguments, "")
    }

    /// Runs `zoomtrayctl` to its end with this on its standard input.
    pub fn ctl_with_input<A: AsRef<OsStr>>(&self, arguments: &[A], input: &str) -> Finished {
        let mut command = self.command("zoomtrayctl");
        command.args(arguments);
        finish(command, input)
    }

    /// Starts `zoomtrayctl watch`.
    pub fn watch(&self, arguments: &[&str]) -> Watch {
        let mut command = self.command("zoomtrayctl");
        command
            .arg("watch")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        Watch::new(command.spawn().unwrap())
    }

    /// Every file of this home that holds `needle`.
    pub fn files_with(&self, needle: &str) -> Vec<PathBuf> {
        let holds = |path: &Path| {
            let bytes = fs_err::read(path).unwrap_or_default();
            bytes
                .windows(needle.len())
                .any(|window| window == needle.as_bytes())
        };
        let mut files = files_below(self.path());
        files.retain(|path| holds(path));
        files
    }

    /// Takes the saved token of `app`'s account out of the file vault.
    pub fn forget_token(&self, app: &App) {
        let name = format!("zoom_token_{}.json", app.account_id);
        fs_err::remove_file(self.zoomtray().join("data/vault").join(name)).unwrap();
    }

    /// Makes the saved token of `app`'s account so many seconds older; younger, if negative.
    pub fn age_token(&self, app: &App, seconds: i64) {
        let name = format!("zoom_token_{}.json", app.account_id);
        let path = self.zoomtray().join("data/vault").join(name);
        let mut token: Value = serde_json::from_slice(&fs_err::read(&path).unwrap()).unwrap();
        for instant in ["issued_at", "expires_at"] {
            let aged =
                token[instant].as_f64().unwrap() - f64::from(i32::try_from(seconds).unwrap());
            token[instant] = aged.into();
        }
        fs_err::write(path, token.to_string()).unwrap();
    }

    /// Sets what is remembered of the attempts for `app`'s account.
    pub fn remember_attempts(&self, app: &App, json: &str) {
        let name = format!("attempts_{}.json", app.account_id);
        let written = format!(r#"{{"attempts": {json}}}"#);
        fs_err::write(self.zoomtray().join("data").join(name), written).unwrap();
    }

    /// Writes `settings.json`.
    pub fn set_settings(&self, json: &str) {
        let folder = self.zoomtray().join("config");
        fs_err::create_dir_all(&folder).unwrap();
        fs_err::write(folder.join("settings.json"), json).unwrap();
    }

    /// Every file of this home outside the vault that holds `needle`.
    pub fn files_outside_the_vault_with(&self, needle: &str) -> Vec<PathBuf> {
        let mut files = self.files_with(needle);
        files.retain(|path| !path.starts_with(self.zoomtray().join("data/vault")));
        files
    }

    /// Adds the default app's account.
    pub fn add_account(&self) -> Finished {
        let app = App::default();
        let secret = app.client_secret.clone();
        self.add_account_of(&app, &secret)
    }

    /// Adds `app`'s account with this secret.
    pub fn add_account_of(&self, app: &App, secret: &str) -> Finished {
        let arguments = [
            "accounts",
            "add",
            "--server-to-server",
            "--account-id",
            &app.account_id,
            "--client-id",
            &app.client_id,
        ];
        self.ctl_with_input(&arguments, &format!("{secret}\n"))
    }
}

fn finish(mut command: Command, input: &str) -> Finished {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that reads nothing may be gone before it is written to.
    let _unread = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Finished {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    files
}

//! The stage: desktop, Zoom, app and command line, and how the acts see and use them.

use crate::record::Record;
use crate::signals;
use crate::status::Status;
use desktop_session::{
    DesktopSession, Display, Output, SessionChild, SessionError, SessionOptions, StatusItem,
};
use fake_zoom::{App, Config, FakeZoom, StartError};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;

/// Longest wait for something that is due now: the machine may be slow.
pub const SOON: Duration = Duration::from_secs(20);

/// Panel and window draw a new state when they come to it, and tell nobody.
const REDRAWN: Duration = Duration::from_millis(1500);

/// Why the play cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The desktop.
    #[error(transparent)]
    Desktop(#[from] SessionError),
    /// A file or a process.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// Zoom on loopback.
    #[error(transparent)]
    Zoom(#[from] StartError),
    /// The app is not in the tray.
    #[error("{error}; the app said: {said:?}")]
    NoItem {
        /// What was awaited.
        error: Box<SessionError>,
        /// The app's output.
        said: String,
    },
    /// A command of ours did not do what it was asked.
    #[error("`zoomtrayctl {command}` exited with {code:?}: {output}")]
    Command {
        /// Its arguments.
        command: String,
        /// Its exit code.
        code: Option<i32>,
        /// What it printed.
        output: String,
    },
}

/// Everything on the stage. The app ends before the desktop it is on.
pub struct Play {
    app: SessionChild,
    /// Its status item.
    pub item: StatusItem,
    /// Zoom on loopback.
    pub zoom: FakeZoom,
    /// The private desktop.
    pub desktop: DesktopSession,
    /// What was said and checked.
    pub record: Record,
    binaries: PathBuf,
    pictures: PathBuf,
    variables: Vec<(String, String)>,
    _runtime: Runtime,
}

impl Play {
    /// Starts Zoom and app on `desktop`. `variables` are added to what the programs see.
    pub fn start(
        desktop: DesktopSession,
        binaries: &Path,
        pictures: &Path,
        mut variables: Vec<(String, String)>,
    ) -> Result<Self, PlayError> {
        let record = Record::new();
        let runtime = Runtime::new()?;
        let zoom = runtime.block_on(FakeZoom::start(Config::default()))?;
        variables.push(("ZOOM_OAUTH_URL".to_owned(), zoom.oauth_url()));
        variables.push(("ZOOM_API_URL".to_owned(), zoom.api_url()));
        let (app, item) = start_app(&desktop, binaries, &variables)?;
        empty(pictures)?;
        record.say("a home, a bus and a keychain of its own; Zoom is on loopback");
        Ok(Self {
            app,
            item,
            zoom,
            desktop,
            record,
            binaries: binaries.to_owned(),
            pictures: pictures.to_owned(),
            variables,
            _runtime: runtime,
        })
    }

    /// Runs `zoomtrayctl` with `input` on its standard input; its exit code and output.
    pub fn ctl(&self, arguments: &[&str], input: &str) -> Result<(Option<i32>, String), PlayError> {
        let mut command = self.desktop.command(self.binaries.join("zoomtrayctl"));
        command.args(arguments).envs(self.variables.iter().cloned());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        let text = [output.stdout, output.stderr].concat();
        Ok((
            output.status.code(),
            String::from_utf8_lossy(&text).trim().to_owned(),
        ))
    }

    /// Runs `zoomtrayctl` and shows what it prints.
    ///
    /// # Errors
    /// Any exit code but 0.
    pub fn ctl_shown(&self, arguments: &[&str], input: &str) -> Result<String, PlayError> {
        self.record
            .say(&format!("$ zoomtrayctl {}", arguments.join(" ")));
        let (code, output) = self.ctl(arguments, input)?;
        for line in output.lines() {
            self.record.say(&format!("  {line}"));
        }
        if code == Some(0) {
            return Ok(output);
        }
        Err(PlayError::Command {
            command: arguments.join(" "),
            code,
            output,
        })
    }

    /// What the command line says about the account now.
    pub fn status(&self) -> Result<Status, PlayError> {
        let (code, output) = self.ctl(&["status", "--json"], "")?;
        let command = "status --json".to_owned();
        Status::parse(&output).ok_or(PlayError::Command {
            command,
            code,
            output,
        })
    }

    /// Waits for a status that `wanted` accepts, looking after each change in the tray.
    pub fn wait_for(
        &self,
        what: &str,
        patience: Duration,
        wanted: impl Fn(&Status) -> bool,
    ) -> Result<Status, PlayError> {
        let mut trouble = None;
        let found = self.item.wait_for(what, patience, |_| match self.status() {
            Ok(status) => Ok(Some(status).filter(|status| wanted(status))),
            Err(error) => {
                trouble = Some(error);
                Ok(None)
            }
        });
        match (found, trouble) {
            (Ok(status), _) => {
                self.record.say(&status.line());
                Ok(status)
            }
            (Err(_), Some(trouble)) => Err(trouble),
            (Err(error), None) => Err(error.into()),
        }
    }

    /// Takes a picture of `state`.
    pub fn picture(&mut self, state: &str) -> Result<(), PlayError> {
        let number = self.pictures.read_dir()?.count() + 1;
        let path = self
            .pictures
            .join(format!("{number}-{}.png", state.replace('_', "-")));
        std::thread::sleep(REDRAWN);
        self.desktop.screenshot(&path, "Zoomtray")?;
        self.record.picture(state, path);
        Ok(())
    }

    /// Presses the line of the menu that says `label`.
    pub fn press(&self, label: &str) -> Result<(), PlayError> {
        self.record.say(&format!("pressed in the menu: {label}"));
        Ok(self.item.menu()?.press(label)?)
    }

    /// Requests made to Zoom's token endpoint so far.
    pub fn token_requests(&self) -> u64 {
        self.zoom.counters().token.requests
    }

    /// Adds the account of the app that Zoom knows.
    pub fn add_account(&self) -> Result<String, PlayError> {
        let App {
            account_id,
            client_id,
            client_secret,
            ..
        } = App::default();
        let arguments = ["accounts", "add", "--server-to-server"];
        let ids = [
            "--account-id",
            &account_id,
            "--client-id",
            &client_id,
            "--label",
            "Demo",
        ];
        self.ctl_shown(
            &[&arguments[..], &ids[..]].concat(),
            &format!("{client_secret}\n"),
        )
    }

    /// Makes the saved token so much older that `seconds` of it are left.
    pub fn leave_of_token(&self, seconds: i64) -> Result<(), PlayError> {
        let keychain = self.desktop.keychain();
        let item = keychain.wait_for_item(SOON, |item| {
            let mut values = item.attributes.values();
            values.any(|value| value.contains("access_token"))
        })?;
        Ok(keychain.change_secret(&item, |bytes| aged(bytes, seconds))?)
    }

    /// Starts the app once more, after it was quit.
    pub fn reopen(&mut self) -> Result<(), PlayError> {
        (self.app, self.item) = start_app(&self.desktop, &self.binaries, &self.variables)?;
        Ok(())
    }

    /// Quits the app from its menu and waits until it has ended.
    pub fn quit(&mut self) -> Result<bool, PlayError> {
        self.press("Quit")?;
        Ok(self.app.wait()?.success())
    }
}

/// The private desktop, on the user's display if there is one.
pub fn desktop() -> Result<DesktopSession, PlayError> {
    let options = SessionOptions {
        display: Display::of_the_user(),
        ..SessionOptions::default()
    };
    let desktop = DesktopSession::start(&options)?;
    signals::remember(desktop.leftovers());
    Ok(desktop)
}

fn start_app(
    desktop: &DesktopSession,
    binaries: &Path,
    variables: &[(String, String)],
) -> Result<(SessionChild, StatusItem), PlayError> {
    let mut command = desktop.command(binaries.join("zoomtray"));
    command.envs(variables.iter().cloned());
    let app = desktop.spawn("zoomtray", command, Output::ToLog)?;
    let log = desktop.logs().join("zoomtray.log");
    match desktop.wait_for_status_item(SOON, |_| true) {
        Ok(item) => Ok((app, item)),
        Err(error) => Err(PlayError::NoItem {
            error: Box::new(error),
            said: fs_err::read_to_string(log)?,
        }),
    }
}

/// A saved token of which `seconds` are left from now; anything else as it is.
fn aged(bytes: Vec<u8>, seconds: i64) -> Vec<u8> {
    let Ok(mut item) = serde_json::from_slice::<Value>(&bytes) else {
        return bytes;
    };
    let span = ["issued", "expires"].map(|instant| item["span"][instant].as_i64());
    if let [Some(issued), Some(expires)] = span {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
        let end = now + seconds * 1000;
        item["span"]["issued"] = (issued + end - expires).into();
        item["span"]["expires"] = end.into();
    }
    item.to_string().into_bytes()
}

/// Pictures of an earlier run would be taken for this one's.
fn empty(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs_err::remove_dir_all(folder)?;
    }
    fs_err::create_dir_all(folder)
}

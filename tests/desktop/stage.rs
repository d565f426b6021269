//! What every desktop test stands on: a private desktop, a fake Zoom, and the running app.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use black_box_tests::{Mcp, Zoom, program};
use desktop_session::{
    DesktopSession, Keyring, Output, Panel, SessionChild, SessionError, SessionOptions, StatusItem,
    WindowDriver,
};
use fake_zoom::{App, Config};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Longest wait for something that is due now.
pub const SOON: Duration = Duration::from_secs(30);
/// Longest wait for something that the cooldown of 30 s puts off.
pub const AFTER_COOLDOWN: Duration = Duration::from_mins(1);

/// More bytes than a picture has of a panel, a notification and an empty window.
const WITHOUT_TEXT: u64 = 25_000;

/// A private desktop with Zoom on loopback.
pub struct Stage {
    pub desktop: DesktopSession,
    pub zoom: Zoom,
    /// The app at Zoom whose account is added.
    pub app: App,
    more: Vec<(&'static str, String)>,
}

impl Stage {
    pub fn new(panel: Panel) -> Self {
        Self::of(App::default(), panel)
    }

    /// With this app known to Zoom.
    pub fn of(app: App, panel: Panel) -> Self {
        let options = SessionOptions {
            panel,
            keyring: Keyring::Unlocked,
            ..SessionOptions::default()
        };
        let config = Config {
            apps: vec![app.clone()],
            ..Config::default()
        };
        Self {
            desktop: DesktopSession::start(&options).unwrap(),
            zoom: Zoom::with(config),
            app,
            more: Vec::new(),
        }
    }

    /// What the app and the command line see beside the desktop's own variables.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("ZOOM_OAUTH_URL", self.zoom.fake.oauth_url()),
            ("ZOOM_API_URL", self.zoom.fake.api_url()),
            ("TZ", "UTC".to_owned()),
        ];
        variables.extend(self.more.iter().cloned());
        variables
    }

    /// Sets a variable that they see as well.
    pub fn set(&mut self, name: &'static str, value: impl std::fmt::Display) {
        self.more.push((name, value.to_string()));
    }

    fn command(&self, name: &str) -> Command {
        let mut command = self.desktop.command(program(name));
        command.envs(self.variables());
        command
    }

    /// Starts the app and waits for its status item.
    pub fn start_app(&self) -> (SessionChild, StatusItem) {
        let app = self.start_app_without_item();
        let item = self.desktop.wait_for_status_item(SOON, |_| true).unwrap();
        (app, item)
    }

    /// Starts the app, opens its window in the menu, and steers that.
    pub fn start_app_with_window(&self) -> (WindowDriver, StatusItem) {
        let desktop = &self.desktop;
        let variables = self.variables();
        let variables: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        std::thread::scope(|threads| {
            // The driver waits for the window, and no window opens by itself.
            let opens = threads.spawn(|| {
                let item = desktop.wait_for_status_item(SOON, |_| true).unwrap();
                item.menu().unwrap().press("Open Zoomtray…").unwrap();
                item
            });
            let window = desktop.window_driver(&program("zoomtray"), &[], &variables);
            (window.unwrap(), opens.join().unwrap())
        })
    }

    /// Starts the app.
    pub fn start_app_without_item(&self) -> SessionChild {
        self.desktop
            .spawn("zoomtray", self.command("zoomtray"), Output::ToLog)
            .unwrap()
    }

    /// Runs `zoomtrayctl`; its output, after it succeeded.
    pub fn ctl(&self, arguments: &[&str], input: &str) -> String {
        let mut command = self.command("zoomtrayctl");
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complained = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "zoomtrayctl {arguments:?}: {said}{complained}"
        );
        said
    }

    /// A session through the relay of this entry, as Claude Desktop opens it.
    pub fn relay(&self, entry: &str) -> Mcp {
        let mut command = self.command("zoomtrayctl");
        command.args(["relay", entry]);
        let mut relay = Mcp::of(command);
        relay.initialize();
        relay
    }

    /// Adds the account of the app that Zoom knows.
    pub fn add_account(&self) {
        let app = &self.app;
        let arguments = [
            "accounts",
            "add",
            "--server-to-server",
            "--account-id",
            &app.account_id,
            "--client-id",
            &app.client_id,
            "--label",
            "Work",
        ];
        self.ctl(&arguments, &app.client_secret);
    }

    /// The same, once the window has drawn its text.
    pub fn picture_of_window(&self, name: &str) {
        let file = pictures().join(format!("{name}.png"));
        let deadline = std::time::Instant::now() + SOON;
        // Each picture is made by a program of its own and takes its time.
        loop {
            self.picture(name);
            let drawn = fs_err::metadata(&file).unwrap().len() > WITHOUT_TEXT;
            if drawn || std::time::Instant::now() > deadline {
                assert!(drawn, "the window stays empty");
                return;
            }
        }
    }

    /// Keeps a picture of the screen for the eye.
    pub fn picture(&self, name: &str) {
        let folder = pictures();
        fs_err::create_dir_all(&folder).unwrap();
        self.desktop
            .screenshot(&folder.join(format!("{name}.png")), "Zoomtray")
            .unwrap();
    }
}

fn pictures() -> PathBuf {
    let programs = program("zoomtray");
    programs
        .parent()
        .and_then(|profile| profile.parent())
        .unwrap()
        .join("desktop-test")
}

/// The menu's lines.
pub fn lines(item: &StatusItem) -> Result<Vec<String>, SessionError> {
    item.menu()?.labels()
}

/// Waits until the menu's first line starts like this; the whole menu then.
pub fn wait_for_state(item: &StatusItem, begins: &str, patience: Duration) -> Vec<String> {
    item.wait_for(begins, patience, |item| {
        let lines = lines(item)?;
        Ok(lines
            .first()
            .is_some_and(|line| line.starts_with(begins))
            .then_some(lines))
    })
    .unwrap_or_else(|error| panic!("{error}; the menu says {:?}", lines(item)))
}

/// Raw, base64 (alone and behind the client id), URL-encoded, the first ten characters.
pub fn forms_of(secret: &str) -> Vec<String> {
    let basic = STANDARD.encode(format!("{}:{secret}", App::default().client_id));
    let encoded = secret
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    vec![
        secret.to_owned(),
        STANDARD.encode(secret),
        basic,
        encoded,
        secret.chars().take(10).collect(),
    ]
}

//! A home whose Claude config has an entry for the stand-in server, connected, and a keeper.

use black_box_tests::{Home, RawRelay, Watch, Zoom, control, program};
use fake_zoom::App;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Far longer than anything takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_mins(2);

/// The entry that is connected.
pub(crate) const ENTRY: &str = "stand-in";

/// What a test is about, before its keeper runs.
pub(crate) struct Scene {
    pub(crate) zoom: Zoom,
    pub(crate) home: Home,
}

/// A scene with its keeper.
pub(crate) struct Running {
    pub(crate) zoom: Zoom,
    pub(crate) home: Home,
    pub(crate) watch: Watch,
}

impl Scene {
    /// With an account, and the stand-in with these arguments connected.
    pub(crate) fn new(arguments: &[&str]) -> Self {
        Self::with(Zoom::start(), arguments, &json!({}))
    }

    /// The same at this Zoom, with these variables in the entry.
    pub(crate) fn with(zoom: Zoom, arguments: &[&str], variables: &Value) -> Self {
        let mut env = json!({"ZOOM_ACCESS_TOKEN": "old-token-of-the-entry"});
        for (name, value) in variables.as_object().unwrap() {
            env[name] = value.clone();
        }
        Self::of(zoom, |home| {
            let log = log_of(home);
            let log = ["--log", log.to_str().unwrap()];
            let arguments: Vec<&str> = log.iter().chain(arguments).copied().collect();
            json!({"command": program("stand-in-server"), "args": arguments, "env": env})
        })
    }

    /// With an account, and this entry connected.
    pub(crate) fn of(zoom: Zoom, entry: impl FnOnce(&Home) -> Value) -> Self {
        let home = Home::new(&zoom);
        assert_eq!(home.add_account().code, Some(0));
        let config = json!({"mcpServers": {ENTRY: entry(&home)}});
        fs_err::write(home.claude_config(), config.to_string()).unwrap();
        let connected = home.ctl(&["claude", "connect", ENTRY]);
        assert_eq!(connected.code, Some(0), "{connected:?}");
        home.remember_attempts(&App::default(), "{}");
        Self { zoom, home }
    }

    /// The settings beside the entry's mode.
    pub(crate) fn set(&self, settings: &Value) {
        let mut all = json!({"entries": {ENTRY: {"mode": "relay"}}});
        let settings = settings.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(settings);
        self.home.set_settings(&all.to_string());
    }

    /// Starts the keeper.
    pub(crate) fn run(self) -> Running {
        let mut watch = self.home.watch(&[]);
        watch.read_until("✅");
        Running {
            zoom: self.zoom,
            home: self.home,
            watch,
        }
    }
}

/// A keeper, and the stand-in with these arguments connected.
pub(crate) fn running(arguments: &[&str]) -> Running {
    Scene::new(arguments).run()
}

impl Running {
    /// A client that has opened a session.
    pub(crate) fn open(&self) -> RawRelay {
        RawRelay::open(&self.home, ENTRY)
    }

    /// Lets the keeper fetch a new token. The first time in a test needs no cooldown to pass.
    pub(crate) fn refresh(&self) {
        control(&self.home, "refresh", &json!({"account": null}));
    }

    /// The sessions that the keeper shows.
    pub(crate) fn sessions(&self) -> Vec<Value> {
        let snapshot = control(&self.home, "get_snapshot", &json!({}));
        snapshot["relays"].as_array().unwrap().clone()
    }

    /// What the stand-ins were given and told, a line each.
    pub(crate) fn log(&self) -> Vec<Value> {
        let text = fs_err::read_to_string(log_of(&self.home)).unwrap_or_default();
        let lines = text.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Every start of a stand-in.
    pub(crate) fn starts(&self) -> Vec<Value> {
        let mut log = self.log();
        log.retain(|line| line["start"].is_object());
        log
    }

    /// The file `name` in the home.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

fn log_of(home: &Home) -> PathBuf {
    home.path().join("stand-in.log")
}

/// Waits until `holds`.
pub(crate) fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "it never came that {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether the process is there, and no zombie.
pub(crate) fn lives(pid: &str) -> bool {
    let status = fs_err::read_to_string(Path::new("/proc").join(pid).join("stat"));
    status.is_ok_and(|status| !status.rsplit(')').next().unwrap().starts_with(" Z"))
}

/// Kills a process at once.
pub(crate) fn kill(pid: &str) {
    let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

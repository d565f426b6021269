//! Claude Desktop as an `AppImage`, at the place where such a one is mounted, among programs
//! that could be taken for it. Each records the signals it gets.

use black_box_tests::{Home, program, wait_until};
use serde_json::{Value, json};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The user `nobody`.
const NOBODY: u32 = 65_534;

/// Everything that runs; killed when it is dropped.
pub struct Crowd {
    mount: TempDir,
    other_mount: TempDir,
    folder: TempDir,
    installed: Vec<PathBuf>,
    /// Bystanders and other people's Claudes, with what each is.
    others: Vec<(&'static str, Child)>,
    claude: Option<Child>,
}

impl Crowd {
    /// Puts everything in its place, and tells `home`'s programs which profile is in use.
    pub fn new(home: &mut Home) -> Self {
        let mount = |name| {
            let folder = tempfile::Builder::new()
                .prefix(name)
                .tempdir_in("/tmp")
                .unwrap();
            open_to_all(folder.path());
            folder
        };
        let mut crowd = Self {
            mount: mount(".mount_claude"),
            other_mount: mount(".mount_other"),
            folder: mount("crowd"),
            installed: Vec::new(),
            others: Vec::new(),
            claude: None,
        };
        home.unset("CLAUDE_APP_PATH");
        home.set("CLAUDE_CONFIG_FILE", crowd.config().display());
        fs_err::create_dir(crowd.profile()).unwrap();
        fs_err::write(crowd.config(), r#"{"mcpServers": {}}"#).unwrap();
        crowd.install(&crowd.executable(), &json!({}));
        crowd.write_image();
        crowd
    }

    /// Starts Claude by its `AppImage`, and then all others.
    pub fn gather(&mut self) {
        let mut claude = Command::new(self.image());
        claude.arg(self.switch()).env_clear();
        self.claude = Some(spawn(&mut claude));
        wait_for(&self.executable(), "started", 1);
        self.bystanders();
        self.another_profile();
        self.another_user();
    }

    /// What of the others was signalled or has ended.
    pub fn harmed(&mut self) -> Vec<String> {
        let mut harmed = self.signalled();
        for (what, child) in &mut self.others {
            if let Some(status) = child.try_wait().unwrap() {
                harmed.push(format!("{what} ended with {status}"));
            }
        }
        harmed
    }

    /// Every signal that was recorded, but for those of Claude's own main processes.
    fn signalled(&self) -> Vec<String> {
        let mut own = told(&self.executable(), "started");
        own.retain(|line| line["config"] == json!(self.config()));
        let is_own = |line: &Value| own.iter().any(|own| own["pid"] == line["pid"]);
        let is_wish = |line: &Value| {
            let event = line["event"].as_str().unwrap();
            ["asked_to_quit", "helper_signalled", "signalled"].contains(&event)
        };
        let told = self.logs().into_iter().flat_map(|path| lines(&path));
        told.filter(|line| is_wish(line) && !is_own(line))
            .map(|line| line.to_string())
            .collect()
    }

    /// How often Claude has told `event`.
    pub fn count(&self, event: &str) -> usize {
        let lines = told(&self.executable(), event);
        let of_other = |line: &&Value| line["config"] == json!(self.other_config());
        lines.len() - lines.iter().filter(of_other).count()
    }

    fn bystanders(&mut self) {
        let inside = |path: &str| self.mount.path().join("usr/lib").join(path);
        let home = self.folder.path();
        let places = [
            ("a command line tool", home.join("bin/claude")),
            (
                "the embedded tool",
                self.profile().join("claude-code/2.1.0/claude"),
            ),
            ("the tool inside the install", inside("resources/claude")),
            (
                "a crash handler of another start",
                inside("chrome_crashpad_handler"),
            ),
            (
                "another AppImage",
                self.other_mount.path().join("usr/lib/claude-desktop"),
            ),
            ("a namesake", home.join("claude-desktop/claude-desktop")),
        ];
        for (what, place) in places {
            self.install(&place, &json!({"bystander": true}));
            let mut command = Command::new(&place);
            command.arg("--type=renderer").arg(self.switch());
            self.others.push((what, spawn(&mut command)));
            wait_for(&place, "started", 1);
        }
    }

    /// The same executable with another folder, and its helpers.
    fn another_profile(&mut self) {
        let mut command = Command::new(self.executable());
        command.arg(format!(
            "--user-data-dir={}",
            self.other_profile().display()
        ));
        self.others.push(("another profile", spawn(&mut command)));
        wait_for(&self.executable(), "started", 2);
    }

    /// The same executable under another user; only root can start that.
    fn another_user(&mut self) {
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let folder = self.folder.path().join("nobody");
        fs_err::create_dir(&folder).unwrap();
        chown(&folder, Some(NOBODY), None).unwrap();
        let mut command = Command::new(self.executable());
        command.env("STAND_IN_CLAUDE_LOG", self.log_of_nobody());
        command.env(
            "CLAUDE_CONFIG_FILE",
            folder.join("claude_desktop_config.json"),
        );
        self.others
            .push(("another user's", spawn(command.uid(NOBODY))));
        wait_until(&folder, || !lines(&self.log_of_nobody()).is_empty());
    }

    /// Puts the program at `place`, to do what `options` says.
    fn install(&mut self, place: &Path, options: &Value) {
        fs_err::create_dir_all(place.parent().unwrap()).unwrap();
        fs_err::copy(program("stand-in-claude"), place).unwrap();
        let mut all = json!({"config": self.config(), "log": log_of(place)});
        let more = options.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(more);
        fs_err::write(beside(place, ".json"), all.to_string()).unwrap();
        self.installed.push(place.to_path_buf());
    }

    /// A script that mounts nothing and runs what is in the mount, as an `AppImage` does.
    fn write_image(&self) {
        let (image, program) = (self.image(), self.executable());
        let script = format!(
            "#!/bin/sh\nAPPIMAGE='{}' exec '{}' \"$@\"\n",
            image.display(),
            program.display()
        );
        fs_err::write(&image, script).unwrap();
        open_to_all(&image);
    }

    fn executable(&self) -> PathBuf {
        let place = "usr/lib/claude-desktop-unofficial/claude-desktop";
        self.mount.path().join(place)
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("Claude.AppImage")
    }

    fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    fn other_profile(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn switch(&self) -> String {
        format!("--user-data-dir={}", self.profile().display())
    }

    fn config(&self) -> PathBuf {
        self.profile().join("claude_desktop_config.json")
    }

    fn other_config(&self) -> PathBuf {
        self.other_profile().join("claude_desktop_config.json")
    }

    fn log_of_nobody(&self) -> PathBuf {
        self.folder.path().join("nobody/log")
    }

    /// Of every program that was installed, and of the other user's.
    fn logs(&self) -> Vec<PathBuf> {
        let logs = self.installed.iter().map(|place| log_of(place));
        logs.chain([self.log_of_nobody()]).collect()
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        let children = self.others.iter_mut().map(|(_, child)| child);
        for child in children.chain(&mut self.claude) {
            // It may have ended already.
            let _ended = child.kill();
            let _reaped = child.wait();
        }
        for line in told(&self.executable(), "started") {
            let pid = i32::try_from(line["pid"].as_i64().unwrap()).unwrap();
            let runs = fs_err::read_link(format!("/proc/{pid}/exe"));
            if runs.is_ok_and(|path| path == self.executable()) {
                let pid = rustix::process::Pid::from_raw(pid).unwrap();
                let _gone = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            }
        }
    }
}

/// A bystander lives as long as its pipe.
fn spawn(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).spawn().unwrap()
}

fn open_to_all(path: &Path) {
    fs_err::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
}

fn wait_for(place: &Path, event: &str, times: usize) {
    wait_until(place.parent().unwrap(), || {
        told(place, event).len() >= times
    });
}

/// Each line by which the program at `place` tells `event`.
fn told(place: &Path, event: &str) -> Vec<Value> {
    let mut lines = lines(&log_of(place));
    lines.retain(|line| line["event"] == event);
    lines
}

fn lines(log: &Path) -> Vec<Value> {
    let text = fs_err::read_to_string(log).unwrap_or_default();
    let whole = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    whole.collect()
}

fn log_of(place: &Path) -> PathBuf {
    beside(place, ".log")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

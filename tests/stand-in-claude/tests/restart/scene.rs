//! Stand-ins for Claude in a folder of their own.

use claude::process::Claude;
use claude::{
    ConfigError, ConfigFile, NewValue, Pointer, RestartOutcome, Restarts, StepReport, Written,
    restart,
};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

pub const KEY: &str = "ZOOM_ACCESS_TOKEN";

/// A folder with a config, its writer, and stand-ins at chosen places.
pub struct Scene {
    folder: TempDir,
    mounts: Vec<TempDir>,
    children: Vec<Child>,
}

impl Scene {
    pub fn new() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let scene = Self {
            folder,
            mounts: Vec::new(),
            children: Vec::new(),
        };
        let config = json!({
            "globalShortcut": "Alt+C",
            "kept": 1.5,
            "mcpServers": {"zoom": {"command": "true", "env": {KEY: "old"}}},
        });
        fs_err::create_dir(scene.path("profile")).unwrap();
        fs_err::write(scene.config(), config.to_string()).unwrap();
        scene
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn config(&self) -> PathBuf {
        self.path("profile").join("claude_desktop_config.json")
    }

    pub fn file(&self) -> ConfigFile {
        ConfigFile::new(self.config(), &self.path("data"))
    }

    /// The value of the variable in the config now.
    pub fn value(&self) -> String {
        let config: Value = serde_json::from_slice(&fs_err::read(self.config()).unwrap()).unwrap();
        config["mcpServers"]["zoom"]["env"][KEY]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Puts the program at `place` (a path below the scene's folder), to do what `options` says.
    /// A link to the same file: the path that it is started by is the path that it has.
    pub fn install(&self, place: &str, options: &Value) -> PathBuf {
        let path = self.path(place);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::hard_link(env!("CARGO_BIN_EXE_stand-in-claude"), &path).unwrap();
        self.write_options(&path, options);
        path
    }

    fn write_options(&self, path: &Path, options: &Value) {
        let mut all = json!({"config": self.config(), "log": log_of(path)});
        all.as_object_mut()
            .unwrap()
            .extend(options.as_object().unwrap().clone());
        fs_err::write(beside(path, ".json"), all.to_string()).unwrap();
    }

    /// Starts the program at `path` and waits until it can be signalled.
    pub async fn start(&mut self, path: &Path, arguments: &[&str]) -> u32 {
        let child = Command::new(path)
            .args(arguments)
            // A bystander lives as long as this pipe.
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = child.id();
        self.children.push(child);
        told(path, "started", |line| line["pid"] == pid).await;
        pid
    }

    /// Starts the program at `path` and does not wait for anything.
    pub fn start_no_wait(&mut self, path: &Path) {
        let mut command = Command::new(path);
        self.children
            .push(command.stdin(Stdio::piped()).spawn().unwrap());
    }

    /// Starts the `AppImage` at `image`; what is in its mount tells.
    pub async fn start_by(&mut self, image: &Path, mount: &Path, arguments: &[&str]) -> u32 {
        let mut command = Command::new(image);
        let child = command
            .args(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = child.id();
        self.children.push(child);
        told(mount, "started", |line| line["pid"] == pid).await;
        pid
    }

    /// A mounted `AppImage`: what runs, and the file that it is started by.
    pub fn app_image(&mut self, options: &Value) -> (PathBuf, PathBuf) {
        let mount = tempfile::Builder::new()
            .prefix(".mount_claude")
            .tempdir_in("/tmp")
            .unwrap();
        let place = mount
            .path()
            .join("usr/lib/claude-desktop-unofficial/claude-desktop");
        fs_err::create_dir_all(place.parent().unwrap()).unwrap();
        fs_err::copy(env!("CARGO_BIN_EXE_stand-in-claude"), &place).unwrap();
        self.write_options(&place, options);
        let image = self.path("Claude.AppImage");
        let script = format!(
            "#!/bin/sh\nAPPIMAGE='{}' exec '{}' \"$@\"\n",
            image.display(),
            place.display()
        );
        fs_err::write(&image, script).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs_err::set_permissions(&image, mode).unwrap();
        self.mounts.push(mount);
        (place, image)
    }

    /// The process list's view of an installed Claude.
    pub fn installed_claude(&self) -> Claude {
        Claude::new(&|_| None, self.folder.path(), Some(&self.config()))
    }

    /// Puts a lock of this target on the profile, so many seconds old.
    pub fn make_lock(&self, target: &str, age: u64) {
        let path = lock(self);
        if path.is_symlink() {
            fs_err::remove_file(&path).unwrap();
        }
        fs_err::os::unix::fs::symlink(target, &path).unwrap();
        let made = format!("--date=-{age} seconds");
        let touched = Command::new("touch")
            .arg("-h")
            .arg(made)
            .arg(&path)
            .status();
        assert!(touched.unwrap().success());
    }

    /// Waits until the child `pid` has ended.
    pub fn wait(&mut self, pid: u32) {
        self.child(pid).wait().unwrap();
    }

    /// Kills the child `pid`.
    pub fn kill(&mut self, pid: u32) {
        let child = self.child(pid);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn child(&mut self, pid: u32) -> &mut Child {
        self.children
            .iter_mut()
            .find(|child| child.id() == pid)
            .unwrap()
    }

    /// The process list's view of Claude as the program at `path`.
    pub fn claude(&self, path: &Path) -> Claude {
        let named = path.as_os_str().to_owned();
        let env = move |name: &str| -> Option<OsString> {
            (name == "CLAUDE_APP_PATH").then(|| named.clone())
        };
        Claude::new(&env, self.folder.path(), Some(&self.config()))
    }

    /// Whether the child `pid` is still there, a dead one that was not waited for left out.
    pub fn lives(&mut self, pid: u32) -> bool {
        self.child(pid).try_wait().unwrap().is_none()
    }

    /// Writes `value` as the keeper would.
    pub fn set(&self, value: &str) -> Result<Written, ConfigError> {
        let value = NewValue::Variable(SecretString::from(value));
        self.file().set(&Pointer::env("zoom", KEY), &value)
    }

    /// Restarts Claude around a write of `value`; gives back the outcome and the steps in short.
    pub async fn restart(
        &self,
        claude: &Claude,
        value: &str,
    ) -> (RestartOutcome<Written, ConfigError>, Vec<String>) {
        restart_around(claude, async || self.set(value)).await
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Restarts Claude around `write`; gives back the outcome and the steps in short.
pub async fn restart_around<W, E: std::fmt::Display>(
    claude: &Claude,
    write: impl AsyncFnOnce() -> Result<W, E>,
) -> (RestartOutcome<W, E>, Vec<String>) {
    let mut reports = Vec::new();
    let permit = Restarts::default().ordered(None);
    let outcome = restart(claude, permit, write, |report| reports.push(report)).await;
    (outcome, short(&reports))
}

/// Ends the started-again program when the test does, whichever way.
pub struct EndAfter<'s>(pub &'s Claude);

impl Drop for EndAfter<'_> {
    fn drop(&mut self) {
        let _ = self.0.signal();
    }
}

/// Kills whatever runs of it when the test ends: for one that does not quit or comes back.
pub struct KillAfter<'s>(pub &'s Claude);

impl Drop for KillAfter<'_> {
    fn drop(&mut self) {
        let _ = self.0.end_by_force();
    }
}

/// Sends a signal, as the user or an update does.
pub fn signal(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid.try_into().unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// This computer's name.
pub fn host() -> String {
    let host = fs_err::read_to_string("/proc/sys/kernel/hostname").unwrap();
    host.trim().to_owned()
}

/// Where the lock of the profile is.
pub fn lock(scene: &Scene) -> PathBuf {
    scene.path("profile/SingletonLock")
}

pub fn hash(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |digits, byte| {
            digits + &format!("{byte:02x}")
        })
}

/// What the program at `path` has told so far.
pub fn log(path: &Path) -> Vec<Value> {
    let text = fs_err::read_to_string(log_of(path)).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The names of what it has told.
pub fn events(path: &Path) -> Vec<String> {
    log(path)
        .iter()
        .map(|line| line["event"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until the program at `path` tells `event`.
pub async fn told(path: &Path, event: &str, of: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..1_000 {
        let found = log(path)
            .into_iter()
            .find(|line| line["event"] == event && of(line));
        if let Some(line) = found {
            return line;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!(
        "{} did not tell {event}: {:?}",
        path.display(),
        events(path)
    );
}

/// The steps and their results, in short.
fn short(reports: &[StepReport]) -> Vec<String> {
    reports
        .iter()
        .map(|report| {
            let result = serde_json::to_value(&report.result).unwrap();
            format!("{:?} {}", report.step, result["kind"].as_str().unwrap())
        })
        .collect()
}

fn log_of(path: &Path) -> PathBuf {
    beside(path, ".log")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

//! Stand-ins for Claude in a folder of their own.

use claude::process::Claude;
use claude::{ConfigFile, StepReport, Written};
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
    children: Vec<Child>,
}

impl Scene {
    pub fn new() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let scene = Self {
            folder,
            children: Vec::new(),
        };
        let config = json!({
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
        let mut all = json!({"config": self.config(), "log": log_of(&path)});
        all.as_object_mut()
            .unwrap()
            .extend(options.as_object().unwrap().clone());
        fs_err::write(beside(&path, ".json"), all.to_string()).unwrap();
        path
    }

    /// Starts the program at `path` and waits until it can be signalled.
    pub async fn start(&mut self, path: &Path, arguments: &[&str]) -> u32 {
        let child = Command::new(path)
            .args(arguments)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let pid = child.id();
        self.children.push(child);
        told(path, "started", |line| line["pid"] == pid).await;
        pid
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
        let child = self
            .children
            .iter_mut()
            .find(|child| child.id() == pid)
            .unwrap();
        child.try_wait().unwrap().is_none()
    }

    /// Writes `value` as the keeper would.
    pub fn set(&self, value: &str) -> Result<Written, claude::ConfigError> {
        self.file().set_env("zoom", KEY, &SecretString::from(value))
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

/// Ends the started-again program when the test does, whichever way.
pub struct EndAfter<'s>(pub &'s Claude);

impl Drop for EndAfter<'_> {
    fn drop(&mut self) {
        let _ = self.0.signal();
    }
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
pub fn short(reports: &[StepReport]) -> Vec<String> {
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

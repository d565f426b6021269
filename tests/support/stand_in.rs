//! The stand-in for Claude Desktop, installed for one home.

use crate::{Home, program};
use notify::{Event, RecursiveMode, Watcher};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;
use tempfile::TempDir;

/// Far longer than anything it does takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_mins(1);

/// An installed stand-in. Whatever runs of it is killed when it is dropped.
pub struct StandIn {
    folder: TempDir,
    children: Vec<Child>,
}

impl StandIn {
    /// Installs it as the one Claude Desktop that `home`'s programs know.
    pub fn install(home: &mut Home) -> Self {
        Self::install_with(home, &json!({}))
    }

    /// The same, to do what `options` says.
    pub fn install_with(home: &mut Home, options: &Value) -> Self {
        let stand_in = Self::at(&home.claude_config(), options);
        home.set("CLAUDE_APP_PATH", stand_in.executable().display());
        stand_in
    }

    /// Installs it with this config, to do what `options` says; for programs whose
    /// `CLAUDE_APP_PATH` is its [`StandIn::executable`].
    pub fn at(config: &Path, options: &Value) -> Self {
        // Beside the built program: a link to it has a path of its own, as a copy would.
        let built = program("stand-in-claude");
        let folder = tempfile::tempdir_in(built.parent().unwrap()).unwrap();
        let stand_in = Self {
            folder,
            children: Vec::new(),
        };
        fs_err::hard_link(&built, stand_in.executable()).unwrap();
        let mut all = json!({"config": config, "log": stand_in.log_file()});
        let more = options.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(more);
        fs_err::write(stand_in.folder.path().join("claude.json"), all.to_string()).unwrap();
        stand_in
    }

    /// Starts it, as the user does, and waits until it has read its config.
    pub fn start(&mut self) {
        let before = self.count("started");
        let mut command = Command::new(self.executable());
        command.env_clear().stdin(Stdio::null());
        self.children.push(command.spawn().unwrap());
        self.wait_for("started", before + 1);
    }

    /// Quits it, as the user does, and waits until it is gone.
    pub fn quit(&mut self) {
        self.signal(Signal::TERM);
        self.children.last_mut().unwrap().wait().unwrap();
    }

    /// Changes a preference in it: it writes its whole config from memory.
    pub fn changes_a_preference(&self) {
        self.signal(Signal::USR1);
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(self.children.last().unwrap());
        kill_process(pid, signal).unwrap();
    }

    /// Takes its program away, as an update does that failed half-way.
    pub fn uninstall(&self) {
        fs_err::remove_file(self.executable()).unwrap();
    }

    /// How often it has told `event`.
    pub fn count(&self, event: &str) -> usize {
        self.told(event).len()
    }

    /// Each line of its log that tells `event`.
    pub fn told(&self, event: &str) -> Vec<Value> {
        let log = fs_err::read_to_string(self.log_file()).unwrap_or_default();
        let lines = log
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["event"] == event).collect()
    }

    /// Waits until it has told `event` so often.
    pub fn wait_for(&self, event: &str, times: usize) {
        wait_until(self.folder.path(), || self.count(event) >= times);
    }

    /// Its program.
    pub fn executable(&self) -> PathBuf {
        self.folder.path().join("claude")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}

/// Waits until `holds`, which is asked after each change in `folder`.
pub fn wait_until(folder: &Path, holds: impl Fn() -> bool) {
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |change: notify::Result<Event>| {
        // `holds` may read in the folder: that is no reason to ask again.
        if !matches!(&change, Ok(event) if event.kind.is_access()) {
            // Nobody listens any more once it holds.
            let _late = sender.send(change);
        }
    })
    .unwrap();
    watcher.watch(folder, RecursiveMode::NonRecursive).unwrap();
    while !holds() {
        changes
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|error| panic!("nothing happens in the folder: {error}"))
            .unwrap();
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        for child in &mut self.children {
            // It may have ended already.
            let _ended = child.kill();
            let _reaped = child.wait();
        }
        for line in self.told("started") {
            let pid = line["pid"].as_i64().and_then(|pid| i32::try_from(pid).ok());
            kill_if_ours(pid.unwrap(), &self.executable());
        }
    }
}

/// One that was started again is nobody's child.
fn kill_if_ours(pid: i32, executable: &Path) {
    let runs = std::fs::read_link(format!("/proc/{pid}/exe"));
    if let Some(pid) = Pid::from_raw(pid)
        && runs.is_ok_and(|path| path == executable)
    {
        // It may end at this moment.
        let _gone = kill_process(pid, Signal::KILL);
    }
}

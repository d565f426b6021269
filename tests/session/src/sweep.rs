//! Ends what a session's programs left behind, such as services that the bus started.
//!
//! A process belongs to a session if its environment carries the session's root.

use crate::environment::MARK;
use crate::error::SessionError;
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Kills every process of this user whose environment carries the mark of `root`, other
/// than this process. Says how many there were.
pub fn sweep(root: &Path) -> usize {
    let mark = [MARK.as_bytes(), b"=", root.as_os_str().as_encoded_bytes()].concat();
    let own = rustix::process::getpid();
    let marked: Vec<Pid> = processes()
        .filter(|process| *process != own && carries(*process, &mark))
        .collect();
    for process in &marked {
        // One that has ended since it was listed is as good as killed.
        let _gone = kill_process(*process, Signal::KILL);
    }
    marked.len()
}

fn processes() -> impl Iterator<Item = Pid> {
    let entries = fs_err::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        entry
            .file_name()
            .to_str()?
            .parse()
            .ok()
            .and_then(Pid::from_raw)
    })
}

/// A process that has ended, or is another user's, carries nothing.
fn carries(process: Pid, mark: &[u8]) -> bool {
    let path = format!("/proc/{}/environ", process.as_raw_nonzero());
    fs_err::read(path).is_ok_and(|text| text.split(|byte| *byte == 0).any(|part| part == mark))
}

/// Sweeps when this process ends in whatever way: it waits for the end of its standard
/// input, which only this process holds open, and then kills and deletes.
pub struct LastSweep {
    shell: Child,
}

/// `$1` is the mark, `$2` the root. Its own environment does not carry the mark.
const LAST_SWEEP: &str = r#"
read -r _
for file in /proc/[0-9]*/environ; do
  if tr '\0' '\n' <"$file" 2>/dev/null | grep -qxF "$1"; then
    process=${file#/proc/}
    kill -KILL "${process%/environ}" 2>/dev/null
  fi
done
rm -rf "$2"
"#;

impl LastSweep {
    /// Begins to wait, in a process group of its own, so that no Ctrl-C ends it.
    pub fn prepare(root: &Path) -> Result<Self, SessionError> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", LAST_SWEEP, "last-sweep"]);
        command.arg(format!("{MARK}={}", root.display())).arg(root);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.process_group(0).env_remove(MARK);
        let failed = |source| SessionError::Start {
            program: "/bin/sh".to_owned(),
            source,
        };
        Ok(Self {
            shell: command.spawn().map_err(failed)?,
        })
    }
}

impl Drop for LastSweep {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // It has nobody to report to, and ends by itself.
        let _reaped = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn the_last_sweep_needs_nobody_to_ask_for_it() {
        let root = tempfile::tempdir().unwrap().keep();
        let sweep = LastSweep::prepare(&root).unwrap();
        let mut left = Command::new("sleep")
            .arg("600")
            .env(MARK, &root)
            .spawn()
            .unwrap();
        drop(sweep);
        assert!(!left.wait().unwrap().success());
        assert!(!root.exists());
    }

    #[test]
    fn only_processes_of_that_session_are_ended() {
        let one = Path::new("/tmp/session-of-the-sweep-test-1");
        let mut sleep = Command::new("sleep");
        sleep.arg("600");
        let mut inside = sleep.env(MARK, one).spawn().unwrap();
        let mut outside = sleep
            .env(MARK, "/tmp/session-of-the-sweep-test-11")
            .spawn()
            .unwrap();
        // The environment of a new process is the parent's until it has run exec.
        while sweep(one) == 0 {
            std::thread::yield_now();
        }
        assert!(!inside.wait().unwrap().success());
        assert!(
            outside.try_wait().unwrap().is_none(),
            "the other session's process lives"
        );
        outside.kill().unwrap();
        outside.wait().unwrap();
    }
}

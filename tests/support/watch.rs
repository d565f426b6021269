//! `zoomtrayctl watch`, running.

use std::io::{BufRead, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Longer than the cooldown and all else that a line waits for: ends a test that would hang.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running `watch`; killed when dropped.
pub struct Watch {
    child: Child,
    lines: Receiver<String>,
    seen: String,
}

impl Watch {
    pub(crate) fn new(mut child: Child) -> Self {
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                // The test may have seen enough.
                let _unread = sender.send(line);
            }
        });
        Self {
            child,
            lines,
            seen: String::new(),
        }
    }

    /// Reads lines until one holds `text`.
    pub fn read_until(&mut self, text: &str) {
        loop {
            let line = self
                .lines
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|why| panic!("watch did not say {text:?} ({why}):\n{}", self.seen));
            self.seen.push_str(&line);
            self.seen.push('\n');
            if line.contains(text) {
                return;
            }
        }
    }

    /// What was read.
    pub fn seen(&self) -> String {
        self.seen.clone()
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ctrl-C; returns the exit code.
    pub fn interrupt(&mut self) -> Option<i32> {
        interrupt(&mut self.child);
        self.child.wait().unwrap().code()
    }
}

impl Watch {
    /// Reads on until it ends by itself; returns the exit code.
    pub fn ended(&mut self) -> Option<i32> {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.seen.push_str(&line);
                    self.seen.push('\n');
                }
                // Its output ends a moment before it does.
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap().code(),
                Err(RecvTimeoutError::Timeout) => panic!("watch goes on:\n{}", self.seen),
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[cfg(unix)]
fn interrupt(child: &mut Child) {
    let pid = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
}

#[cfg(windows)]
fn interrupt(child: &mut Child) {
    child.kill().unwrap();
}

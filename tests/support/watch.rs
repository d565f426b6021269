//! `zoomtrayctl watch`, running.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};

/// A running `watch`; killed when dropped.
pub struct Watch {
    child: Child,
    out: BufReader<ChildStdout>,
    seen: String,
}

impl Watch {
    pub(crate) fn new(mut child: Child) -> Self {
        let out = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            out,
            seen: String::new(),
        }
    }

    /// Reads lines until one holds `text`.
    pub fn read_until(&mut self, text: &str) {
        loop {
            let mut line = String::new();
            let read = self.out.read_line(&mut line).unwrap();
            assert!(
                read > 0,
                "watch ended before it said {text:?}:\n{}",
                self.seen
            );
            self.seen.push_str(&line);
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

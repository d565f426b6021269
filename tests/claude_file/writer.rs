//! The process that writes: this test program again, told what to do by its environment.

use crate::place::{Place, pointer, value};
use claude::{ConfigFile, WriteStep};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A writing process; killed when dropped.
pub struct Writer {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Writer {
    /// Writes from number `first` on, without end.
    pub fn start(place: &Place, first: usize) -> Self {
        Self::told(place, &[("WRITER_FIRST", first)])
    }

    /// Writes so often, from number 1 on.
    pub fn times(place: &Place, times: usize) -> Self {
        Self::told(place, &[("WRITER_FIRST", 1), ("WRITER_LAST", times)])
    }

    /// Writes number `first` and dies before the step of that index in `WriteStep::all`.
    pub fn dying(place: &Place, first: usize, step: usize) -> Self {
        Self::told(place, &[("WRITER_FIRST", first), ("WRITER_DIES_AT", step)])
    }

    fn told(place: &Place, numbers: &[(&str, usize)]) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "writer::writes", "--ignored", "--nocapture"]);
        command.env("WRITER_CONFIG", place.config());
        command.env("WRITER_DATA", place.data());
        command.envs(
            numbers
                .iter()
                .map(|(name, number)| (name, number.to_string())),
        );
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Waits until it writes.
    pub fn is_ready(&mut self) {
        let mut line = String::new();
        while line.trim_end() != "ready" {
            line.clear();
            let read = self.out.read_line(&mut line).unwrap();
            assert!(read > 0, "the writer ended before it wrote");
        }
    }

    /// SIGKILL. Returns the number of the last write that it saw done, 0 for none.
    pub fn kill(mut self) -> usize {
        self.child.kill().unwrap();
        self.last_done()
    }

    /// Waits for its end. Returns the number of the last write that it saw done, 0 for none.
    pub fn last_done(&mut self) -> usize {
        let lines = self.out.by_ref().lines().map_while(Result::ok);
        let done = lines.filter_map(|line| line.strip_prefix("wrote ")?.parse().ok());
        let last = done.last().unwrap_or(0);
        self.child.wait().unwrap();
        last
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[test]
#[ignore = "child: started by another test"]
fn writes() {
    let path = |name| std::env::var_os(name).unwrap();
    let file = ConfigFile::new(path("WRITER_CONFIG"), Path::new(&path("WRITER_DATA")));
    let last = number("WRITER_LAST").unwrap_or(usize::MAX);
    let end = number("WRITER_DIES_AT").map(|index| WriteStep::all()[index]);
    println!("\nready");
    for count in number("WRITER_FIRST").unwrap()..=last {
        let before = |step| {
            if Some(step) == end {
                die();
            }
            Ok(())
        };
        file.set_with(&pointer(), &value(count), before).unwrap();
        println!("wrote {count}");
    }
}

fn number(name: &str) -> Option<usize> {
    Some(std::env::var(name).ok()?.parse().unwrap())
}

fn die() {
    let this = rustix::process::getpid();
    rustix::process::kill_process(this, rustix::process::Signal::KILL).unwrap();
}

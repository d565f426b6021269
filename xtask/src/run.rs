//! Runs a program: its output goes to the terminal and to a log as it comes, and is kept to
//! be counted. It is ended when it takes longer than it may.

use crate::{interrupt, terminal};
use fs_err::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long the output of a program that has ended may stay open: somebody it started and
/// who left its group still holds it.
const LEFT_OPEN: Duration = Duration::from_secs(10);

/// What became of a program.
#[derive(Debug)]
pub enum Ended {
    /// It ended by itself.
    With(ExitStatus),
    /// It was ended after the time it had.
    OutOfTime(Duration),
    /// It could not be started.
    NotStarted(std::io::Error),
}

/// A program's end and all it said, both streams in the order they came.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub ended: Ended,
    /// Its output as text.
    pub output: String,
}

impl Ran {
    /// Whether it ended by itself with success.
    pub fn succeeded(&self) -> bool {
        matches!(&self.ended, Ended::With(status) if status.success())
    }

    /// Why it did not succeed, in words.
    pub fn failure(&self) -> String {
        match &self.ended {
            Ended::With(status) => status.to_string(),
            Ended::OutOfTime(limit) => format!("ended after {} minutes", limit.as_secs() / 60),
            Ended::NotStarted(error) => error.to_string(),
        }
    }
}

/// What happens to standard output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Terminal, log and result.
    Shown,
    /// Result only: it is for programs. Standard error is shown, and not in the result.
    Kept,
}

/// Runs `command` for at most `limit` and appends its output to `log`.
pub fn run(mut command: Command, log: &Path, limit: Duration, output: Output) -> Ran {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let started = File::options()
        .create(true)
        .append(true)
        .open(log)
        .and_then(|log| {
            let child = interrupt::start(&mut command)?;
            Ok((log, child))
        });
    match started {
        Ok((log, child)) => follow(child, log, limit, output),
        Err(error) => {
            let program = command.get_program().display();
            let output = format!("{program} cannot be started: {error}");
            terminal::complain(&output);
            Ran {
                ended: Ended::NotStarted(error),
                output,
            }
        }
    }
}

fn follow(mut child: Child, log: File, limit: Duration, output: Output) -> Ran {
    let leader = child.id();
    let log = Arc::new(Mutex::new(log));
    let text = Arc::new(Mutex::new(Vec::new()));
    let kept = output == Output::Kept;
    let readers = [
        child.stdout.take().map(|pipe| {
            let log = (!kept).then(|| Arc::clone(&log));
            copy(pipe, log, Some(Arc::clone(&text)))
        }),
        child
            .stderr
            .take()
            .map(|pipe| copy(pipe, Some(log), (!kept).then(|| Arc::clone(&text)))),
    ];
    let ended = wait(child, limit);
    interrupt::finished(leader);
    for done in readers.into_iter().flatten() {
        // Nothing is sent: the end of the channel is the end of the output.
        let _end = done.recv_timeout(LEFT_OPEN);
    }
    let bytes = text.lock().unwrap_or_else(PoisonError::into_inner);
    Ran {
        ended,
        output: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn wait(mut child: Child, limit: Duration) -> Ended {
    let leader = child.id();
    let (sender, status) = channel();
    let waiter = std::thread::spawn(move || sender.send(child.wait()));
    let ended = match status.recv_timeout(limit) {
        Ok(Ok(status)) => Ended::With(status),
        Ok(Err(error)) => Ended::NotStarted(error),
        Err(_) => {
            interrupt::end_group(leader);
            Ended::OutOfTime(limit)
        }
    };
    // It has nothing left to wait for.
    let _sent = waiter.join();
    ended
}

/// Copies a pipe to the log (and then the terminal) and the text. The channel ends with it.
fn copy(
    mut pipe: impl Read + Send + 'static,
    log: Option<Arc<Mutex<File>>>,
    text: Option<Arc<Mutex<Vec<u8>>>>,
) -> Receiver<()> {
    let (end, ended) = channel();
    std::thread::spawn(move || {
        let _end = end;
        let mut buffer = [0; 8192];
        while let Ok(length @ 1..) = pipe.read(&mut buffer) {
            let bytes = &buffer[..length];
            if let Some(text) = &text {
                text.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .extend_from_slice(bytes);
            }
            if let Some(log) = &log {
                terminal::pass_on(bytes);
                let written = log
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .write_all(bytes);
                if let Err(error) = written {
                    terminal::complain(&format!("The log cannot be written: {error}"));
                }
            }
        }
    });
    ended
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration, output: Output) -> (Ran, String) {
        let log = std::env::temp_dir().join(format!(
            "xtask-run-{}-{:?}.log",
            std::process::id(),
            std::thread::current().id()
        ));
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        let ran = run(command, &log, limit, output);
        let logged = fs_err::read_to_string(&log).unwrap();
        fs_err::remove_file(log).unwrap();
        (ran, logged)
    }

    #[test]
    fn output_is_kept_and_logged() {
        let (ran, logged) = shell("echo out; exit 3", LEFT_OPEN, Output::Shown);
        assert_eq!(ran.output, "out\n");
        assert_eq!(logged, "out\n");
        assert!(!ran.succeeded());
        assert!(ran.failure().contains('3'), "{}", ran.failure());
    }

    #[test]
    fn what_is_for_programs_is_apart_from_what_is_for_people() {
        let (ran, logged) = shell("echo '{}'; echo note >&2", LEFT_OPEN, Output::Kept);
        assert_eq!(ran.output, "{}\n");
        assert_eq!(logged, "note\n");
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let (ran, _) = shell("sleep 600", Duration::from_millis(50), Output::Shown);
        assert!(matches!(ran.ended, Ended::OutOfTime(_)), "{ran:?}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let log = std::env::temp_dir().join(format!("xtask-absent-{}.log", std::process::id()));
        let ran = run(
            Command::new("no-such-program"),
            &log,
            LEFT_OPEN,
            Output::Shown,
        );
        fs_err::remove_file(log).unwrap();
        assert!(ran.output.contains("no-such-program"), "{}", ran.output);
    }
}

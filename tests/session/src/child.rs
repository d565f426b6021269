//! Child processes that cannot outlive the process that started them.
//!
//! Each is started through `setpriv --pdeathsig KILL`. The kernel ties that signal to the
//! starting *thread*, so all are started by one thread that never ends.

use crate::error::SessionError;
use std::ffi::OsStr;
use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A command and where to send what became of it.
type Job = (Command, Sender<io::Result<Child>>);

static STARTER: LazyLock<Sender<Job>> = LazyLock::new(|| {
    let (jobs, queue) = channel();
    std::thread::spawn(move || start_all(&queue));
    jobs
});

fn start_all(queue: &Receiver<Job>) {
    while let Ok((mut command, answer)) = queue.recv() {
        if let Err(unheard) = answer.send(command.spawn())
            && let Ok(mut child) = unheard.0
        {
            end(&mut child);
        }
    }
}

/// A command whose process is killed when this process dies.
pub fn bound(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// A running program of a session; killed and reaped when dropped.
#[derive(Debug)]
pub struct SessionChild {
    program: String,
    child: Child,
}

impl SessionChild {
    /// Starts `command` (made by [`bound`]), known in messages as `program`.
    pub(crate) fn start(program: &str, command: Command) -> Result<Self, SessionError> {
        let failed = |source| SessionError::Start {
            program: program.to_owned(),
            source,
        };
        let gone = || failed(io::Error::other("the starting thread has ended"));
        let (answer, started) = channel();
        STARTER.send((command, answer)).map_err(|_| gone())?;
        let child = started.recv().map_err(|_| gone())?.map_err(failed)?;
        Ok(Self {
            program: program.to_owned(),
            child,
        })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The pipes it was started with.
    pub fn pipes(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>, SessionError> {
        Ok(self.child.try_wait()?)
    }

    /// Waits until it has ended.
    pub fn wait(&mut self) -> Result<ExitStatus, SessionError> {
        Ok(self.child.wait()?)
    }

    /// Asks it to end with SIGTERM, as a session manager would.
    pub fn terminate(&self) -> Result<(), SessionError> {
        let id = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw);
        let Some(id) = id else { return Ok(()) };
        rustix::process::kill_process(id, rustix::process::Signal::TERM)
            .map_err(|errno| SessionError::File(errno.into()))
    }

    /// An error if it has ended.
    pub(crate) fn still_runs(&mut self, log: &str) -> Result<(), SessionError> {
        match self.ended()? {
            None => Ok(()),
            Some(status) => Err(SessionError::Ended {
                program: self.program.clone(),
                status: status.to_string(),
                log: log.to_owned(),
            }),
        }
    }
}

impl Drop for SessionChild {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Kills and reaps. Both fail only for a process that is already gone and reaped.
fn end(child: &mut Child) {
    let _gone = child.kill();
    let _reaped = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    #[test]
    fn a_dropped_child_is_gone() {
        let mut command = bound("sleep");
        command.arg("600");
        let child = SessionChild::start("sleep", command).unwrap();
        let folder = format!("/proc/{}", child.id());
        assert!(std::path::Path::new(&folder).exists());
        drop(child);
        assert!(!std::path::Path::new(&folder).exists());
    }

    #[test]
    fn a_child_started_on_a_thread_that_ended_lives_on() {
        let mut child = std::thread::spawn(|| {
            let mut command = bound("cat");
            command.stdin(Stdio::piped()).stdout(Stdio::piped());
            SessionChild::start("cat", command).unwrap()
        })
        .join()
        .unwrap();
        drop(child.pipes().stdin.take());
        let mut output = String::new();
        child
            .pipes()
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut output)
            .unwrap();
        assert!(
            child.wait().unwrap().success(),
            "killed with the thread that asked for it"
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let mut child = SessionChild::start("nothing", bound("no-such-program-here")).unwrap();
        child.wait().unwrap();
        let error = child.still_runs("the log").unwrap_err().to_string();
        assert!(error.starts_with("nothing ended"), "{error}");
    }
}

//! What can go wrong while a private desktop starts or is driven.

use std::path::PathBuf;
use std::time::Duration;

/// A session, or a thing in it, did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// A program of the session could not be started at all.
    #[error("cannot start {program}: {source}; install the package that has it")]
    Start {
        /// The program's name.
        program: String,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A program ended although the session needs it.
    #[error("{program} ended ({status}); its output is in {log}")]
    Ended {
        /// The program's name.
        program: String,
        /// Its exit status in words.
        status: String,
        /// Its output, or where that is.
        log: String,
    },
    /// Something awaited did not come.
    #[error("{what} did not come within {within:?}")]
    TimedOut {
        /// What was awaited.
        what: String,
        /// How long.
        within: Duration,
    },
    /// A menu item, an element or the like is not there.
    #[error("there is no {what}; there is: {present}")]
    Absent {
        /// What was looked for.
        what: String,
        /// What is there instead.
        present: String,
    },
    /// A command ran and said no.
    #[error("{program} failed: {output}")]
    Command {
        /// The program's name.
        program: String,
        /// What it printed.
        output: String,
    },
    /// An answer did not have the form its interface promises.
    #[error("{what} has an unexpected form: {value}")]
    Form {
        /// What was read.
        what: String,
        /// What it was.
        value: String,
    },
    /// The bus or a service on it answered with an error.
    #[error("the session bus: {0}")]
    Bus(#[from] zbus::Error),
    /// A value on the bus had another type.
    #[error("a value on the session bus: {0}")]
    Value(#[from] zbus::zvariant::Error),
    /// The `WebDriver` did not answer, or answered with an error.
    #[error("WebDriver {request}: {message}")]
    WebDriver {
        /// Method and path.
        request: String,
        /// Its message.
        message: String,
    },
    /// A file of the session.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// A picture could not be taken.
    #[error("no screenshot at {path}: {message}")]
    Screenshot {
        /// Where it should be.
        path: PathBuf,
        /// What `import` said.
        message: String,
    },
}

impl From<zbus::fdo::Error> for SessionError {
    fn from(error: zbus::fdo::Error) -> Self {
        Self::Bus(error.into())
    }
}

//! Exit codes, and errors on their way to one.

use control::{CallError, FailureKind};
use daemon::{ReachError, SetupError, StartError};
use std::io;
use std::process::ExitCode;

/// Done, or the answer is yes.
pub(crate) const YES: u8 = 0;
/// It failed, or the answer is no.
pub(crate) const NO: u8 = 1;
/// The command line makes no sense.
pub(crate) const USAGE: u8 = 2;

/// A command that could not be carried out: what to say, and the exit code.
#[derive(Debug)]
pub(crate) struct Failed {
    /// What happened and what to do.
    pub(crate) message: String,
    /// The other side's own words.
    pub(crate) detail: Option<String>,
    code: u8,
}

impl Failed {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            detail: None,
            code: NO,
        }
    }

    pub(crate) fn usage(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            detail: None,
            code: USAGE,
        }
    }

    pub(crate) fn output(error: &io::Error) -> Self {
        Self::new(format!("standard output cannot be written: {error}"))
    }

    pub(crate) fn input(error: &io::Error) -> Self {
        Self::new(format!("standard input cannot be read: {error}"))
    }

    pub(crate) fn code(&self) -> ExitCode {
        self.code.into()
    }
}

impl From<CallError> for Failed {
    fn from(error: CallError) -> Self {
        let code = if error.kind() == Some(FailureKind::Invalid) {
            USAGE
        } else {
            NO
        };
        let detail = match &error {
            CallError::Failed(failure) => failure.detail.clone(),
            CallError::Gone | CallError::NotUnderstood(_) => None,
        };
        Self {
            message: error.to_string(),
            detail,
            code,
        }
    }
}

macro_rules! plain {
    ($($error:ty),*) => {
        $(impl From<$error> for Failed {
            fn from(error: $error) -> Self { Self::new(error.to_string()) }
        })*
    };
}

plain!(ReachError, SetupError, StartError);

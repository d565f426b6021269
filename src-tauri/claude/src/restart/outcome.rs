//! The words for a restart: consent, steps, and how it ended.

use crate::process::Part;
use serde::{Deserialize, Serialize};

/// When Claude may be restarted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Only after the user agreed, each time.
    #[default]
    Ask,
    /// Whenever a new token is to be written.
    Always,
    /// Never: the token is written the next time that Claude is not running.
    WhenQuit,
}

/// A step of a restart, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Claude is asked to quit, or the user to quit it.
    Quit,
    /// Its processes are waited for.
    Wait,
    /// Its config is written.
    Write,
    /// It is started again.
    Start,
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepResult {
    /// It was done.
    Done,
    /// There was nothing to do.
    NotNeeded,
    /// It has begun and waits for the user; its end is reported too.
    Waits {
        /// What the user has to do.
        message: String,
    },
    /// It failed.
    Failed {
        /// What happened and what to do now.
        message: String,
    },
}

/// A step that has ended, or that waits for the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepReport {
    /// Which.
    pub step: Step,
    /// How.
    pub result: StepResult,
    /// How long it took so far.
    pub milliseconds: u64,
}

/// How a restart ended. `W` and `E` are what the write gives back.
#[derive(Debug)]
pub enum RestartOutcome<W, E> {
    /// Written, and Claude runs again.
    Restarted {
        /// The write's result.
        written: W,
        /// The new main process.
        pid: u32,
    },
    /// Written; Claude was not running and was not started.
    NotRunning {
        /// The write's result.
        written: W,
    },
    /// Written, but somebody else started Claude in the middle: it may have read the old file.
    StartedMeanwhile {
        /// The write's result.
        written: W,
        /// The main process found.
        pid: u32,
    },
    /// Nothing done: the user alone can quit Claude here and did not within the time.
    NeedsUser,
    /// Nothing written: Claude could not be asked to quit.
    NotAsked,
    /// Nothing written: these processes are still there.
    NotGone {
        /// Which; empty if the processes cannot be listed.
        left: Vec<Part>,
    },
    /// Nothing written: Claude had quit and runs again.
    CameBack {
        /// Its new main process.
        pid: u32,
    },
    /// The write failed; Claude runs again if it did before and could be started.
    NotWritten {
        /// The write's error.
        error: E,
        /// Whether Claude is running now.
        running: bool,
    },
    /// Written, but Claude does not run: the user has to start it.
    NotStarted {
        /// The write's result.
        written: W,
    },
}

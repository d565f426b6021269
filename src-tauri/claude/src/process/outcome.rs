//! What is found out about Claude's processes, and what became of asking them.

use super::identify::Install;
use super::launch::NoLaunch;

/// Claude's processes at one moment, by pid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Running {
    /// None.
    No,
    /// At least one.
    Yes {
        /// Where it is installed.
        install: Install,
        /// Main processes.
        main: Vec<u32>,
        /// Helpers.
        helpers: Vec<u32>,
    },
    /// The processes cannot be listed.
    Unknown,
}

/// What became of asking it to quit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quit {
    /// It was not running.
    NotRunning,
    /// It was asked.
    Asked {
        /// Where it is installed.
        install: Install,
    },
    /// Only the user can quit it here.
    NeedsUser,
    /// A main process could not be signalled.
    Failed {
        /// Its pid.
        pid: u32,
    },
    /// The processes cannot be listed.
    Unknown,
}

/// Whether every process of it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// All of them.
    All,
    /// These were still there at the end of the time.
    Not {
        /// Their pids; empty if the processes cannot be listed.
        pids: Vec<u32>,
    },
}

/// What became of starting it.
#[derive(Debug)]
pub enum Started {
    /// It was started and a main process is there.
    Confirmed {
        /// Its pid.
        pid: u32,
    },
    /// Somebody else had started it already.
    AlreadyRunning {
        /// Its pid.
        pid: u32,
    },
    /// The command ran, but no main process appeared in time.
    NotSeen,
    /// There is no command for this install.
    NoLaunch(NoLaunch),
    /// The command could not be run.
    Failed(std::io::Error),
}

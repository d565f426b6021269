//! What is found out about Claude's processes, and what became of asking them.

use super::identify::Install;
use super::launch::NoLaunch;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One process of Claude's, as people are told of it: `claude-desktop (1234)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its number, if it is known.
    pub pid: Option<u32>,
    /// Its executable's file name.
    pub name: String,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pid {
            Some(pid) => write!(formatter, "{} ({pid})", self.name),
            None => formatter.write_str(&self.name),
        }
    }
}

/// How a Claude that runs was started, so that it can be started the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where it is installed.
    pub install: Install,
    /// The folder it was given with `--user-data-dir`.
    pub user_data_dir: Option<String>,
    /// The `AppImage` that it runs from.
    pub image: Option<String>,
}

/// Claude's processes at one moment: at least one in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// How it was started; unknown if the profile's lock alone tells of it.
    pub origin: Option<Origin>,
    /// Main processes.
    pub main: Vec<Part>,
    /// Helpers.
    pub helpers: Vec<Part>,
    /// Who holds the profile's lock without being known for Claude's by its path.
    pub holder: Option<Part>,
}

impl Parts {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<Part> {
        let known = self.main.iter().chain(&self.helpers);
        known.chain(&self.holder).cloned().collect()
    }

    /// The numbers of the main processes.
    #[must_use]
    pub fn main_pids(&self) -> Vec<u32> {
        self.main.iter().filter_map(|part| part.pid).collect()
    }

    /// A main process that was started after those in `asked` had gone.
    pub(crate) fn newcomer(&self, asked: &[u32]) -> Option<u32> {
        let main = self.main_pids();
        let left = asked.iter().any(|pid| main.contains(pid));
        main.first().copied().filter(|_| !asked.is_empty() && !left)
    }
}

/// Whether Claude runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Running {
    /// No process of it is there, and nobody holds its profile.
    No,
    /// At least one is.
    Yes(Parts),
    /// The processes cannot be listed.
    Unknown,
}

/// What became of asking it to quit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quit {
    /// It was not running.
    NotRunning,
    /// It was asked, or ended.
    Asked {
        /// How it was started.
        origin: Origin,
        /// The main processes that were asked.
        main: Vec<u32>,
    },
    /// Only the user can quit it here.
    NeedsUser {
        /// How it was started.
        origin: Origin,
        /// The main processes to be quit.
        main: Vec<u32>,
    },
    /// Somebody holds its profile whose program is not known for Claude's.
    Unproven {
        /// Who.
        holder: Part,
    },
    /// A main process could not be signalled.
    Failed {
        /// Which.
        part: Part,
    },
    /// The processes cannot be listed.
    Unknown,
}

/// Whether every process of it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// All of them, and nobody holds the profile.
    All,
    /// These were still there at the end of the time.
    Not {
        /// Which; empty if the processes cannot be listed.
        left: Vec<Part>,
    },
    /// Those that were asked to quit are gone, but it runs again.
    CameBack {
        /// Its new main process.
        pid: u32,
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
    /// It does not run.
    NotRunning(NotStarted),
}

/// Why it does not run.
#[derive(Debug)]
pub enum NotStarted {
    /// The command ran, but no main process appeared in time, or none stayed.
    NotSeen,
    /// The same, and the profile's lock is of another computer, which keeps it from starting.
    LockedElsewhere {
        /// That computer.
        host: String,
    },
    /// Its program is not there.
    Absent {
        /// Where it was.
        program: String,
    },
    /// There is no command for this install.
    NoLaunch(NoLaunch),
    /// The command could not be run.
    Failed(std::io::Error),
}

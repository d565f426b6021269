//! Claude Desktop: find its config file, change one value of it, find and restart its processes.
//!
//! What always holds: the config file is written by [`ConfigFile`] alone, one value at a time,
//! every other byte equal; a process is asked to quit only if its executable path proves that
//! it is Claude Desktop's. What could be decided without touching the machine is a pure function
//! ([`locate`], [`patch`], [`process::identify`]) and tested for every platform on every platform.

mod config;
mod locate;
mod patch;
mod platform;
pub mod process;
mod restart;
mod watch;

pub use config::{ConfigError, ConfigFile, Entry, Fingerprint, Reading, Written};
pub use locate::{Candidate, Disk, FileSystem, Located, Surroundings, Why, locate};
pub use patch::{EnvPointer, Original, OriginalKind, Outcome, Refusal, patch, redact, restore};
pub use platform::Platform;
pub use process::Claude;
pub use restart::{
    Consent, QUIT_LIMIT, RestartOutcome, START_LIMIT, Step, StepReport, StepResult, restart,
};
pub use watch::{ForeignChange, WatchError, Watcher};

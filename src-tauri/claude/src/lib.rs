//! Claude Desktop: find its config file, change one value of it, find and restart its processes.
//!
//! What always holds: the config file is written by [`ConfigFile`] alone, one value at a time,
//! every other byte equal; a process is asked to quit only if its executable path proves that
//! it is Claude Desktop's. What could be decided without touching the machine is a pure function
//! ([`locate`], [`patch`], [`process::identify`]) and tested for every platform on every platform.

mod config;
mod credentials;
mod locate;
mod package;
mod patch;
mod platform;
mod presence;
pub mod process;
mod restart;
mod watch;

pub use config::{
    ConfigError, ConfigFile, Edited, Entry, Fingerprint, Reading, Recovered, Restored, WriteStep,
    Written,
};
pub use credentials::{
    ClearText, Cut, CutOutcome, EnvFileError, Found, Place, SecretName, ServerToServer, cut,
    cut_env_file, mask, scan, scan_env_file,
};
pub use locate::{
    Candidate, Disk, Doubt, FileSystem, Instance, Located, Surroundings, Why, installs_here,
    locate, locate_here,
};
pub use package::is_claude_package;
pub use patch::{
    Apart, NewValue, Original, OriginalKind, Outcome, Pointer, Refusal, Stripped, patch, redact,
    restore, sounds_secret, strip_bom,
};
pub use platform::Platform;
pub use presence::{Presence, PresenceChange, PresenceError};
pub use process::Claude;
pub use restart::{
    Consent, Permit, QUIT_LIMIT, RestartOutcome, Restarts, START_LIMIT, Step, StepReport,
    StepResult, USER_LIMIT, restart, restart_by_force,
};
pub use watch::{ForeignChange, WatchError, Watcher};

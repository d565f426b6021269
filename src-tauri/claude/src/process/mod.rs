//! Claude Desktop's processes: which they are, how they are asked to quit, how it is started.
//!
//! A process counts as Claude's only by its executable path, never by its name, and only if it
//! belongs to this user, this session and the profile whose config is in use. Whoever holds that
//! profile's lock is waited for, known or not. Listing and signals go through sysinfo.

mod claude;
pub(crate) mod exit;
mod identify;
mod launch;
mod list;
mod lock;
mod lock_folders;
mod outcome;
mod paths;
mod profile;
mod quit;
#[cfg_attr(windows, path = "spawn_windows.rs")]
#[cfg_attr(not(windows), path = "spawn_unix.rs")]
mod spawn;
mod start;
mod wait;

pub use claude::Claude;
pub use identify::{Install, Ours, Parent, Role, Seen, Verdict, WhyNot, identify};
pub use launch::{Launch, NoLaunch, launch};
pub(crate) use list::Processes;
pub use lock::ProfileLock;
pub use outcome::{Gone, NotStarted, Origin, Part, Parts, Quit, Running, Started};
pub(crate) use profile::user_data_dir;
pub use quit::{QuitBy, quit_by};

/// Chromium's lock on a profile folder, on Unix.
pub(crate) const SINGLETON_LOCK: &str = "SingletonLock";

//! Claude Desktop's processes: which they are, how they are asked to quit, how it is started.
//!
//! A process counts as Claude's only by its executable path, never by its name, and only if it
//! belongs to this user, this session and the profile whose config is in use. Listing, signals
//! and waiting go through sysinfo.

mod claude;
mod identify;
mod install;
mod launch;
mod list;
mod outcome;
mod quit;
#[cfg_attr(windows, path = "spawn_windows.rs")]
#[cfg_attr(not(windows), path = "spawn_unix.rs")]
mod spawn;

pub use claude::Claude;
pub use identify::{Install, Ours, Role, Seen, Verdict, WhyNot, identify};
pub use launch::{Launch, NoLaunch, launch};
pub use outcome::{Gone, Quit, Running, Started};
pub use quit::{QuitBy, quit_by};

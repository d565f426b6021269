//! What makes one process the keeper, and everybody's way to it.
//!
//! Owns the election, the wiring of keeper, vault, Claude Desktop and bundled server, the
//! settings, the delivery of new tokens, and the one snapshot. Every other process reaches it
//! through [`reach`].

mod accounts;
mod board;
mod calls;
mod clock;
mod core;
mod daemon;
mod delivery;
mod doctor;
mod election;
mod env_file;
mod env_watch;
mod environment;
mod follow;
mod handler;
mod hash;
mod problem;
mod reach;
mod server;
mod settings;
mod settings_file;
mod setup;
mod views;

pub use clock::wall_now;
pub use control::Rank;
pub use daemon::{Daemon, Leave, StartError};
pub use doctor::{Finding, Verdict, examine};
pub use env_watch::EnvFileWatch;
pub use environment::{Environment, GuestCredentials};
pub use problem::Misread;
pub use reach::{ReachError, Reached, reach, reach_next};
pub use settings::{Injected, Settings, VaultSetting};
pub use setup::{ServiceAddresses, Setup, SetupError};

use control::Endpoint;
use files::Folders;

/// Where the keeper of these folders listens.
#[must_use]
pub fn endpoint(folders: &Folders) -> Endpoint {
    Endpoint::new(&folders.run, folders.home_tag.as_deref())
}

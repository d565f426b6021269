//! What makes one process the keeper, and everybody's way to it.
//!
//! Owns the election, the wiring of keeper, vault, Claude Desktop and bundled server, the
//! settings, the delivery of new tokens, and the one snapshot. Every other process reaches it
//! through [`reach`].

mod accounts;
mod board;
mod calls;
mod clear_text;
mod clock;
mod core;
mod daemon;
mod delivering;
mod delivery;
mod doctor;
mod election;
mod env_file;
mod env_watch;
mod environment;
mod follow;
mod gating;
mod guardian;
mod handler;
mod hash;
mod login_item;
mod problem;
mod reach;
mod relays;
mod removal;
mod restart_gate;
mod server;
mod settings;
mod settings_file;
mod setup;
mod views;
pub mod words;

pub use clock::wall_now;
pub use control::Rank;
pub use daemon::{Daemon, Leave, StartError};
pub use doctor::{Code, Finding, Verdict, examine};
pub use env_watch::EnvFileWatch;
pub use environment::{Environment, GuestCredentials};
pub use gating::{activity_folder, policy_file};
pub use login_item::login_item_name;
pub use problem::Misread;
pub use reach::{ReachError, Reached, reach, reach_next};
pub use server::companion;
pub use settings::{Choice, Settings, VaultSetting};
pub use setup::{ServiceAddresses, Setup, SetupError};

use control::Endpoint;
use files::Folders;

/// Where the keeper of these folders listens.
#[must_use]
pub fn endpoint(folders: &Folders) -> Endpoint {
    Endpoint::new(&folders.run, folders.home_tag.as_deref())
}

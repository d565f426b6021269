//! What every black-box test stands on: a fresh home, a fake Zoom, and the real programs.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod claude;
mod golden;
mod home;
mod mcp;
mod program;
#[cfg(unix)]
mod raw_relay;
#[cfg(unix)]
mod stand_in;
mod watch;
mod zoom;

pub use claude::{claude, expire_token};
pub use golden::{golden, golden_line, places_cut, times_cut};
pub use home::{Finished, Home};
pub use mcp::{Closed, Mcp};
pub use program::program;
#[cfg(unix)]
pub use raw_relay::{RawRelay, RelayOptions, control};
#[cfg(unix)]
pub use stand_in::{StandIn, wait_until};
pub use watch::Watch;
pub use zoom::Zoom;

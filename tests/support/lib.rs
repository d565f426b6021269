//! What every black-box test stands on: a fresh home, a fake Zoom, and the real programs.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod golden;
mod home;
mod program;
mod watch;
mod zoom;

pub use golden::{golden, golden_line, times_cut};
pub use home::{Finished, Home};
pub use program::program;
pub use watch::Watch;
pub use zoom::Zoom;

//! The servers that Zoomtray runs, each under a guard, and what is known of their connection.
//!
//! Knows no vault and no keeper: paths, environment and clock come from the caller.

mod backoff;
mod bundled;
mod child;
mod connection;
mod log;
mod scrub;
mod session;

pub mod guard;

pub use bundled::{BundledLaunch, BundledServer};
pub use child::{Child, Launch, Pipes};
pub use connection::{Connection, Failure};

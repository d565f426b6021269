//! Zoom on loopback: the OAuth endpoint and the REST calls our programs make, for tests, the demo
//! and the benchmarks.
//!
//! What always holds: it listens on 127.0.0.1 alone; it is strict, so a request Zoom would or might
//! refuse is refused here, with the body seen from Zoom where one is known; a fault is never
//! random, it is asked for. Credentials and tokens in here are fakes and are not kept secret.
//!
//! ```no_run
//! # async fn example() -> Result<(), fake_zoom::StartError> {
//! use fake_zoom::{Config, Endpoint, FakeZoom, Fault};
//! let zoom = FakeZoom::start(Config::default()).await?;
//! zoom.push_fault(Endpoint::Token, Fault::InvalidClient, Some(1));
//! // … a request to `zoom.oauth_url()` …
//! assert_eq!(zoom.counters().token.refused, 1);
//! # Ok(()) }
//! ```

mod access_token;
mod api;
mod basic;
mod config;
mod contents;
mod control;
mod counters;
mod fault;
mod form;
mod ledger;
mod oauth;
mod reply;
mod rooms;
mod server;
mod wire;
mod world;

#[cfg(test)]
mod tests;

pub use config::{App, Config, Mode, ModeError, REDIRECT, TlsFiles};
pub use contents::Contents;
pub use control::{FaultOrder, Lifetime, Scopes};
pub use counters::{Counters, GrantCounters, TokenCounters};
pub use fault::{Endpoint, Fault};
pub use oauth::{Consent, UserApp};
pub use rooms::Rooms;
pub use server::{FakeZoom, StartError};

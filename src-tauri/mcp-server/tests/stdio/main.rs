//! The real binary on its pipes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod server;
mod session;
mod tools;

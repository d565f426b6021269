//! The life of a token whose grant rotates: Zoom answers each use of a refresh token with the next
//! one, and the old one is dead from then on.
//!
//! What always holds: before a request the vault has proven with a journal entry that it can be
//! written; an access token is handed to nobody before the refresh token that came with it was
//! read back from the vault; while a pair is unsaved only its save is tried, no request is made;
//! a refresh token that Zoom refused is never used again. So a pair is lost only with the process,
//! the journal tells the next one when, and that ends in one [`Notice::SignInAgain`].
//!
//! A [`Machine`] drives the plain [`crate::Machine`] of the access token, whose one request spans
//! the whole transaction: read the refresh token, journal, ask, save, read back.

mod asking;
mod effect;
mod ending;
mod event;
mod holding;
mod journal;
mod machine;
#[cfg(test)]
mod scenarios;
mod sign_in;
mod view;

pub use effect::{Effect, Notice};
pub use event::{Arrival, Ending, Event, Refresh};
pub use journal::{Grant, Journal};
pub use machine::Machine;
pub use sign_in::{DeadGrant, SignInCause};

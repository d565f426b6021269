//! An MCP session behind which servers come and go.
//!
//! Pure: no I/O, no clock, no async. [`Splitter`] cuts a pipe's bytes into [`Line`]s; a
//! [`Session`] takes them in with the time and says in [`Effect`]s what to write, start and
//! end. The gateway runs one between each relay and its servers, the relay one between Claude
//! and the keeper. Messages pass as the bytes they came in.

pub mod answers;
mod asked;
mod backoff;
mod child;
mod dispatch;
mod effect;
mod ending;
mod era;
mod event;
mod fields;
mod frame;
mod from_child;
mod from_client;
mod handshake;
mod held;
mod id;
mod limits;
mod listens;
mod memory;
mod message;
mod method;
mod opening;
mod reply;
mod rotation;
#[cfg(test)]
mod scenarios;
mod session;
mod settings;
#[cfg(test)]
mod simulation;
mod skim;
mod splitter;
mod starting;
mod switching;
mod time;
mod token;
mod unfinished;
mod waiting;
mod wakeup;
mod words;

pub use effect::{Answered, Effect, Notice, Party, Source, Start};
pub use era::Era;
pub use event::{ChildId, Event};
pub use frame::Frame;
pub use handshake::Handshake;
pub use id::Id;
pub use limits::{CALL_PATIENCE, LONGEST_MESSAGE, OPENING_PATIENCE};
pub use message::{Kind, Message, Outcome};
pub use method::Method;
pub use reply::Reply;
pub use session::Session;
pub use settings::{Coexistence, Settings, Side, TokenUse};
pub use splitter::{Line, Noise, Oversized, Splitter};
pub use time::Moment;
pub use token::{Token, TokenState};

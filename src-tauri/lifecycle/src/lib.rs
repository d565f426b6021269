//! The life of a Zoom access token, as rules.
//!
//! Pure: no I/O, no clock, no async, no secret. A token is known by its generation.
//! A [`Machine`] decides for one account: events go in with the time, effects come out,
//! and whoever drives it carries the effects out in the order given.

mod attempts;
mod backoff;
mod condition;
mod effect;
mod ending;
mod event;
mod expiry;
mod generation;
mod health;
mod lifetime;
mod limits;
mod machine;
mod outcome;
mod policy;
mod rejection;
pub mod rotating;
mod saving;
#[cfg(test)]
mod scenarios;
mod scheduling;
#[cfg(test)]
mod simulation;
mod time;
mod view;
mod waiting;

pub use attempts::{Attempts, Ended};
pub use condition::{Activity, Condition, State, SuspendReason, WaitReason};
pub use effect::{Effect, Notice, Refusal, Stored};
pub use event::{Attempt, Event, Waiter};
pub use expiry::{Life, TokenMeta};
pub use generation::Generation;
pub use health::{Health, Span, soon, very_soon};
pub use lifetime::{Basis, Granted, Lifetime};
pub use machine::Machine;
pub use outcome::{Answered, Failure, Local, Outcome, RetryAfter, Transient};
pub use policy::{COOLDOWN, LONGEST_SLEEP, Policy, REQUEST_TIMEOUT, SAVE_PATIENCE};
pub use time::{BootTime, Now, WallTime};
pub use view::View;

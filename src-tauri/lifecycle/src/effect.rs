//! What the driver must do, in the order given.

use crate::attempts::Attempts;
use crate::condition::{SuspendReason, WaitReason};
use crate::event::{Attempt, Waiter};
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::outcome::{Failure, Local};
use crate::time::WallTime;
use std::time::Duration;

/// Something to do. Effects are carried out one after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write the attempts. Always before the request they count.
    Persist(Attempts),
    /// Ask Zoom for a token, within [`crate::REQUEST_TIMEOUT`].
    Request {
        /// Under this number.
        attempt: Attempt,
    },
    /// Save the token that the attempt brought.
    SaveToken(TokenMeta),
    /// Give a caller this token.
    HandOut {
        /// Whom.
        waiter: Waiter,
        /// Which token.
        generation: Generation,
        /// Whether the vault has it.
        stored: Stored,
    },
    /// Tell a caller that there is none.
    Refuse {
        /// Whom.
        waiter: Waiter,
        /// Why.
        why: Refusal,
    },
    /// Tell a caller that the attempt is put off; its answer follows.
    ToldToWait {
        /// Whom.
        waiter: Waiter,
        /// When the attempt is made.
        until: WallTime,
        /// Why not now.
        reason: WaitReason,
    },
    /// There is a new token.
    Published {
        /// Which.
        generation: Generation,
    },
    /// Something worth telling people.
    Notice(Notice),
}

/// Whether the vault has a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It has.
    Saved,
    /// Not, or not yet: the token is lost when the keeper ends.
    Unsaved,
}

/// Why a caller gets no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The attempt failed.
    Failed(Failure),
    /// The token had ended when it came.
    ShortLived,
    /// No attempt is made until the user acts.
    Suspended(SuspendReason),
    /// Zoom wants no request for longer than a caller is kept waiting.
    RetryAfter {
        /// When it may be asked again.
        until: WallTime,
    },
}

/// Something worth telling people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An attempt failed.
    Failed(Failure),
    /// Attempts have stopped.
    Suspended(SuspendReason),
    /// A token came after failures or a suspension.
    Recovered,
    /// Zoom rejected a token believed valid: another program asked for one and ended ours.
    RotatedElsewhere {
        /// The token that ended.
        generation: Generation,
    },
    /// The token works and is handed out, but is lost when the keeper ends.
    SaveFailed {
        /// Which token.
        generation: Generation,
        /// Why.
        why: Local,
    },
    /// Zoom gave no usable lifetime; this one is assumed.
    AssumedLifetime {
        /// Which token.
        generation: Generation,
        /// How long it is taken to live.
        lifetime: Duration,
    },
}

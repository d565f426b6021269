//! What can happen to a rotating grant.

use super::journal::Grant;
use crate::attempts::Attempts;
use crate::event::Attempt;
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::outcome::{Answered, Local, RetryAfter, Transient};
use crate::time::Now;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What vault and disk hold. Comes first; may come again when the vault could not be read.
    Loaded {
        /// The saved access token, if any.
        token: Option<TokenMeta>,
        /// The saved attempts; the default if none.
        attempts: Attempts,
        /// The saved refresh token and the journal; none if there is none, or if the vault could
        /// not be read: it is read again before each request.
        grant: Option<Grant>,
    },
    /// The vault was read.
    GrantRead {
        /// For which attempt.
        attempt: Attempt,
        /// What it holds; none if it holds no refresh token.
        grant: Option<Grant>,
    },
    /// The vault could not be read.
    GrantUnread {
        /// For which attempt.
        attempt: Attempt,
        /// Why.
        why: Local,
    },
    /// The journal entry was read back from the vault.
    Journaled {
        /// For which attempt.
        attempt: Attempt,
    },
    /// The vault did not take the journal entry.
    JournalFailed {
        /// For which attempt.
        attempt: Attempt,
        /// Why.
        why: Local,
    },
    /// A request has ended.
    AttemptFinished {
        /// Which attempt's.
        attempt: Attempt,
        /// How.
        ending: Ending,
    },
    /// The refresh token was read back from the vault.
    ReadBack {
        /// Which.
        generation: Generation,
    },
    /// The vault did not take the refresh token, or holds another one.
    NotReadBack {
        /// Which.
        generation: Generation,
        /// Why.
        why: Local,
    },
    /// The user signed in and a pair came. The driver drops a request in flight: what it brings
    /// no longer counts.
    SignedIn {
        /// Before the code was exchanged: the access token's life counts from here.
        asked: Now,
        /// What was said about its end.
        granted: Granted,
    },
    /// What concerns callers, clocks and the access token. [`crate::Event::Loaded`] and
    /// [`crate::Event::AttemptFinished`] have their own form above and are not heard here.
    Plain(crate::Event),
}

/// The end of a request with a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A new access token.
    Granted {
        /// What was said about its end.
        granted: Granted,
        /// What became of the refresh token.
        refresh: Refresh,
    },
    /// Zoom said no. [`Answered::InvalidGrant`] ends the sign-in.
    Refused(Answered),
    /// Nothing usable came back.
    Unavailable {
        /// What went wrong.
        kind: Transient,
        /// When Zoom wants to be asked again.
        retry_after: Option<RetryAfter>,
        /// Whether Zoom may have used the refresh token up.
        arrival: Arrival,
    },
    /// The request was not made: something on this machine failed.
    Local(Local),
}

/// What an answer does to the refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// There was none in the answer: the old one stays.
    Kept,
    /// There was a new one: the old one is dead.
    Replaced,
}

/// Whether a request without a usable answer was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was not sent, or Zoom said that it was not looked at.
    Never,
    /// It was sent: an answer with the next refresh token may have been lost.
    Perhaps,
}

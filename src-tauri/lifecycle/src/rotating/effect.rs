//! What the driver must do for a rotating grant, in the order given.

use super::journal::Journal;
use super::sign_in::SignInCause;
use crate::event::Attempt;
use crate::generation::Generation;
use crate::outcome::Local;

/// Something to do. Effects are carried out one after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// What the access token alone needs. Never [`crate::Effect::Request`].
    Plain(crate::Effect),
    /// Read refresh token and journal from the vault, and keep the secret for the request.
    /// Answered by [`super::Event::GrantRead`] or [`super::Event::GrantUnread`].
    ReadGrant {
        /// Under this number.
        attempt: Attempt,
    },
    /// Write the journal into the vault, in place of the last one, and read it back. Answered by
    /// [`super::Event::Journaled`] or [`super::Event::JournalFailed`].
    Journal {
        /// Under this number.
        attempt: Attempt,
        /// What is written.
        entry: Journal,
    },
    /// Ask Zoom for a pair, within [`crate::REQUEST_TIMEOUT`]. Answered by
    /// [`super::Event::AttemptFinished`].
    Request {
        /// Under this number.
        attempt: Attempt,
        /// With this refresh token, the one that was read.
        refresh: Generation,
    },
    /// Write the refresh token of the newest answer into the vault under this generation, and
    /// read it back; keep the pair in memory until that has succeeded. May come again for the same
    /// generation. Answered by [`super::Event::ReadBack`] or [`super::Event::NotReadBack`].
    SaveRefreshToken {
        /// Which.
        generation: Generation,
    },
    /// Something worth telling people.
    Notice(Notice),
}

/// Something worth telling people about a rotating grant. Each is told once an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Only a new sign-in helps. Has been persisted.
    SignInAgain(SignInCause),
    /// A new refresh token is in memory only: if the keeper ends now, a new sign-in is needed.
    Unsaved {
        /// Which.
        generation: Generation,
        /// Why.
        why: Local,
    },
}

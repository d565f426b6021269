//! What can happen to an account's token.

use crate::attempts::Attempts;
use crate::expiry::TokenMeta;
use crate::generation::Generation;
use crate::outcome::{Local, Outcome};
use std::time::Duration;

/// One caller's one question. The driver gives each question a new number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Waiter(pub u64);

/// One attempt. The machine gives each a new number; a result under another is stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attempt(pub u64);

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What vault and disk hold. Comes first; no attempt is made before. May come again,
    /// with the attempts written last, when the vault could not be read the first time.
    Loaded {
        /// The saved token, if any.
        token: Option<TokenMeta>,
        /// The saved attempts; the default if none.
        attempts: Attempts,
    },
    /// Time has passed.
    Tick,
    /// A caller needs a token that still lives `min_ttl`.
    ///
    /// A token in the first quarter of its life serves any `min_ttl`: a longer one than
    /// Zoom grants would otherwise cause request after request.
    Wanted {
        /// Who.
        waiter: Waiter,
        /// Least time the token must still live.
        min_ttl: Duration,
    },
    /// The user asks for a new token now.
    RefreshAsked {
        /// Who.
        waiter: Waiter,
    },
    /// Zoom's API rejected a token that was handed out.
    Rejected {
        /// Who.
        waiter: Waiter,
        /// Which token.
        generation: Generation,
    },
    /// An attempt has ended.
    AttemptFinished {
        /// Which.
        attempt: Attempt,
        /// How.
        outcome: Outcome,
    },
    /// The vault holds the token.
    TokenSaved {
        /// Which token.
        generation: Generation,
    },
    /// The vault could not take the token.
    SaveFailed {
        /// Which token.
        generation: Generation,
        /// Why.
        why: Local,
    },
    /// The vault no longer holds the token it held: somebody deleted or damaged it.
    TokenGone,
    /// A caller no longer waits.
    CallerLeft {
        /// Who.
        waiter: Waiter,
    },
    /// The computer woke from sleep.
    Woke,
    /// The network is back.
    NetworkReturned,
    /// The account has new credentials.
    CredentialsChanged,
    /// Refreshing unasked was turned on or off.
    AutoRefresh(bool),
}

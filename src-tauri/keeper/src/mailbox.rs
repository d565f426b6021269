//! What is asked of a keeper's task.

use crate::error::KeeperError;
use crate::lease::TokenLease;
use lifecycle::{Event, Generation, Waiter, WallTime};
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};

/// A message to the task.
pub(crate) enum Message {
    /// A caller waits for a token; the event says for which.
    Ask {
        waiter: Waiter,
        event: Event,
        caller: Caller,
    },
    /// A caller no longer waits.
    Leave(Waiter),
    /// Somebody outside tells something.
    Tell {
        what: Tell,
        done: oneshot::Sender<()>,
    },
    /// Whoever took this generation found that the vault no longer has it.
    Missing(Generation),
    /// The task ends once the work in hand is done.
    Close {
        memory: Memory,
        done: oneshot::Sender<()>,
    },
}

/// News from outside.
pub(crate) enum Tell {
    Event(Event),
    Secret(SecretString),
    VaultReturned,
}

/// What becomes of the written attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Memory {
    Keep,
    Forget,
}

/// How a caller is answered.
pub(crate) struct Caller {
    pub(crate) answer: oneshot::Sender<Result<TokenLease, KeeperError>>,
    /// Where the caller wants to be told that it has to wait, and until when.
    pub(crate) waits: Option<mpsc::UnboundedSender<WallTime>>,
}

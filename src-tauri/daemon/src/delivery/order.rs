//! What the deliverer is asked, and by whom it is answered.

use control::{
    Backups, ClaudeView, Deliveries, Delivery, EntryMode, Failure, FailureKind, RestartAnswer,
    Restored, Step,
};
use secrecy::SecretString;
use tokio::sync::oneshot;

/// A token on its way.
#[derive(Clone)]
pub(crate) struct FreshToken {
    /// Its generation.
    pub(crate) generation: u64,
    /// The token.
    pub(crate) secret: SecretString,
}

/// Where an answer goes that may be a failure.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, Failure>>;

/// What the deliverer is asked.
pub(crate) enum Order {
    /// A new token: bring it everywhere.
    Deliver(FreshToken),
    /// The token that the next order is about.
    Have(FreshToken),
    /// Sets how an entry gets its token.
    SetMode {
        name: String,
        mode: EntryMode,
        reply: Reply<Delivery>,
    },
    /// Connects every entry that has a Zoom variable.
    ConnectAll { reply: Reply<Deliveries> },
    /// Leaves an entry as it stands.
    Forget { name: String, reply: Reply<()> },
    /// Takes credentials that were moved into the vault out of the config.
    CutOut {
        cuts: Vec<claude::Cut>,
        reply: Reply<Delivery>,
    },
    /// Takes a byte order mark off the config.
    Mend { reply: Reply<Delivery> },
    /// Puts back what Claude Desktop lost.
    RestoreLost { reply: Reply<Deliveries> },
    /// The kept copies.
    ListBackups { reply: Reply<Backups> },
    /// Makes a kept copy the config again.
    RestoreBackup { number: u32, reply: Reply<Restored> },
    /// Quits Claude Desktop, writes, starts it.
    Restart {
        by_force: bool,
        reply: Reply<Vec<Step>>,
    },
    /// The answer to the question whether to restart.
    Answer {
        generation: u64,
        answer: RestartAnswer,
    },
    /// Gives every entry its own back, or none: for an uninstall.
    GiveAllBack { reply: Reply<Vec<String>> },
    /// Looks at config and processes.
    Look { reply: oneshot::Sender<ClaudeView> },
}

impl Order {
    /// Whether the user gives it for what stands in the config.
    pub(crate) fn is_for_the_config(&self) -> bool {
        match self {
            Self::SetMode { .. }
            | Self::ConnectAll { .. }
            | Self::CutOut { .. }
            | Self::Mend { .. }
            | Self::RestoreLost { .. }
            | Self::RestoreBackup { .. } => true,
            Self::Deliver(_)
            | Self::Have(_)
            | Self::Forget { .. }
            | Self::ListBackups { .. }
            | Self::Restart { .. }
            | Self::Answer { .. }
            | Self::GiveAllBack { .. }
            | Self::Look { .. } => false,
        }
    }
}

/// A failure about Claude's config or processes.
pub(crate) fn failure(why: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Claude, why)
}

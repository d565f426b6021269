//! Whether Claude Desktop kept what Zoomtray wrote into its config, and what is done if not; and
//! whether it may be restarted for a new token.
//!
//! Pure: the deliverer reports what happened as an [`Event`] and carries out each [`Effect`];
//! the time is passed in. What always holds: [`Effect::Restore`] is asked for only while Claude
//! Desktop is known to be gone and after a look at its config since; a loss is told once; an
//! entry that is lost a second time is not put back again until the user acts; between events
//! there is no wake-up except the one at the end of a watch; Claude Desktop is restarted for a
//! token at most once, and only with the user's consent.

mod consent;
mod entry;
mod machine;
mod memory;
mod moment;
mod store;
mod words;

#[cfg(test)]
mod consent_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;

pub(crate) use machine::Guardian;
pub(crate) use moment::{Moment, Stopwatch};
pub(crate) use store::MemoryFile;

use claude::Consent;
use control::{AlertView, Drift, RestartAnswer};
use std::collections::{BTreeMap, BTreeSet};

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// These entries hold what Zoomtray writes: it has just written them, or found them so.
    /// Others keep their standing.
    Wrote(BTreeSet<String>),
    /// The config as it stands: after somebody changed it, or because [`Effect::Look`] asked.
    /// Not sent while the config cannot be parsed: nobody knows then what Claude Desktop makes
    /// of it.
    Seen {
        /// How every guarded entry ([`Guardian::guarded`]) departs from what was last written;
        /// one that is left out is lost.
        drifts: BTreeMap<String, Drift>,
        /// Whether Claude Desktop may run at this moment: it can write its config before it is
        /// known to have started.
        running: bool,
    },
    /// Claude Desktop has started, or is found running when the keeper starts.
    Started,
    /// No process of Claude Desktop is left, or none is found when the keeper starts.
    Gone,
    /// The wake-up that [`Guardian::next_wakeup`] named is due.
    Woke,
    /// The user wants the lost entries back.
    RestoreAsked,
    /// These of [`Effect::Restore`] failed; they are not repeated by themselves.
    RestoreFailed(BTreeSet<String>),
    /// These of [`Effect::Restore`] lack a token: they stay queued, for the next one.
    RestoreWaits(BTreeSet<String>),
    /// The user set this entry's mode: it is not guarded until it is written again.
    Released(String),
    /// This token can be written only once Claude Desktop is quit. May be sent again.
    TokenWaits {
        /// The token's generation.
        generation: u64,
        /// What the user has set.
        consent: Consent,
        /// Whether refreshing is suspended: then nothing is restarted or asked.
        suspended: bool,
    },
    /// The user's answer to the question about this generation's token.
    Answered {
        /// The generation that the question was about.
        generation: u64,
        /// The answer.
        answer: RestartAnswer,
    },
    /// The user has Claude Desktop restarted with this generation's token.
    Restarting {
        /// The token's generation.
        generation: u64,
    },
    /// No token waits any more.
    NothingWaits,
}

/// What is to be done about it, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Read the config now and answer with [`Event::Seen`].
    Look,
    /// Write these entries as they were last written, then answer for each with
    /// [`Event::Wrote`], [`Event::RestoreFailed`] or [`Event::RestoreWaits`]. Claude Desktop is gone; if it has come back by then, write
    /// nothing and answer nothing: [`Event::Started`] follows.
    Restore(BTreeSet<String>),
    /// Quit Claude Desktop, write this generation's token, start it again.
    Restart {
        /// The token's generation.
        generation: u64,
    },
    /// One notification.
    Tell(AlertView),
    /// Save [`Guardian::memory`].
    Remember,
}

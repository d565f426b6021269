//! What stands between a relayed call and its server: the policy, its limits, people who are
//! asked, and the activity log.
//!
//! What always holds: [`Caller::admit`] reads no file and waits for nothing; a call that is not
//! forwarded gives back what it held under limits, however it ends; what is kept of calls that
//! wait is bounded; of arguments only names are written down. One [`Gate`] serves every session
//! of every entry, so that limits count them together.

mod activity;
mod caller;
mod counters_file;
mod day;
mod door;
mod listing;
mod note;
mod pass;
mod policy_file;
mod seen;
mod shared;
mod standing;
#[cfg(test)]
mod tests;
mod waiting;
mod writer;

pub use activity::{Activity, ActivityReader, Decided, Outcome, Record};
pub use caller::{Admission, Caller, LONGEST_ASKED};
pub use door::{Answering, Gate};
pub use pass::{End, Pass};
pub use policy_file::LARGEST_POLICY;
pub use seen::ToolStanding;
pub use standing::{GateStanding, OpenQuestion, PolicyKind, PolicyState};
pub use waiting::{Waited, Waiting};

use std::path::PathBuf;

/// Where the gate's files are.
#[derive(Clone, Debug)]
pub struct GatePlaces {
    /// The policy, which the user writes.
    pub policy: PathBuf,
    /// The last policy without mistakes: it goes on if a restart finds the policy with some.
    pub last_good: PathBuf,
    /// What limits have counted.
    pub counters: PathBuf,
    /// The folder of the activity log.
    pub activity: PathBuf,
}

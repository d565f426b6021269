//! The last resort: quit Claude Desktop, write its config once it is gone, start it again.
//!
//! Consent is the caller's, who hands in a [`Permit`] that is used up. Nothing is written while
//! a process of Claude's is left or once it came back, nothing is started that did not run
//! before, no step is repeated, nothing is ended by force unless that was asked for, and a
//! Claude that was quit is started again also when the write failed.

mod desktop;
mod flow;
mod outcome;
mod permit;
#[cfg(test)]
mod tests;
mod words;

pub use flow::{QUIT_LIMIT, START_LIMIT, USER_LIMIT};
pub use outcome::{Consent, RestartOutcome, Step, StepReport, StepResult};
pub use permit::{Permit, Restarts};

use crate::process::Claude;
use flow::{Flow, Way};
use std::fmt;

/// Restarts Claude around `write`, which runs once no process of Claude's is left and has to
/// read the file anew: Claude writes its own copy when it quits. `report` is called after each
/// step, and when one begins to wait for the user. Where the user alone can quit Claude, that is
/// waited for up to [`USER_LIMIT`]; until then the future can be dropped, and nothing happened.
pub async fn restart<W, E: fmt::Display>(
    claude: &Claude,
    permit: Permit,
    write: impl AsyncFnOnce() -> Result<W, E>,
    report: impl FnMut(StepReport),
) -> RestartOutcome<W, E> {
    Flow::new(claude, Way::Asking, report)
        .run(permit, write)
        .await
}

/// The same, but Claude's processes are ended at once and lose what they had not saved. Only for
/// a user who was told what was still running and chose this.
pub async fn restart_by_force<W, E: fmt::Display>(
    claude: &Claude,
    permit: Permit,
    write: impl AsyncFnOnce() -> Result<W, E>,
    report: impl FnMut(StepReport),
) -> RestartOutcome<W, E> {
    Flow::new(claude, Way::ByForce, report)
        .run(permit, write)
        .await
}

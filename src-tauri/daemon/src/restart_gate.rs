//! Whether a restart of Claude Desktop may go on, and whether one has to be waited for.
//!
//! A keeper that ended in the middle of one would leave Claude Desktop closed: so no restart
//! begins once the gate is shut, and it shuts only when none is under way, or one still waits
//! for the user, which did nothing so far.

use claude::{StepReport, StepResult};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

/// Passed by one restart at a time; shut by the keeper that ends.
#[derive(Clone, Default)]
pub(crate) struct RestartGate(Arc<Mutex<()>>);

/// Lets no restart begin while it lives.
pub(crate) struct Shut {
    _gate: OwnedMutexGuard<()>,
}

/// A restart under way.
pub(crate) struct Passage {
    gate: RestartGate,
    held: Option<OwnedMutexGuard<()>>,
}

impl RestartGate {
    /// Lets a restart begin; never once the gate is shut.
    pub(crate) async fn pass(&self) -> Passage {
        Passage {
            held: Some(self.0.clone().lock_owned().await),
            gate: self.clone(),
        }
    }

    /// Shuts it behind the restart under way, if that ends within `limit`.
    pub(crate) async fn shut(&self, limit: Duration) -> Option<Shut> {
        let gate = timeout(limit, self.0.clone().lock_owned()).await.ok()?;
        Some(Shut { _gate: gate })
    }

    /// Whether a restart is under way that has to be waited for.
    pub(crate) fn is_passed(&self) -> bool {
        self.0.try_lock().is_err()
    }
}

impl Passage {
    /// Steps aside while the user is waited for, and goes on with the next step. Where the gate
    /// was shut meanwhile, the restart is given up with its keeper.
    pub(crate) fn note(&mut self, report: &StepReport) {
        match report.result {
            StepResult::Waits { .. } => self.held = None,
            StepResult::Done | StepResult::NotNeeded | StepResult::Failed { .. } => {
                if self.held.is_none() {
                    self.held = self.gate.0.clone().try_lock_owned().ok();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use claude::Step;

    const LIMIT: Duration = Duration::from_mins(1);

    fn report(result: StepResult) -> StepReport {
        StepReport {
            step: Step::Quit,
            result,
            milliseconds: 1,
        }
    }

    fn waits() -> StepReport {
        let message = "Quit it.".to_owned();
        report(StepResult::Waits { message })
    }

    #[tokio::test(start_paused = true)]
    async fn a_restart_under_way_is_waited_for_and_not_beyond_the_limit() {
        let gate = RestartGate::default();
        let passage = gate.pass().await;
        assert!(gate.is_passed());
        assert!(gate.shut(LIMIT).await.is_none());
        drop(passage);
        assert!(gate.shut(LIMIT).await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn none_begins_once_it_is_shut() {
        let gate = RestartGate::default();
        let shut = gate.shut(LIMIT).await;
        assert!(timeout(LIMIT, gate.pass()).await.is_err());
        drop(shut);
        assert!(timeout(LIMIT, gate.pass()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_waits_for_the_user_is_not_waited_for() {
        let gate = RestartGate::default();
        let mut passage = gate.pass().await;
        passage.note(&waits());
        assert!(!gate.is_passed());
        assert!(gate.shut(Duration::ZERO).await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_the_user_has_let_go_on_is() {
        let gate = RestartGate::default();
        let mut passage = gate.pass().await;
        passage.note(&waits());
        passage.note(&report(StepResult::Done));
        assert!(gate.is_passed());
        assert!(gate.shut(LIMIT).await.is_none());
    }
}

//! The refresh sequence as it is told: fetch, load, config, restart, each with its result.

use crate::delivery::restarting::NotWritten;
use claude::{RestartOutcome, StepReport};
use control::{Step, StepResult};
use std::fmt;
use std::time::Duration;
use tokio::sync::broadcast;

/// A token is asked for.
pub(crate) const FETCH: &str = "fetch";
/// It is taken into memory, vault and `.env`.
pub(crate) const LOAD: &str = "load";
/// Claude's config gets it.
pub(crate) const CONFIG: &str = "config";
/// Claude Desktop is asked to quit.
const QUIT: &str = "quit";
/// Claude Desktop is restarted.
pub(crate) const RESTART: &str = "restart";

/// Tells steps to whoever listens.
#[derive(Clone)]
pub(crate) struct Sequence {
    sender: broadcast::Sender<Step>,
}

impl Sequence {
    pub(crate) fn new() -> Self {
        Self {
            sender: broadcast::Sender::new(64),
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Step> {
        self.sender.subscribe()
    }

    pub(crate) fn send(&self, step: Step) {
        // Nobody listening is the usual case.
        let _unheard = self.sender.send(step);
    }

    pub(crate) fn done(&self, name: &str, took: Duration) {
        self.send(step(name, StepResult::Done, String::new(), took));
    }

    pub(crate) fn not_needed(&self, name: &str) {
        self.send(step(
            name,
            StepResult::NotNeeded,
            String::new(),
            Duration::ZERO,
        ));
    }

    pub(crate) fn waits(&self, name: &str, what_for: &str) {
        self.send(step(
            name,
            StepResult::Waits,
            what_for.to_owned(),
            Duration::ZERO,
        ));
    }

    pub(crate) fn failed(&self, name: &str, took: Duration, why: &impl fmt::Display) {
        self.send(step(name, StepResult::Failed, why.to_string(), took));
    }
}

fn step(name: &str, result: StepResult, message: String, took: Duration) -> Step {
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    Step {
        name: name.to_owned(),
        result,
        message,
        milliseconds,
    }
}

/// The end of a restart that waited for the user in vain.
pub(crate) fn overtaken() -> Step {
    let why = "Claude Desktop is ended by force instead, as you asked.";
    step(QUIT, StepResult::Failed, why.to_owned(), Duration::ZERO)
}

/// A step of a restart, by the name users know.
pub(crate) fn of_restart(report: StepReport) -> Step {
    let name = match report.step {
        claude::Step::Quit => QUIT,
        claude::Step::Wait => "wait",
        claude::Step::Write => CONFIG,
        claude::Step::Start => RESTART,
    };
    let (result, message) = match report.result {
        claude::StepResult::Done => (StepResult::Done, String::new()),
        claude::StepResult::NotNeeded => (StepResult::NotNeeded, String::new()),
        claude::StepResult::Waits { message } => (StepResult::Waits, message),
        claude::StepResult::Failed { message } => (StepResult::Failed, message),
    };
    step(
        name,
        result,
        message,
        Duration::from_millis(report.milliseconds),
    )
}

/// How a restart ended, in a sentence. What was written is told by itself, entry by entry.
pub(crate) fn sentence(outcome: &RestartOutcome<(), NotWritten>) -> String {
    match outcome {
        RestartOutcome::Restarted { .. } => "Claude Desktop was restarted.".into(),
        RestartOutcome::NotRunning { .. } => {
            "Claude Desktop was not running; its config is up to date.".into()
        }
        RestartOutcome::StartedMeanwhile { .. } => {
            "Claude Desktop was started by someone else meanwhile. Restart it once more.".into()
        }
        RestartOutcome::NeedsUser => {
            "Claude Desktop can be quit only by you here. Quit it from its icon.".into()
        }
        RestartOutcome::NotAsked => {
            "Claude Desktop could not be asked to quit. Quit it yourself.".into()
        }
        RestartOutcome::NotGone { .. } => {
            "Claude Desktop did not quit; nothing was written. Quit it yourself.".into()
        }
        RestartOutcome::CameBack { .. } => {
            "Claude Desktop came back before anything was written. It is written once you quit it."
                .into()
        }
        RestartOutcome::NotWritten { error, .. } => error.to_string(),
        RestartOutcome::NotStarted { .. } => {
            "The config is written but Claude Desktop did not start. Start it yourself.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_alone_says_nothing_of_a_token() {
        let outcome = RestartOutcome::Restarted {
            written: (),
            pid: 1,
        };
        assert_eq!(sentence(&outcome), "Claude Desktop was restarted.");
    }
}

//! The last resort: quit Claude Desktop, write its config once it is gone, start it again.
//!
//! Consent is the caller's. Nothing is written while a process of Claude's is left, nothing is
//! started that did not run before, no step is repeated, and a Claude that was quit is started
//! again also when the write failed.

mod outcome;

pub use outcome::{Consent, RestartOutcome, Step, StepReport, StepResult};

use crate::process::{Claude, Gone, Install, Quit, Started};
use std::fmt;
use std::time::{Duration, Instant};

/// How long every process of Claude's may take to go.
pub const QUIT_LIMIT: Duration = Duration::from_secs(30);

/// How long the quit Apple event may go without effect before SIGTERM follows.
const INSIST_AFTER: Duration = Duration::from_secs(10);

/// How long a main process may take to appear.
pub const START_LIMIT: Duration = Duration::from_secs(30);

/// Restarts Claude around `write`, which runs once no process of Claude's is left and has to
/// read the file anew: Claude writes its own copy when it quits. `report` is called after each
/// step. Never more than one attempt.
pub async fn restart<W, E: fmt::Display>(
    claude: &Claude,
    write: impl FnOnce() -> Result<W, E>,
    mut report: impl FnMut(StepReport),
) -> RestartOutcome<W, E> {
    let install = match close(claude, &mut report).await {
        Ok(install) => install,
        Err(reason) => return reason.into(),
    };
    let watch = Instant::now();
    let written = write();
    let result = match &written {
        Ok(_) => StepResult::Done,
        Err(error) => failed(error),
    };
    end(&mut report, Step::Write, watch, result);
    let started = open(claude, install.as_ref(), &mut report).await;
    conclude(written, started)
}

/// Why Claude was not closed.
enum NotClosed {
    NeedsUser,
    NotAsked,
    NotGone(Vec<u32>),
}

impl<W, E> From<NotClosed> for RestartOutcome<W, E> {
    fn from(reason: NotClosed) -> Self {
        match reason {
            NotClosed::NeedsUser => Self::NeedsUser,
            NotClosed::NotAsked => Self::NotAsked,
            NotClosed::NotGone(pids) => Self::NotGone { pids },
        }
    }
}

/// Gives back the install that ran, `None` if none did.
async fn close(
    claude: &Claude,
    report: &mut impl FnMut(StepReport),
) -> Result<Option<Install>, NotClosed> {
    let watch = Instant::now();
    let (result, asked) = ask(claude).await;
    end(report, Step::Quit, watch, result);
    let Some(install) = asked? else {
        end(report, Step::Wait, Instant::now(), StepResult::NotNeeded);
        return Ok(None);
    };
    let watch = Instant::now();
    let gone = wait(claude).await;
    end(report, Step::Wait, watch, wait_result(&gone));
    match gone {
        Gone::All => Ok(Some(install)),
        Gone::Not { pids } => Err(NotClosed::NotGone(pids)),
    }
}

async fn ask(claude: &Claude) -> (StepResult, Result<Option<Install>, NotClosed>) {
    match claude.quit().await {
        Quit::NotRunning => (StepResult::NotNeeded, Ok(None)),
        Quit::Asked { install } => (StepResult::Done, Ok(Some(install))),
        Quit::NeedsUser => (failed(&QUIT_YOURSELF), Err(NotClosed::NeedsUser)),
        Quit::Failed { pid } => {
            let message = format!("process {pid} does not take the signal; quit Claude yourself");
            (failed(&message), Err(NotClosed::NotAsked))
        }
        Quit::Unknown => (failed(&NOT_LISTED), Err(NotClosed::NotAsked)),
    }
}

const QUIT_YOURSELF: &str = "quit Claude from its icon in the task bar, then try again";

const NOT_LISTED: &str = "the processes cannot be listed; quit Claude yourself, then try again";

async fn wait(claude: &Claude) -> Gone {
    if !claude.can_insist() {
        return claude.wait_gone(QUIT_LIMIT).await;
    }
    if claude.wait_gone(INSIST_AFTER).await == Gone::All {
        return Gone::All;
    }
    // Refused or not, what counts is whether it goes.
    let _ = claude.signal();
    claude
        .wait_gone(QUIT_LIMIT.saturating_sub(INSIST_AFTER))
        .await
}

fn wait_result(gone: &Gone) -> StepResult {
    match gone {
        Gone::All => StepResult::Done,
        Gone::Not { pids } if pids.is_empty() => failed(&NOT_LISTED),
        Gone::Not { pids } => {
            let pids: Vec<String> = pids.iter().map(u32::to_string).collect();
            let limit = QUIT_LIMIT.as_secs();
            let left = pids.join(", ");
            failed(&format!(
                "still running after {limit} s: {left}; quit Claude yourself"
            ))
        }
    }
}

/// Where Claude stands after the last step.
enum After {
    NotRunBefore,
    Running(u32),
    StartedMeanwhile(u32),
    NotRunning,
}

async fn open(
    claude: &Claude,
    install: Option<&Install>,
    report: &mut impl FnMut(StepReport),
) -> After {
    let watch = Instant::now();
    let Some(install) = install else {
        end(report, Step::Start, watch, StepResult::NotNeeded);
        return After::NotRunBefore;
    };
    let (result, after) = match claude.start(install, START_LIMIT).await {
        Started::Confirmed { pid } => (StepResult::Done, After::Running(pid)),
        Started::AlreadyRunning { pid } => (StepResult::NotNeeded, After::StartedMeanwhile(pid)),
        Started::NotSeen => (
            failed(&"no process appeared within 30 s; start Claude yourself"),
            After::NotRunning,
        ),
        Started::NoLaunch(reason) => (failed(&reason), After::NotRunning),
        Started::Failed(error) => (
            failed(&format!("{error}; start Claude yourself")),
            After::NotRunning,
        ),
    };
    end(report, Step::Start, watch, result);
    after
}

fn conclude<W, E>(written: Result<W, E>, after: After) -> RestartOutcome<W, E> {
    match (written, after) {
        (Err(error), after) => {
            let running = matches!(after, After::Running(_) | After::StartedMeanwhile(_));
            RestartOutcome::NotWritten { error, running }
        }
        (Ok(written), After::NotRunBefore) => RestartOutcome::NotRunning { written },
        (Ok(written), After::Running(pid)) => RestartOutcome::Restarted { written, pid },
        (Ok(written), After::StartedMeanwhile(pid)) => {
            RestartOutcome::StartedMeanwhile { written, pid }
        }
        (Ok(written), After::NotRunning) => RestartOutcome::NotStarted { written },
    }
}

fn failed(error: &impl fmt::Display) -> StepResult {
    StepResult::Failed {
        message: error.to_string(),
    }
}

fn end(report: &mut impl FnMut(StepReport), step: Step, watch: Instant, result: StepResult) {
    let milliseconds = u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX);
    report(StepReport {
        step,
        result,
        milliseconds,
    });
}

//! A restart, step by step.

use super::desktop::Desktop;
use super::outcome::{RestartOutcome, Step, StepReport, StepResult};
use super::permit::Permit;
use super::words;
use crate::process::{Gone, Origin, Part, Quit, Started};
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;

/// How long every process of Claude's may take to go.
pub const QUIT_LIMIT: Duration = Duration::from_secs(30);

/// How long the user may take to quit it where nobody else can.
pub const USER_LIMIT: Duration = Duration::from_mins(5);

/// How long a main process may take to appear.
pub const START_LIMIT: Duration = Duration::from_secs(30);

/// How long the first way to ask may go without effect before the second follows.
pub(super) const INSIST_AFTER: Duration = Duration::from_secs(10);

/// How Claude is brought to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is asked, or the user is.
    Asking,
    /// It is ended.
    ByForce,
}

/// One restart.
pub(super) struct Flow<'d, D, R> {
    desktop: &'d D,
    way: Way,
    report: R,
    /// Since the step at hand began.
    watch: Instant,
}

/// A Claude that was asked to quit.
struct Asked {
    origin: Origin,
    main: Vec<u32>,
}

/// Why Claude was not closed.
enum NotClosed {
    NeedsUser,
    NotAsked,
    NotGone(Vec<Part>),
    CameBack(u32),
}

/// Where Claude stands after the last step.
enum After {
    NotRunBefore,
    Running(u32),
    StartedMeanwhile(u32),
    NotRunning,
}

impl<'d, D: Desktop, R: FnMut(StepReport)> Flow<'d, D, R> {
    pub(super) fn new(desktop: &'d D, way: Way, report: R) -> Self {
        Self {
            desktop,
            way,
            report,
            watch: Instant::now(),
        }
    }

    /// Quits, writes, starts: once, for which the permit is given away.
    pub(super) async fn run<W, E: fmt::Display>(
        mut self,
        _used_up: Permit,
        write: impl AsyncFnOnce() -> Result<W, E>,
    ) -> RestartOutcome<W, E> {
        let origin = match self.close().await {
            Ok(origin) => origin,
            Err(reason) => return reason.into(),
        };
        let written = write().await;
        match &written {
            Ok(_) => self.end(Step::Write, StepResult::Done),
            Err(error) => self.fail(Step::Write, error.to_string()),
        }
        let after = self.open(origin.as_ref()).await;
        conclude(written, after)
    }

    /// Gives back how it was started, `None` if it did not run.
    async fn close(&mut self) -> Result<Option<Origin>, NotClosed> {
        let Some(asked) = self.ask().await? else {
            self.end(Step::Wait, StepResult::NotNeeded);
            return Ok(None);
        };
        let gone = self.wait(&asked.main).await;
        match words::not_gone(&gone) {
            Some(message) => self.fail(Step::Wait, message),
            None => self.end(Step::Wait, StepResult::Done),
        }
        match gone {
            Gone::All => Ok(Some(asked.origin)),
            Gone::Not { left } => Err(NotClosed::NotGone(left)),
            Gone::CameBack { pid } => Err(NotClosed::CameBack(pid)),
        }
    }

    async fn ask(&mut self) -> Result<Option<Asked>, NotClosed> {
        let quit = match self.way {
            Way::Asking => self.desktop.quit().await,
            Way::ByForce => self.desktop.end_by_force(),
        };
        let asked = match quit {
            Quit::NotRunning => None,
            Quit::Asked { origin, main } => Some(Asked { origin, main }),
            Quit::NeedsUser { origin, main } => Some(self.ask_user(origin, main).await?),
            Quit::Unproven { .. } | Quit::Failed { .. } | Quit::Unknown => {
                self.fail(Step::Quit, words::not_asked(&quit));
                return Err(NotClosed::NotAsked);
            }
        };
        let result = asked
            .as_ref()
            .map_or(StepResult::NotNeeded, |_| StepResult::Done);
        self.end(Step::Quit, result);
        Ok(asked)
    }

    async fn ask_user(&mut self, origin: Origin, main: Vec<u32>) -> Result<Asked, NotClosed> {
        let message = words::QUIT_YOURSELF.to_owned();
        self.tell(Step::Quit, StepResult::Waits { message });
        if self.desktop.wait_quit(&main, USER_LIMIT).await {
            return Ok(Asked { origin, main });
        }
        self.fail(Step::Quit, words::NOT_QUIT.to_owned());
        Err(NotClosed::NeedsUser)
    }

    async fn wait(&self, asked: &[u32]) -> Gone {
        if self.way == Way::ByForce || !self.desktop.can_insist() {
            return self.desktop.wait_gone(asked, QUIT_LIMIT).await;
        }
        match self.desktop.wait_gone(asked, INSIST_AFTER).await {
            Gone::Not { .. } => {
                // Refused or not, what counts is whether it goes.
                let _ = self.desktop.insist();
                let rest = QUIT_LIMIT.saturating_sub(INSIST_AFTER);
                self.desktop.wait_gone(asked, rest).await
            }
            gone => gone,
        }
    }

    async fn open(&mut self, origin: Option<&Origin>) -> After {
        let Some(origin) = origin else {
            if let Some(pid) = self.desktop.main_pid() {
                return self.meanwhile(pid);
            }
            self.end(Step::Start, StepResult::NotNeeded);
            return After::NotRunBefore;
        };
        let started = self.desktop.start(origin, START_LIMIT).await;
        match started {
            Started::Confirmed { pid } => {
                self.end(Step::Start, StepResult::Done);
                After::Running(pid)
            }
            Started::AlreadyRunning { pid } => self.meanwhile(pid),
            Started::NotRunning(reason) => {
                self.fail(Step::Start, words::not_started(&reason));
                After::NotRunning
            }
        }
    }

    /// Somebody else started it, and it may have read the old file.
    fn meanwhile(&mut self, pid: u32) -> After {
        self.fail(Step::Start, words::meanwhile(pid));
        After::StartedMeanwhile(pid)
    }

    fn fail(&mut self, step: Step, message: String) {
        self.end(step, StepResult::Failed { message });
    }

    fn end(&mut self, step: Step, result: StepResult) {
        self.tell(step, result);
        self.watch = Instant::now();
    }

    fn tell(&mut self, step: Step, result: StepResult) {
        let took = self.watch.elapsed().as_millis();
        (self.report)(StepReport {
            step,
            result,
            milliseconds: u64::try_from(took).unwrap_or(u64::MAX),
        });
    }
}

impl<W, E> From<NotClosed> for RestartOutcome<W, E> {
    fn from(reason: NotClosed) -> Self {
        match reason {
            NotClosed::NeedsUser => Self::NeedsUser,
            NotClosed::NotAsked => Self::NotAsked,
            NotClosed::NotGone(left) => Self::NotGone { left },
            NotClosed::CameBack(pid) => Self::CameBack { pid },
        }
    }
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

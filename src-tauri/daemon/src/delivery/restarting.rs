//! Claude Desktop is quit, its config written, and it is started again: never more than one
//! attempt for a token, and only by consent or order.

use crate::board::Board;
use crate::delivery::claude_desktop::EntryError;
use crate::delivery::deliverer::Deliverer;
use crate::delivery::inbox::Inbox;
use crate::delivery::meanwhile::{Meanwhile, Newest};
use crate::delivery::steps::{self, Sequence};
use crate::delivery::writing::Applied;
use crate::guardian::Event;
use claude::{Permit, RestartOutcome, StepReport};
use control::{EventKind, Step};
use std::sync::Arc;

/// What a restart tried to write and could not.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NotWritten(String);

impl Deliverer {
    /// The user's own order: it may follow a restart that failed.
    pub(crate) async fn restart_by_order(
        &mut self,
        by_force: bool,
        inbox: &mut Inbox,
    ) -> Vec<Step> {
        let token = self.state.token.as_ref();
        let generation = token.map_or(0, |token| token.generation);
        self.guard.tell(Event::Restarting { generation });
        let permit = self.state.restarts.ordered(Some(generation));
        self.restart(permit, by_force, inbox).await
    }

    /// Quits, writes, starts. The steps are told as they come, and what is asked meanwhile is
    /// attended to. A token that came too late for the write is delivered behind it.
    pub(crate) async fn restart(
        &mut self,
        permit: Permit,
        by_force: bool,
        inbox: &mut Inbox,
    ) -> Vec<Step> {
        let mut meanwhile = Meanwhile {
            board: self.board.clone(),
            env_target: self.unasked.then(|| self.env_target.clone()),
            delivered: self.state.delivered,
            newest: Newest::default(),
            gate: self.state.restart_gate.clone(),
        };
        let newest = meanwhile.newest.clone();
        let steps = tokio::select! {
            biased;
            steps = self.quit_write_start(permit, by_force, &newest) => steps,
            // Nothing has happened but the question.
            overtaking = meanwhile.attend(inbox) => {
                inbox.put_off(overtaking);
                vec![steps::overtaken()]
            }
        };
        if let Some(token) = newest.take() {
            self.deliver_loaded(token).await;
        }
        steps
    }

    async fn quit_write_start(
        &mut self,
        permit: Permit,
        by_force: bool,
        newest: &Newest,
    ) -> Vec<Step> {
        let mut passage = self.state.restart_gate.pass().await;
        let claude = self.desktop.claude().clone();
        let telling = Telling::new(self.sequence.clone(), self.board.clone());
        let mut told = Vec::new();
        let mut applied = Applied::default();
        let write = async || {
            applied = self.write_in_a_restart(newest).await;
            // Claude Desktop starts also where nothing is due, but a config has to be there.
            let config = self.desktop.config().map_err(EntryError::NoConfig);
            config.map_err(|error| NotWritten(error.to_string()))?;
            match applied.failed.first() {
                Some((_, error)) => Err(NotWritten(error.to_string())),
                None => Ok(()),
            }
        };
        let report = |report: StepReport| {
            passage.note(&report);
            told.push(telling.tell(report));
        };
        let outcome = if by_force {
            claude::restart_by_force(&claude, permit, write, report).await
        } else {
            claude::restart(&claude, permit, write, report).await
        };
        self.conclude(&outcome, &applied);
        told
    }

    /// What waits, and what the guardian wants back: nothing else quits Claude Desktop for it.
    async fn write_in_a_restart(&mut self, newest: &Newest) -> Applied {
        if let Some(token) = newest.take() {
            self.take_in(token);
        }
        let lost = self.guard.guardian().queued();
        let applied = self.write_due(&lost).await;
        self.make_cuts();
        applied
    }

    fn conclude(&mut self, outcome: &RestartOutcome<(), NotWritten>, applied: &Applied) {
        let kind = match outcome {
            RestartOutcome::Restarted { .. } | RestartOutcome::NotRunning { .. } => {
                EventKind::Restart
            }
            _ => EventKind::Failed,
        };
        self.say(kind, steps::sentence(outcome));
        self.record(applied);
    }
}

/// Where the steps of a restart are told.
struct Telling {
    sequence: Sequence,
    board: Arc<Board>,
}

impl Telling {
    fn new(sequence: Sequence, board: Arc<Board>) -> Self {
        Self { sequence, board }
    }

    fn tell(&self, report: StepReport) -> Step {
        let step = steps::of_restart(report);
        self.sequence.send(step.clone());
        let shown = step.clone();
        self.board
            .change(|snapshot| snapshot.claude.restarting.push(shown));
        step
    }
}

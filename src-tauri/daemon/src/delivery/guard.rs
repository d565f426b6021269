//! The guardian as the deliverer has it: its state, its clock, its memory, and what it wants done.

use crate::board::Board;
use crate::clock::wall_now;
use crate::guardian::{Effect, Event, Guardian, MemoryFile, Stopwatch};
use control::{ClaudeView, EventKind};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The guardian and what it wants done.
pub(crate) struct Guard {
    guardian: Guardian,
    memory: MemoryFile,
    stopwatch: Stopwatch,
    board: Arc<Board>,
    todo: VecDeque<Effect>,
}

impl Guard {
    /// With what an earlier keeper remembered in `data`.
    pub(crate) fn open(data: &Path, board: Arc<Board>) -> Self {
        let (memory, guardian, problem) = MemoryFile::open(data.join("guardian.json"));
        if let Some(problem) = problem {
            board.warn(problem);
        }
        Self {
            guardian,
            memory,
            stopwatch: Stopwatch::start(),
            board,
            todo: VecDeque::new(),
        }
    }

    /// Says what happened. What is to be remembered is saved, and what is to be told is told,
    /// at once; the rest is due.
    pub(crate) fn tell(&mut self, event: Event) {
        for effect in self.guardian.step(self.stopwatch.now(), event) {
            match effect {
                Effect::Remember => self.remember(),
                Effect::Tell(alert) => {
                    let text = format!("{}. {}", alert.title, alert.text);
                    self.board.event(wall_now(), EventKind::Notice, text);
                }
                due => self.todo.push_back(due),
            }
        }
    }

    fn remember(&self) {
        if let Err(error) = self.memory.save(self.guardian.memory()) {
            self.board
                .event(wall_now(), EventKind::Failed, error.to_string());
        }
    }

    /// What is due next.
    pub(crate) fn next(&mut self) -> Option<Effect> {
        self.todo.pop_front()
    }

    /// Whether a restart is due.
    pub(crate) fn wants_restart(&self) -> bool {
        let is_restart = |effect: &Effect| matches!(effect, Effect::Restart { .. });
        self.todo.iter().any(is_restart)
    }

    /// Returns when the guardian wants to look again; never if it waits for nothing.
    pub(crate) async fn woken(&self) {
        match self.next_wakeup() {
            Some(left) => {
                tokio::time::sleep(left).await;
                tracing::trace!(target: "timer", "the guardian looks again");
            }
            None => std::future::pending().await,
        }
    }

    fn next_wakeup(&self) -> Option<Duration> {
        self.guardian.next_wakeup(self.stopwatch.now())
    }

    /// The guardian, to be asked.
    pub(crate) fn guardian(&self) -> &Guardian {
        &self.guardian
    }

    /// Puts into the view what the guardian knows.
    pub(crate) fn show(&self, view: &mut ClaudeView) {
        view.question = self.guardian.question();
        view.losses = self.guardian.losses().to_vec();
        view.guardian = self.guardian.view(self.stopwatch.now());
        view.alert = self.guardian.alert().cloned();
    }
}

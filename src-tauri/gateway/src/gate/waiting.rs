//! A call that waits for a person.

use super::activity::Decided;
use super::note::Note;
use super::pass::Pass;
use super::shared::{Settled, Shared};
use policy::QuestionId;
use session::{Frame, Reply};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};

/// How often a client that wants to hear of progress is told that a person is being asked.
const PROGRESS: Duration = Duration::from_secs(5);

/// A call that waits for a person. Dropping it withdraws the question.
#[must_use = "dropping it withdraws the question"]
pub struct Waiting {
    shared: Arc<Shared>,
    question: QuestionId,
    reply: Reply,
    began: Instant,
    /// Seconds that the person has.
    timeout_s: u64,
    progress: Interval,
    settled: oneshot::Receiver<Settled>,
    /// None once it is answered.
    note: Option<Box<Note>>,
}

/// What happens to a call that waits.
#[derive(Debug)]
pub enum Waited {
    /// This is written to the client, and the call waits on.
    Progress(Frame),
    /// It is forwarded.
    Forward(Pass),
    /// It is answered with this.
    Answer(Frame),
}

impl Waiting {
    pub(super) fn new(
        shared: &Arc<Shared>,
        question: QuestionId,
        reply: Reply,
        timeout_s: u64,
        settled: oneshot::Receiver<Settled>,
        note: Note,
    ) -> Self {
        let mut progress = interval(PROGRESS);
        progress.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            shared: Arc::clone(shared),
            question,
            reply,
            began: Instant::now(),
            timeout_s,
            progress,
            settled,
            note: Some(Box::new(note)),
        }
    }

    /// What happens next. May be dropped and called again; after an answer nothing happens.
    pub async fn next(&mut self) -> Waited {
        loop {
            if self.note.is_none() {
                std::future::pending::<()>().await;
            }
            tokio::select! {
                biased;
                settled = &mut self.settled => return self.over(settled),
                _ = self.progress.tick() => {
                    let done = self.began.elapsed().as_secs();
                    if let Some(frame) = self.reply.progress(done, self.timeout_s, ASKED) {
                        return Waited::Progress(frame);
                    }
                }
            }
        }
    }

    fn over(&mut self, settled: Result<Settled, oneshot::error::RecvError>) -> Waited {
        let Some(note) = self.note.take() else {
            return Waited::Answer(self.reply.denial(ENDS));
        };
        match settled {
            Ok(Settled::Forward(places)) => Waited::Forward(Pass::new(&self.shared, places, *note)),
            Ok(Settled::Deny(denial)) => {
                let note = note.by(&denial.rule);
                self.shared.writer.write(note.record(Decided::Denied, None));
                Waited::Answer(self.reply.denial(&denial.to_string()))
            }
            Err(_) => {
                self.shared.writer.write(note.record(Decided::Denied, None));
                Waited::Answer(self.reply.denial(ENDS))
            }
        }
    }
}

/// What a client that shows progress shows meanwhile.
const ASKED: &str = "A person is asked to allow this call in Zoomtray.";

/// The keeper ends while a person is asked.
const ENDS: &str = "Zoomtray was closed before anybody answered. Open it, then call again.";

impl Drop for Waiting {
    fn drop(&mut self) {
        let Some(note) = self.note.take() else {
            return;
        };
        let mut state = self.shared.state();
        state.waiting.remove(&self.question);
        state.ledger.withdraw(self.question);
        // It may have been answered at this very moment.
        self.settled.close();
        if let Ok(settled) = self.settled.try_recv() {
            state.unused(settled);
        }
        self.shared.show_questions(&state);
        let record = note.record(Decided::Withdrawn, None);
        self.shared.writer.write(record);
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Waiting");
        shown.field("question", &self.question);
        shown.finish_non_exhaustive()
    }
}

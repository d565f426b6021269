//! Calls that wait for a person: each is asked about once, and taken from the screen when it no
//! longer waits. One that timed out can still be allowed in the window.

use super::{Message, Notice};
use crate::approval;
use crate::clock::Clock;
use control::{GateView, QuestionView};
use lifecycle::WallTime;
use std::collections::BTreeSet;

/// Calls that are asked about at once; the next ones follow as these are answered, and all of
/// them stand in the window.
const MOST_AT_ONCE: usize = 5;

/// The questions on the screen after looking at `gate`, and what is to be shown.
pub(super) fn step(
    shown: &BTreeSet<u32>,
    gate: &GateView,
    now: WallTime,
    clock: &Clock,
) -> (BTreeSet<u32>, Vec<Message>) {
    let waiting = gate.questions.iter().filter(|question| question.waits);
    let (kept, others): (Vec<_>, Vec<_>) =
        waiting.partition(|question| shown.contains(&question.id));
    let room = MOST_AT_ONCE.saturating_sub(kept.len());
    let fresh: Vec<_> = others.into_iter().take(room).collect();
    let next = kept.iter().chain(&fresh).map(|one| one.id).collect();
    let gone = shown
        .difference(&next)
        .map(|id| Message::WithdrawApproval(*id));
    let asked = fresh.iter().map(|question| ask(question, now, clock));
    let messages = gone.chain(asked).collect();
    (next, messages)
}

fn ask(question: &QuestionView, now: WallTime, clock: &Clock) -> Message {
    Message::AskApproval {
        id: question.id,
        notice: Notice {
            topic: topic(question.id),
            title: approval::title(question),
            body: approval::text(question, now, clock),
            urgent: true,
        },
    }
}

/// What a question's notification is about.
pub(crate) fn topic(id: u32) -> String {
    format!("approval-{id}")
}

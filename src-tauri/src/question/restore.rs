//! Whether to put back what Claude Desktop's config lost.

use super::{Answer, Question, Weight, button, listed};
use crate::clock::Clock;
use control::{ClaudeView, Drift, LossView};
use lifecycle::WallTime;

/// None once nothing is adrift any more.
pub(super) fn question(claude: &ClaudeView, now: WallTime, clock: &Clock) -> Option<Question> {
    let adrift: Vec<&str> = claude
        .entries
        .iter()
        .filter(|entry| entry.drift != Drift::None)
        .map(|entry| entry.name.as_str())
        .collect();
    let kind = match adrift.as_slice() {
        [] => return None,
        [_] => "entry",
        _ => "entries",
    };
    Some(Question {
        title: format!("Put {kind} {} back?", listed(&adrift)),
        text: format!(
            "{}{}",
            happened(claude, &adrift, now, clock),
            when(claude, adrift.len())
        ),
        answers: vec![
            button(Answer::Leave, "Leave it", Weight::Safe),
            button(Answer::Restore, "Restore", Weight::Plain),
        ],
    })
}

/// When each was lost, as far as that is remembered.
fn happened(claude: &ClaudeView, adrift: &[&str], now: WallTime, clock: &Clock) -> String {
    let last = |name: &&str| claude.losses.iter().find(|loss| loss.entry == *name);
    let sentence = |loss: &LossView| {
        let done = match loss.drift {
            Drift::Changed => "changed",
            Drift::Lost | Drift::None => "gone",
        };
        let at = clock.minute(loss.at, now);
        format!("Entry {} was found {done} at {at}. ", loss.entry)
    };
    adrift.iter().filter_map(last).map(sentence).collect()
}

fn when(claude: &ClaudeView, count: usize) -> &'static str {
    match (claude.running, count) {
        (Some(false), 1) => "Claude Desktop is closed: Zoomtray writes it now.",
        (Some(false), _) => "Claude Desktop is closed: Zoomtray writes them now.",
        (_, 1) => "Zoomtray writes it once Claude Desktop is quit.",
        (_, _) => "Zoomtray writes them once Claude Desktop is quit.",
    }
}

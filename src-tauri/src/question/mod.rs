//! What the user is asked, and what can be answered: the words for window, menu and
//! notification. Pure.

mod removal;
pub mod restart;
mod restore;

use crate::clock::Clock;
use control::{RestartAnswer, Snapshot};
use lifecycle::WallTime;
use serde::{Deserialize, Serialize};

/// Something that the user chose in the menu and has not confirmed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// To disconnect Claude Desktop and remove everything of Zoomtray's.
    Removal,
    /// To put back what Claude Desktop lost.
    Restore,
}

/// A question as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The question itself.
    pub title: String,
    /// What it means.
    pub text: String,
    /// The answers, in the order of the buttons.
    pub answers: Vec<AnswerView>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerView {
    /// What it stands for.
    pub answer: Answer,
    /// What it says.
    pub text: &'static str,
    /// How it looks.
    pub weight: Weight,
    /// Whether it can be pressed.
    pub enabled: bool,
}

/// How much an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Changes nothing: it has the focus when a question appears that the user called for.
    Safe,
    /// Does something that can be undone.
    Plain,
    /// Deletes something.
    Danger,
}

/// What the user can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Take the question back.
    Leave,
    /// Remove everything.
    Remove,
    /// Put the lost entries back.
    Restore,
    /// Restart Claude Desktop.
    RestartNow,
    /// Write the token when Claude Desktop is quit.
    WhenQuit,
    /// No restart for this token.
    NotThisTime,
}

impl Answer {
    /// The answer to the question whether to restart Claude Desktop, if it is one.
    #[must_use]
    pub fn to_restart(self) -> Option<RestartAnswer> {
        match self {
            Self::RestartNow => Some(RestartAnswer::Now),
            Self::WhenQuit => Some(RestartAnswer::WhenQuit),
            Self::NotThisTime => Some(RestartAnswer::NotThisTime),
            Self::Leave | Self::Remove | Self::Restore => None,
        }
    }
}

/// The question to show: what the user called for comes before what the keeper asks.
#[must_use]
pub fn of(
    snapshot: &Snapshot,
    asking: Option<Asking>,
    now: WallTime,
    clock: &Clock,
) -> Option<Question> {
    match asking {
        Some(Asking::Removal) => Some(removal::question(&snapshot.claude)),
        Some(Asking::Restore) => restore::question(&snapshot.claude, now, clock),
        None => None,
    }
    .or_else(|| restart::question(&snapshot.claude))
}

fn button(answer: Answer, text: &'static str, weight: Weight) -> AnswerView {
    AnswerView {
        answer,
        text,
        weight,
        enabled: true,
    }
}

/// `zoom`, `rooms and zoom`, `a, b and c`.
pub(crate) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;

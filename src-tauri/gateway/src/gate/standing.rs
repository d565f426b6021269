//! What the gate shows of itself: the policy in force and the open questions.

use policy::{Governing, Ledger, QuestionId, QuestionState};
use std::path::PathBuf;

/// Most mistakes of a policy file that are told.
const MOST_MISTAKES: usize = 20;

/// What the gate shows of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateStanding {
    /// The policy.
    pub policy: PolicyState,
    /// The questions that can be answered, oldest first.
    pub questions: Vec<OpenQuestion>,
}

/// The policy file and what is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyState {
    /// Where the file is, or would be.
    pub path: PathBuf,
    /// What is in force.
    pub kind: PolicyKind,
    /// Counts the policies that came into force while this gate is open.
    pub revision: u64,
    /// What is wrong with the file, each with its line.
    pub mistakes: Vec<String>,
}

/// What is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// There is no file: every call is forwarded.
    Nothing,
    /// The file.
    File,
    /// The file has mistakes: what it said before.
    LastGood,
    /// The file has mistakes and nothing was there before: every call is denied.
    Broken,
}

/// A question that can be answered. Holds no argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Its number.
    pub id: QuestionId,
    /// The tool.
    pub tool: String,
    /// The entry that the call came through.
    pub entry: String,
    /// When it was asked, in milliseconds since the Unix epoch.
    pub asked_ms: i64,
    /// Until when the call waits, as `asked_ms`.
    pub until_ms: i64,
    /// Whether the call still waits.
    pub state: QuestionState,
}

impl GateStanding {
    pub(super) fn of(policy: PolicyState, ledger: &Ledger) -> Self {
        Self {
            policy,
            questions: open(ledger),
        }
    }
}

impl PolicyState {
    pub(super) fn of(path: PathBuf, governing: &Governing, revision: u64) -> Self {
        let (kind, mistakes) = match governing {
            Governing::Nothing => (PolicyKind::Nothing, &[][..]),
            Governing::File(_) => (PolicyKind::File, &[][..]),
            Governing::LastGood { mistakes, .. } => (PolicyKind::LastGood, &mistakes[..]),
            Governing::Broken { mistakes } => (PolicyKind::Broken, &mistakes[..]),
        };
        let mistakes = mistakes.iter().take(MOST_MISTAKES);
        Self {
            path,
            kind,
            revision,
            mistakes: mistakes.map(ToString::to_string).collect(),
        }
    }
}

pub(super) fn open(ledger: &Ledger) -> Vec<OpenQuestion> {
    let questions = ledger.questions();
    let open = questions.map(|question| OpenQuestion {
        id: question.id,
        tool: question.tool.clone(),
        entry: question.origin.entry.clone(),
        asked_ms: question.asked_ms,
        until_ms: question.until_ms,
        state: question.state(),
    });
    open.collect()
}

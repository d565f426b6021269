//! The policy in force and the questions to people, as a viewer sees them. Holds no argument.

use lifecycle::WallTime;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What stands between relayed calls and their servers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GateView {
    /// The policy.
    pub policy: PolicyView,
    /// The questions that can be answered, oldest first.
    pub questions: Vec<QuestionView>,
}

/// The policy file and what is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyView {
    /// Where the file is, or would be.
    pub path: PathBuf,
    /// What is in force.
    pub in_force: PolicyInForce,
    /// What is wrong with the file, each with its line.
    pub mistakes: Vec<String>,
}

/// What is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyInForce {
    /// There is no file: every call is forwarded.
    #[default]
    Nothing,
    /// The file.
    File,
    /// The file has mistakes: what it said before.
    LastGood,
    /// The file has mistakes and never had none: every call is denied.
    Broken,
}

/// A question to a person: may this call be forwarded?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Its number, six digits when it is shown.
    pub id: u32,
    /// The tool.
    pub tool: String,
    /// The entry that the call came through.
    pub entry: String,
    /// When it was asked.
    pub asked_at: WallTime,
    /// Until when the call waits.
    pub until: WallTime,
    /// Whether the call still waits. Afterwards an answer holds for the identical call.
    pub waits: bool,
}

//! What the calls about policy, questions and tools answer.

use lifecycle::WallTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a question asks about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedCall {
    /// The place in the policy file that wants the question.
    pub rule: String,
    /// The arguments, with what looks secret masked.
    pub arguments: Value,
}

/// A person's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalAnswer {
    /// This call, once.
    AllowOnce,
    /// Not this call.
    Deny,
}

/// What an answer did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answered {
    /// The waiting call is forwarded.
    Forwarded,
    /// The waiting call is denied.
    Denied {
        /// With these words.
        words: String,
    },
    /// The call had timed out; the identical one is forwarded until then.
    Kept {
        /// Until then.
        until: WallTime,
    },
    /// The call had timed out, and that is that.
    Closed,
}

/// What would become of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// What would become of it.
    pub decision: ExplainedDecision,
    /// The place in the policy file that decides; empty for the file as a whole, none without a
    /// file.
    pub rule: Option<String>,
    /// The same in words.
    pub words: String,
}

/// What would become of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExplainedDecision {
    /// It would be forwarded.
    Forward,
    /// A person would be asked.
    Ask,
    /// It would be denied.
    Deny,
}

/// The servers that can be relayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Servers {
    /// Each, by name.
    pub servers: Vec<ServerEntry>,
}

/// A server that can be relayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerEntry {
    /// The entry's name.
    pub name: String,
    /// Whether it is the bundled server.
    pub bundled: bool,
}

/// The tools of one entry, as its server last told them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownTools {
    /// None if the server was not asked while this keeper runs.
    pub tools: Option<Vec<ToolView>>,
}

/// One tool and what is in force for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolView {
    /// Its name.
    pub name: String,
    /// What a call of it may do.
    pub risk: ToolRisk,
    /// How that is known: `annotations`, `name (WORD)` or `unknown`.
    pub risk_from: String,
    /// What the policy says of it.
    pub decision: ToolDecision,
    /// The place in the policy file that says so; none without a file.
    pub rule: Option<String>,
}

/// What a call of a tool may do, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolRisk {
    /// Changes nothing.
    Read,
    /// Makes or changes things.
    Write,
    /// Makes something happen.
    Execute,
    /// Takes things away.
    Destructive,
}

/// What is in force for a tool, whatever it is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolDecision {
    /// Every call, up to the limits.
    Allowed,
    /// Calls with certain arguments, up to the limits.
    Conditional,
    /// Calls that a person allows, up to the limits.
    Approval,
    /// No call, although clients see the tool.
    Denied,
    /// No call, and clients do not see it.
    Hidden,
}

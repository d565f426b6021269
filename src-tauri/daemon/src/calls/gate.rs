//! What people ask of the gate: questions and their answers, and what the policy says.

use crate::core::Core;
use crate::relays::RelayedEntry;
use claude::sounds_secret;
use control::{
    AnswerApproval, Answered, ApprovalAnswer, AskedCall, ExplainCall, Explained, ExplainedDecision,
    Failure, FailureKind, GetAskedCall, GetKnownTools, KnownTools, ListServers, ServerEntry,
    Servers, ToolDecision, ToolRisk, ToolView, answered,
};
use gateway::{Answering, ToolStanding};
use lifecycle::WallTime;
use policy::{Answer, Arguments, Call, Explanation, Origin, Pointer, QuestionId, Risk, Standing};
use serde_json::Value;

/// What a question asks about.
pub(crate) fn asked_call(core: &Core, call: &GetAskedCall) -> Result<Value, Failure> {
    let asked = core.gate.asked(QuestionId(call.id), &sounds_secret);
    let (rule, arguments) = asked.ok_or_else(|| unknown(call.id))?;
    answered::<GetAskedCall>(&AskedCall {
        rule: rule.to_string(),
        arguments,
    })
}

/// Answers a question.
pub(crate) fn answer(core: &Core, call: &AnswerApproval) -> Result<Value, Failure> {
    let answer = match call.answer {
        ApprovalAnswer::AllowOnce => Answer::Allow,
        ApprovalAnswer::Deny => Answer::Deny,
    };
    answered::<AnswerApproval>(&match core.gate.answer(QuestionId(call.id), answer) {
        Answering::Forwarded => Answered::Forwarded,
        Answering::Denied(denial) => Answered::Denied {
            words: denial.to_string(),
        },
        Answering::Kept(until_ms) => Answered::Kept {
            until: WallTime(until_ms),
        },
        Answering::Closed => Answered::Closed,
        Answering::Unknown => return Err(unknown(call.id)),
    })
}

fn unknown(id: u32) -> Failure {
    let message = format!(
        "No call waits under the number {}: it was answered, taken back, or timed out over five \
         minutes ago. `zoomtrayctl approvals` lists those that wait.",
        QuestionId(id)
    );
    Failure::new(FailureKind::UnknownQuestion, message)
}

/// Says what would become of a call.
pub(crate) fn explain(core: &Core, call: ExplainCall) -> Result<Value, Failure> {
    let origin = Origin {
        session: String::new(),
        entry: call.entry,
        account: core.relays.account().unwrap_or_default(),
    };
    let explanation = core.gate.explain(&Call {
        origin: &origin,
        tool: &call.tool,
        arguments: &Arguments::read(call.arguments.as_deref()),
    });
    answered::<ExplainCall>(&Explained {
        decision: match explanation {
            Explanation::Forward { .. } => ExplainedDecision::Forward,
            Explanation::Ask { .. } => ExplainedDecision::Ask,
            Explanation::Deny(_) => ExplainedDecision::Deny,
        },
        rule: explanation.rule().map(Pointer::to_string),
        words: explanation.to_string(),
    })
}

/// The servers that can be relayed.
pub(crate) fn servers(core: &Core) -> Result<Value, Failure> {
    let entries = core.relays.entries().into_iter();
    let servers = entries.map(|RelayedEntry { name, bundled }| ServerEntry { name, bundled });
    answered::<ListServers>(&Servers {
        servers: servers.collect(),
    })
}

/// The tools of an entry.
pub(crate) fn known_tools(core: &Core, call: &GetKnownTools) -> Result<Value, Failure> {
    let tools = core.gate.tools(&call.entry);
    answered::<GetKnownTools>(&KnownTools {
        tools: tools.map(|tools| tools.into_iter().map(tool_view).collect()),
    })
}

fn tool_view(tool: ToolStanding) -> ToolView {
    ToolView {
        name: tool.name,
        risk: match tool.class.risk {
            Risk::Read => ToolRisk::Read,
            Risk::Write => ToolRisk::Write,
            Risk::Execute => ToolRisk::Execute,
            Risk::Destructive => ToolRisk::Destructive,
        },
        risk_from: tool.class.source.to_string(),
        decision: match tool.standing {
            Standing::Allowed => ToolDecision::Allowed,
            Standing::Conditional => ToolDecision::Conditional,
            Standing::Approval => ToolDecision::Approval,
            Standing::Denied => ToolDecision::Denied,
            Standing::Hidden => ToolDecision::Hidden,
        },
        rule: tool.rule.as_ref().map(Pointer::to_string),
    }
}

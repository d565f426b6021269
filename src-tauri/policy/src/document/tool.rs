//! The rules of one tool.

use super::conditions::conditions;
use super::fields::{Fields, Report, whole};
use super::limits;
use crate::mistake::Problem;
use crate::pointer::Pointer;
use crate::rules::{Approval, Denied, Tool};
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;

/// How long a person has, unless the rule says less. Claude Desktop gives up on a call after a
/// minute; the answer must be there before.
pub(crate) const APPROVAL_TIMEOUT_S: u64 = 50;

/// What the `action` of a tool says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Allow,
    Deny,
    RequireApproval,
}

/// The tools listed in the file.
pub(super) fn tools(report: &mut Report, file: &Fields<'_>) -> HashMap<String, Tool> {
    let mut tools = HashMap::new();
    let Some((place, value)) = file.get("tools") else {
        return tools;
    };
    let Some(listed) = value.as_object() else {
        report.none(&place, "an object with a tool's rules by its name", value);
        return tools;
    };
    for (name, rules) in listed {
        let place = place.child(name);
        if name == "*" {
            report.add(&place, Problem::Wildcard);
        }
        tools.extend(tool(report, &place, rules).map(|tool| (name.clone(), tool)));
    }
    tools
}

fn tool(report: &mut Report, place: &Pointer, value: &Value) -> Option<Tool> {
    let known = &[
        "action",
        "reason",
        "require",
        "deny_if",
        "limits",
        "rate_limit",
        "approval",
    ];
    let fields = Fields::of(report, place, value, known)?;
    let action = action(report, &fields);
    Some(Tool {
        rule: place.clone(),
        denied: denied(report, &fields, action.as_ref()),
        require: conditions(report, &fields, "require"),
        deny_if: conditions(report, &fields, "deny_if"),
        limits: limits::of_holder(report, &fields),
        approval: approval(report, &fields, action),
    })
}

fn action(report: &mut Report, fields: &Fields<'_>) -> Option<(Action, Pointer)> {
    let (place, value) = fields.get("action")?;
    let action = match value.as_str() {
        Some("allow") => Action::Allow,
        Some("deny") => Action::Deny,
        Some("require_approval") => Action::RequireApproval,
        _ => {
            let wanted = "\"allow\", \"deny\" or \"require_approval\"";
            return report.wrong(&place, wanted, value);
        }
    };
    if let (Action::Allow, Some((approval, _))) = (action, fields.get("approval")) {
        let other = approval;
        report.add(&place, Problem::Contradicts { other });
    }
    Some((action, place))
}

fn denied(
    report: &mut Report,
    fields: &Fields<'_>,
    action: Option<&(Action, Pointer)>,
) -> Option<Denied> {
    let reason = fields.text(report, "reason").map(str::to_owned);
    if let Some((Action::Deny, rule)) = action {
        let rule = rule.clone();
        return Some(Denied { rule, reason });
    }
    if let Some((place, _)) = fields.get("reason") {
        report.add(&place, Problem::UntoldReason);
    }
    None
}

/// `approval`, or else an `action` that asks for it.
fn approval(
    report: &mut Report,
    fields: &Fields<'_>,
    action: Option<(Action, Pointer)>,
) -> Option<Approval> {
    let timeout = Duration::from_secs(APPROVAL_TIMEOUT_S);
    let Some((rule, value)) = fields.get("approval") else {
        let (_, rule) = action.filter(|(action, _)| *action == Action::RequireApproval)?;
        return Some(Approval { rule, timeout });
    };
    let inner = Fields::of(report, &rule, value, &["timeout_s"])?;
    let Some((place, value)) = inner.get("timeout_s") else {
        return Some(Approval { rule, timeout });
    };
    let Some(seconds) = whole(value, 1, APPROVAL_TIMEOUT_S) else {
        return report.wrong(&place, "a whole number of seconds from 1 to 50", value);
    };
    let timeout = Duration::from_secs(seconds);
    Some(Approval { rule, timeout })
}

//! What a policy file says, and what that means for a call before anything is counted.

use crate::arguments::{Arguments, Unclear};
use crate::call::Call;
use crate::denial::{Cause, Denial};
use crate::limit::Limit;
use crate::pointer::Pointer;
use crate::predicate::{Predicate, Truth};
use std::collections::HashMap;
use std::time::Duration;

/// What a policy file without mistakes says.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) unlisted: Unlisted,
    pub(crate) hidden: Hidden,
    /// Limits over the calls of all tools.
    pub(crate) limits: Vec<Limit>,
    pub(crate) tools: HashMap<String, Tool>,
}

/// What holds for tools that are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unlisted {
    Allowed,
    Denied,
}

/// Which tools are hidden, each with the place that says so.
#[derive(Clone, Debug)]
pub(crate) enum Hidden {
    All(Pointer),
    Named(HashMap<String, Pointer>),
}

/// The rules of one tool.
#[derive(Clone, Debug)]
pub(crate) struct Tool {
    /// Its place in the file.
    pub(crate) rule: Pointer,
    pub(crate) denied: Option<Denied>,
    pub(crate) require: Vec<Predicate>,
    pub(crate) deny_if: Vec<Predicate>,
    pub(crate) limits: Vec<Limit>,
    pub(crate) approval: Option<Approval>,
}

/// An `action` that is `deny`.
#[derive(Clone, Debug)]
pub(crate) struct Denied {
    pub(crate) rule: Pointer,
    pub(crate) reason: Option<String>,
}

/// A person must allow each call.
#[derive(Clone, Debug)]
pub(crate) struct Approval {
    pub(crate) rule: Pointer,
    /// How long the person has.
    pub(crate) timeout: Duration,
}

/// On what terms a call may be forwarded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms<'p> {
    /// The place that lets it through; none if there is no file.
    pub(crate) rule: Option<Pointer>,
    /// The tool's own limits first.
    pub(crate) limits: Vec<&'p Limit>,
    pub(crate) approval: Option<&'p Approval>,
}

impl Policy {
    /// The place that hides the tool, if it is hidden.
    pub(crate) fn hides(&self, tool: &str) -> Option<&Pointer> {
        match &self.hidden {
            Hidden::All(rule) => Some(rule),
            Hidden::Named(names) => names.get(tool),
        }
    }

    /// Whether any tool is hidden.
    pub(crate) fn hides_any(&self) -> bool {
        match &self.hidden {
            Hidden::All(_) => true,
            Hidden::Named(names) => !names.is_empty(),
        }
    }

    /// What the rules say of a call, up to its limits.
    pub(crate) fn check(&self, call: &Call<'_>) -> Result<Terms<'_>, Denial> {
        if let Some(rule) = self.hides(call.tool) {
            return Err(hidden(rule, call.tool));
        }
        let Some(tool) = self.tools.get(call.tool) else {
            return self.check_unlisted(call.tool);
        };
        tool.check(call)?;
        Ok(Terms {
            rule: Some(tool.rule.clone()),
            limits: tool.limits.iter().chain(&self.limits).collect(),
            approval: tool.approval.as_ref(),
        })
    }

    fn check_unlisted(&self, tool: &str) -> Result<Terms<'_>, Denial> {
        let rule = Self::rule_of_unlisted();
        match self.unlisted {
            Unlisted::Denied => {
                let reason = format!(
                    "The policy does not list the tool {tool}. List it under \"tools\" to allow it."
                );
                Err(Denial::new(&rule, Cause::Unlisted, reason))
            }
            Unlisted::Allowed => Ok(Terms {
                rule: Some(rule),
                limits: self.limits.iter().collect(),
                approval: None,
            }),
        }
    }

    /// The place that says what holds for tools that are not listed.
    pub(crate) fn rule_of_unlisted() -> Pointer {
        Pointer::default().child("default")
    }
}

impl Tool {
    /// Whether it matters what a call says.
    pub(crate) fn has_conditions(&self) -> bool {
        !self.require.is_empty() || !self.deny_if.is_empty()
    }

    fn check(&self, call: &Call<'_>) -> Result<(), Denial> {
        if let Some(denied) = &self.denied {
            return Err(denied.denial(call.tool));
        }
        if self.has_conditions() || self.approval.is_some() {
            self.check_clear(call.arguments)?;
        }
        for predicate in &self.require {
            if predicate.judge(call.arguments) != Truth::Holds {
                let reason = predicate.required();
                return Err(Denial::new(&predicate.rule, Cause::Require, reason));
            }
        }
        for predicate in &self.deny_if {
            let truth = predicate.judge(call.arguments);
            if truth != Truth::Fails {
                let reason = predicate.forbidden(truth);
                return Err(Denial::new(&predicate.rule, Cause::DenyIf, reason));
            }
        }
        Ok(())
    }

    fn check_clear(&self, arguments: &Arguments) -> Result<(), Denial> {
        let reason = match &arguments.unclear {
            None => return Ok(()),
            Some(Unclear::Duplicate(place)) => {
                format!("The argument at {place} is given more than once. Give it once.")
            }
            Some(Unclear::Variant(place)) => format!(
                "The argument at {place} is given in another upper and lower case too. Give it once."
            ),
            Some(Unclear::NotAnObject) => {
                "The arguments are no JSON object. Give them as one.".to_owned()
            }
            Some(Unclear::Unreadable) => {
                "The arguments are nested too deep or hold a number too large. Give simpler ones."
                    .to_owned()
            }
        };
        Err(Denial::new(&self.rule, Cause::Unclear, reason))
    }
}

impl Denied {
    fn denial(&self, tool: &str) -> Denial {
        let told = || format!("Calls of the tool {tool} are not allowed.");
        let reason = self.reason.clone().unwrap_or_else(told);
        Denial::new(&self.rule, Cause::Action, reason)
    }
}

fn hidden(rule: &Pointer, tool: &str) -> Denial {
    let reason = format!("The tool {tool} is hidden.");
    Denial::new(rule, Cause::Hidden, reason)
}

//! Which policy is in force.

use crate::call::Call;
use crate::denial::{Cause, Denial};
use crate::mistake::{Mistake, Problem};
use crate::pointer::Pointer;
use crate::rules::{Policy, Terms, Unlisted};

/// What is where the policy file is expected.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// No file.
    Missing,
    /// Its bytes.
    Bytes(&'a [u8]),
    /// A file that cannot be read, in the system's words.
    Unreadable(&'a str),
}

/// What governs calls.
#[derive(Clone, Debug)]
pub enum Governing {
    /// There is no file: every call is forwarded.
    Nothing,
    /// The file as it is.
    File(Policy),
    /// The file has mistakes: what it said last without any is still in force.
    LastGood {
        /// What it said.
        policy: Policy,
        /// In the file as it is; at least one.
        mistakes: Vec<Mistake>,
    },
    /// The file has mistakes and never had none: every call is denied.
    Broken {
        /// At least one.
        mistakes: Vec<Mistake>,
    },
}

/// What the policy in force means for a tool, whatever it is called with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
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

impl Governing {
    /// What governs if `found` is there and `last_good` was the last file without mistakes.
    #[must_use]
    pub fn of(found: Found<'_>, last_good: Option<Policy>) -> Self {
        let mistakes = match found {
            Found::Missing => return Self::Nothing,
            Found::Bytes(bytes) => match Policy::parse(bytes) {
                Ok(policy) => return Self::File(policy),
                Err(mistakes) => mistakes,
            },
            Found::Unreadable(why) => vec![unreadable(why)],
        };
        match last_good {
            Some(policy) => Self::LastGood { policy, mistakes },
            None => Self::Broken { mistakes },
        }
    }

    /// What governs after this, now that the file changed and by itself would mean `alone`.
    #[must_use]
    pub fn then(self, alone: Self) -> Self {
        match (self, alone) {
            (Self::File(policy) | Self::LastGood { policy, .. }, Self::Broken { mistakes }) => {
                Self::LastGood { policy, mistakes }
            }
            (_, alone) => alone,
        }
    }

    /// The place that hides a tool from clients, if one does.
    #[must_use]
    pub fn hides(&self, tool: &str) -> Option<&Pointer> {
        self.policy().and_then(|policy| policy.hides(tool))
    }

    /// Whether it hides any tool from clients.
    #[must_use]
    pub fn hides_any(&self) -> bool {
        self.policy().is_some_and(Policy::hides_any)
    }

    /// What is in force for a tool, and the place that says so; none if there is none.
    #[must_use]
    pub fn standing(&self, tool: &str) -> (Standing, Option<Pointer>) {
        match self {
            Self::Nothing => (Standing::Allowed, None),
            Self::File(policy) | Self::LastGood { policy, .. } => policy.standing(tool),
            Self::Broken { mistakes } => (Standing::Denied, first(mistakes)),
        }
    }

    /// What the rules say of a call, up to its limits.
    pub(crate) fn check(&self, call: &Call<'_>) -> Result<Terms<'_>, Denial> {
        match self {
            Self::Nothing => Ok(Terms::default()),
            Self::File(policy) | Self::LastGood { policy, .. } => policy.check(call),
            Self::Broken { mistakes } => Err(broken(mistakes)),
        }
    }

    fn policy(&self) -> Option<&Policy> {
        match self {
            Self::File(policy) | Self::LastGood { policy, .. } => Some(policy),
            Self::Nothing | Self::Broken { .. } => None,
        }
    }
}

impl Policy {
    fn standing(&self, name: &str) -> (Standing, Option<Pointer>) {
        if let Some(rule) = self.hides(name) {
            return (Standing::Hidden, Some(rule.clone()));
        }
        let Some(tool) = self.tools.get(name) else {
            let standing = match self.unlisted {
                Unlisted::Allowed => Standing::Allowed,
                Unlisted::Denied => Standing::Denied,
            };
            return (standing, Some(Self::rule_of_unlisted()));
        };
        let (standing, rule) = match (&tool.denied, &tool.approval) {
            (Some(denied), _) => (Standing::Denied, &denied.rule),
            (None, Some(approval)) => (Standing::Approval, &approval.rule),
            (None, None) if tool.has_conditions() => (Standing::Conditional, &tool.rule),
            (None, None) => (Standing::Allowed, &tool.rule),
        };
        (standing, Some(rule.clone()))
    }
}

fn unreadable(why: &str) -> Mistake {
    Mistake {
        pointer: Pointer::default(),
        line: None,
        problem: Problem::Unreadable {
            why: why.to_owned(),
        },
    }
}

fn first(mistakes: &[Mistake]) -> Option<Pointer> {
    mistakes.first().map(|mistake| mistake.pointer.clone())
}

fn broken(mistakes: &[Mistake]) -> Denial {
    let rule = first(mistakes).unwrap_or_default();
    let first = mistakes.first().map(Mistake::to_string).unwrap_or_default();
    let reason =
        format!("The policy file has a mistake, so every call is denied. Correct it: {first}.");
    Denial::new(&rule, Cause::Broken, reason)
}

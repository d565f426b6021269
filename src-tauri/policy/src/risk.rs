//! How risky a tool is, by what its server says of it or else by its name.

mod verbs;

use std::fmt;
use verbs::by_name;

/// What a call of a tool may do, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// Changes nothing.
    Read,
    /// Makes or changes things.
    Write,
    /// Makes something happen.
    Execute,
    /// Takes things away.
    Destructive,
}

/// A tool's `annotations`, as far as risk goes. Absent is not the same as `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `readOnlyHint`.
    pub read_only: Option<bool>,
    /// `destructiveHint`.
    pub destructive: Option<bool>,
}

/// A tool's risk and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskClass {
    /// The risk.
    pub risk: Risk,
    /// How it is known.
    pub source: RiskSource,
}

/// How a risk is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskSource {
    /// The server says so.
    Annotations,
    /// The name has this word.
    Name(&'static str),
    /// By nothing: neither tells.
    Unknown,
}

impl RiskClass {
    /// The class of a tool. Where the annotations say that it changes something but not how, the
    /// name may make it riskier; where neither says anything it is taken to execute.
    #[must_use]
    pub fn of(tool: &str, hints: Hints) -> Self {
        let annotated = |risk| Self {
            risk,
            source: RiskSource::Annotations,
        };
        let named = by_name(tool);
        match (hints.read_only, hints.destructive) {
            (Some(true), _) => annotated(Risk::Read),
            (_, Some(true)) => annotated(Risk::Destructive),
            (Some(false), Some(false)) => annotated(Risk::Write),
            (Some(false), None) => named
                .filter(|class| class.risk > Risk::Write)
                .unwrap_or(annotated(Risk::Write)),
            (None, Some(false)) => named
                .filter(|class| class.risk < Risk::Destructive)
                .unwrap_or(annotated(Risk::Write)),
            (None, None) => named.unwrap_or(Self {
                risk: Risk::Execute,
                source: RiskSource::Unknown,
            }),
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Execute => "execute",
            Self::Destructive => "destructive",
        })
    }
}

impl fmt::Display for RiskSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Annotations => formatter.write_str("annotations"),
            Self::Name(word) => write!(formatter, "name ({word})"),
            Self::Unknown => formatter.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(tool: &str, read_only: Option<bool>, destructive: Option<bool>) -> RiskClass {
        let hints = Hints {
            read_only,
            destructive,
        };
        RiskClass::of(tool, hints)
    }

    #[test]
    fn annotations_come_before_the_name() {
        use Risk::{Destructive, Read, Write};
        for (read_only, destructive, risk) in [
            (Some(true), None, Read),
            (Some(true), Some(true), Read),
            (Some(false), Some(true), Destructive),
            (None, Some(true), Destructive),
            (Some(false), Some(false), Write),
        ] {
            for tool in ["delete_meeting", "get_meeting", "zz"] {
                let class = class(tool, read_only, destructive);
                assert_eq!(class.risk, risk, "{tool} {read_only:?} {destructive:?}");
                assert_eq!(class.source, RiskSource::Annotations);
            }
        }
    }

    #[test]
    fn the_name_tells_what_the_annotations_leave_open() {
        for (tool, read_only, destructive, risk, source) in [
            (
                "delete_it",
                Some(false),
                None,
                Risk::Destructive,
                RiskSource::Name("delete"),
            ),
            (
                "get_it",
                Some(false),
                None,
                Risk::Write,
                RiskSource::Annotations,
            ),
            (
                "get_it",
                None,
                Some(false),
                Risk::Read,
                RiskSource::Name("get"),
            ),
            (
                "delete_it",
                None,
                Some(false),
                Risk::Write,
                RiskSource::Annotations,
            ),
            ("zz", None, None, Risk::Execute, RiskSource::Unknown),
        ] {
            let expected = RiskClass { risk, source };
            assert_eq!(class(tool, read_only, destructive), expected, "{tool}");
        }
    }

    #[test]
    fn the_source_is_told_in_words() {
        let class = class("list_users", None, None);
        assert_eq!(
            format!("{} by {}", class.risk, class.source),
            "read by name (list)"
        );
    }
}

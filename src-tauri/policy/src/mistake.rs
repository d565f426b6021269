//! What can be wrong with a policy file, each with its place.

use crate::pointer::Pointer;
use std::fmt;
use thiserror::Error;

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Mistake {
    /// Where; empty for the whole document.
    pub pointer: Pointer,
    /// From 1; none if the file could not be read.
    pub line: Option<usize>,
    /// What is wrong there, and what helps.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The file is there and cannot be read.
    #[error("it cannot be read ({why}); make it readable, or delete it to forward every call")]
    Unreadable {
        /// The system's words.
        why: String,
    },
    /// Three bytes EF BB BF come first.
    #[error("it starts with a byte order mark; save it as UTF-8 without BOM")]
    Bom,
    /// Not UTF-8.
    #[error("it is not UTF-8 from byte {offset} on; save it as UTF-8")]
    NotUtf8 {
        /// Where the first bad byte is, from 0.
        offset: usize,
    },
    /// Not strict JSON.
    #[error("it is not JSON at column {column} ({why}); correct it there")]
    NotJson {
        /// From 1, in bytes; 0 at the very start of a line.
        column: usize,
        /// The parser's words.
        why: String,
    },
    /// A key that stands there more than once.
    #[error("it is there more than once; delete all but one")]
    Duplicate,
    /// A key that nothing reads.
    #[error("there is no such key; here are known: {known}")]
    Unknown {
        /// The keys that are known there.
        known: String,
    },
    /// A key that must be there.
    #[error("it is missing; write {wanted}")]
    Missing {
        /// What it must be.
        wanted: &'static str,
    },
    /// A value that cannot be used.
    #[error("it must be {wanted}, not {found}")]
    Wrong {
        /// What it must be.
        wanted: &'static str,
        /// What stands there, shortened.
        found: String,
    },
    /// A regular expression that cannot be used.
    #[error("it is no regular expression that can be used: {why}")]
    Regex {
        /// The parser's words.
        why: String,
    },
    /// A path that leads to no argument.
    #[error("it must lead to an argument, as args.topic or args.settings.audio does, not {found}")]
    Path {
        /// What stands there.
        found: String,
    },
    /// Two limits that would share one count.
    #[error("{first} counts the same; give this one another counter, window or scope")]
    SameCount {
        /// The limit before it.
        first: Pointer,
    },
    /// Two keys that say opposite things.
    #[error("{other} says otherwise; delete one of the two")]
    Contradicts {
        /// The other key.
        other: Pointer,
    },
    /// A reason that nobody would be told.
    #[error("it is told only where \"action\" is \"deny\"; delete it, or use on_deny in a rule")]
    UntoldReason,
    /// A tool named `*`.
    #[error("a tool's rules name one tool; use all_tools for limits, default for tools not listed")]
    Wildcard,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!("line {line}"));
        let pointer = Some(self.pointer.to_string()).filter(|pointer| !pointer.is_empty());
        let place: Vec<_> = line.into_iter().chain(pointer).collect();
        if place.is_empty() {
            write!(formatter, "{}", self.problem)
        } else {
            write!(formatter, "{}: {}", place.join(", "), self.problem)
        }
    }
}

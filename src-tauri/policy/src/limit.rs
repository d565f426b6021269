//! Limits: how many calls in how long, and of whom.

use crate::call::Origin;
use crate::pointer::Pointer;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Most calls a limit may allow: each is remembered for as long as its window.
pub(crate) const MOST_CALLS: usize = 100_000;

/// Longest window: 30 days.
pub(crate) const LONGEST_WINDOW_S: u64 = 30 * 24 * 3600;

/// A limit.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    /// Its place in the file.
    pub(crate) rule: Pointer,
    /// What it counts.
    pub(crate) name: Arc<CounterName>,
    /// Most calls in any stretch as long as the window.
    pub(crate) max: usize,
}

/// What a count is kept under, whatever its limit allows and wherever in the list it stands: an
/// edit of the file keeps the count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CounterName {
    /// `/all_tools`, or `/tools/NAME` as a JSON pointer.
    pub holder: String,
    /// The limit's `counter`; `rate_limit` for one of those.
    pub counter: String,
    /// Length of the window in seconds.
    pub window_s: u64,
    /// Of whom calls are counted together.
    pub scope: Scope,
}

/// Of whom calls are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One relay's session.
    Session,
    /// One entry, over all its sessions.
    Grant,
    /// One Zoom account, over all entries that use it.
    Account,
    /// Everybody.
    Global,
}

impl CounterName {
    /// Length of the window in milliseconds.
    pub(crate) fn window_ms(&self) -> i64 {
        i64::try_from(self.window_s.min(LONGEST_WINDOW_S)).unwrap_or(i64::MAX / 1000) * 1000
    }
}

impl Scope {
    /// Whom of `origin` the scope counts.
    pub(crate) fn subject(self, origin: &Origin) -> &str {
        match self {
            Self::Session => &origin.session,
            Self::Grant => &origin.entry,
            Self::Account => &origin.account,
            Self::Global => "",
        }
    }
}

impl fmt::Display for Limit {
    /// As a subject: `10 calls a minute in this session`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = if self.max == 1 { "call" } else { "calls" };
        let window = match self.name.window_s {
            60 => "a minute".to_owned(),
            3600 => "an hour".to_owned(),
            86_400 => "a day".to_owned(),
            1 => "a second".to_owned(),
            seconds => format!("in {seconds} s"),
        };
        let scope = match self.name.scope {
            Scope::Session => "in one session",
            Scope::Grant => "through one entry",
            Scope::Account => "with one account",
            Scope::Global => "in all",
        };
        write!(formatter, "{} {calls} {window} {scope}", self.max)
    }
}

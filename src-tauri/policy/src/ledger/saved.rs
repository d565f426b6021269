//! Counts from process to process, in wall times.

use crate::limit::CounterName;
use serde::{Deserialize, Serialize};

/// What limits have counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCounters {
    /// One for each limit and subject that has counted anything.
    pub counters: Vec<SavedCounter>,
}

/// What one limit has counted for one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCounter {
    /// The limit.
    #[serde(flatten)]
    pub name: CounterName,
    /// The session, entry or account; empty for all.
    pub subject: String,
    /// When each call was forwarded, in milliseconds since the Unix epoch.
    pub calls: Vec<i64>,
}

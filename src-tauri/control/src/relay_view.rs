//! The relays that are connected, as a viewer sees them.

use lifecycle::WallTime;
use serde::{Deserialize, Serialize};

/// One client's session with one entry's server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayView {
    /// The entry.
    pub entry: String,
    /// Since when.
    pub since: WallTime,
    /// The server behind it.
    pub server: RelayedServer,
    /// Which generation of MCP the client speaks, once it has said so.
    pub era: Option<RelayEra>,
    /// Calls of tools that were forwarded.
    pub calls: u64,
    /// Whether the server is the bundled one.
    pub bundled: bool,
}

/// The server behind a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RelayedServer {
    /// Started, and not ready yet.
    Starting,
    /// It takes requests.
    Serving,
    /// It ended by itself, and is started again after a wait.
    Down {
        /// How often in a row.
        failures: u32,
    },
}

/// A generation of MCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelayEra {
    /// Up to 2025-11-25: a session begins with `initialize`.
    Legacy,
    /// From 2026-07-28: every request stands for itself.
    Modern,
}

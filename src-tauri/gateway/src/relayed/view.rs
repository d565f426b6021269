//! A session as a viewer sees it.

use lifecycle::WallTime;
use session::Era;

/// One relay's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// The entry.
    pub entry: String,
    /// Since when.
    pub since: WallTime,
    /// The server behind it.
    pub server: ServerState,
    /// Which generation of MCP the client speaks, as far as it is known.
    pub era: Era,
    /// Calls of tools that were let through.
    pub calls: u64,
    /// Whether the server is the bundled one.
    pub bundled: bool,
}

/// The server behind a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerState {
    /// Not ready yet.
    Starting,
    /// It takes requests.
    Serving,
    /// It ended by itself so often in a row, and is started again after a wait.
    Down {
        /// How often.
        failures: u32,
    },
}

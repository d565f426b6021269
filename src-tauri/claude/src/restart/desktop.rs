//! What a restart asks of Claude's processes: the one boundary that its tests replace.

use crate::platform::Platform;
use crate::process::{Claude, Gone, Origin, Quit, Started};
use std::time::Duration;

/// Claude, as a restart deals with it.
pub(super) trait Desktop {
    /// Asks it to quit.
    async fn quit(&self) -> Quit;
    /// Whether a second way to ask is left if the first has no effect.
    fn can_insist(&self) -> bool;
    /// Asks in the second way.
    fn insist(&self) -> Quit;
    /// Ends it.
    fn end_by_force(&self) -> Quit;
    /// Waits until the user has quit the main processes `asked`; false if not within `limit`.
    async fn wait_quit(&self, asked: &[u32], limit: Duration) -> bool;
    /// Waits until nothing of it is left.
    async fn wait_gone(&self, asked: &[u32], limit: Duration) -> Gone;
    /// Its main process, if it runs.
    fn main_pid(&self) -> Option<u32>;
    /// Starts it as it was started before.
    async fn start(&self, origin: &Origin, limit: Duration) -> Started;
}

impl Desktop for Claude {
    async fn quit(&self) -> Quit {
        Self::quit(self).await
    }

    fn can_insist(&self) -> bool {
        Platform::current() == Platform::MacOs
    }

    fn insist(&self) -> Quit {
        self.signal()
    }

    fn end_by_force(&self) -> Quit {
        Self::end_by_force(self)
    }

    async fn wait_quit(&self, asked: &[u32], limit: Duration) -> bool {
        Self::wait_quit(self, asked, limit).await
    }

    async fn wait_gone(&self, asked: &[u32], limit: Duration) -> Gone {
        Self::wait_gone(self, asked, limit).await
    }

    fn main_pid(&self) -> Option<u32> {
        Self::main_pid(self)
    }

    async fn start(&self, origin: &Origin, limit: Duration) -> Started {
        Self::start(self, origin, limit).await
    }
}

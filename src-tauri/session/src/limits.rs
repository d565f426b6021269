//! How long things may take and how much is kept: every number of this crate, with its reason.

use std::time::Duration;

/// The longest message: 16 MiB, where rmcp and other peers stop reading.
pub const LONGEST_MESSAGE: usize = 16 * 1024 * 1024;
/// The longest id or progress token. Clients count or use UUIDs.
pub const LONGEST_ID: usize = 1024;
/// Requests of the client that may be unanswered at once, and requests of the servers.
pub const MOST_REQUESTS: usize = 1024;
/// Bytes of held messages from which the client is not read any further.
pub const MOST_HELD: usize = 2 * LONGEST_MESSAGE;
/// Messages in one batch (revision 2025-03-26 only).
pub const MOST_IN_BATCH: usize = 1000;
/// Live resource subscriptions, open listens, unfinished tasks: each.
pub const MOST_KEPT: usize = 256;
/// The longest subscription or listen that is kept to be sent to the next child.
pub const LONGEST_KEPT: usize = 64 * 1024;
/// The longest result kept in a [`crate::Handshake`]: a large tool list is about 200 KiB.
pub const LONGEST_RESULT: usize = 1024 * 1024;
/// Children that end their work behind the current one.
pub const MOST_DRAINING: usize = 2;

/// A call waits this long for a token or a server: well below Claude's shortest limit of 60 s.
pub const CALL_PATIENCE: Duration = Duration::from_secs(20);
/// Everything else, and all that waits for a keeper: below the 60 s of `initialize`.
pub const OPENING_PATIENCE: Duration = Duration::from_secs(45);
/// A child that has not answered `initialize` by then is stood in for by the cached handshake:
/// before [`OPENING_PATIENCE`] ends.
pub const CACHE_PATIENCE: Duration = Duration::from_secs(30);
/// A child that is not ready by then is ended: long enough for `npx` to fetch a server.
pub const START_LIMIT: Duration = Duration::from_mins(2);
/// What is replayed after `initialize` is waited for this long.
pub const SETTLING_PATIENCE: Duration = Duration::from_secs(5);
/// A replaced child ends its work: longer than Claude's longest limit of four minutes.
pub const DRAIN_LIMIT: Duration = Duration::from_mins(5);
/// Before a token request that ends the last token, and before a replacement that was put off.
pub const SHORT_DRAIN_LIMIT: Duration = Duration::from_secs(10);
/// An `input_required` waits this long for its retry, a finished task for being fetched.
pub const RETRY_PATIENCE: Duration = Duration::from_secs(30);
/// A cancelled request is remembered this long for the answer that crossed the cancellation.
pub const CANCELLED_MEMORY: Duration = Duration::from_mins(1);
/// A child that was ready this long has not failed at its start.
pub const PROVEN_LIFE: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_fit_into_each_other() {
        assert!(CALL_PATIENCE < CACHE_PATIENCE && CACHE_PATIENCE < OPENING_PATIENCE);
        assert!(OPENING_PATIENCE < Duration::from_mins(1));
        assert!(OPENING_PATIENCE < START_LIMIT);
        assert!(Duration::from_mins(4) < DRAIN_LIMIT);
        assert!(SHORT_DRAIN_LIMIT < CALL_PATIENCE);
    }
}

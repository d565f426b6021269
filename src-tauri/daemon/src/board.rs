//! The one snapshot everybody sees, and how it changes.

use control::{
    ClaudeView, EVENTS_KEPT, EventKind, EventView, GateView, KeeperView, Rank, ServerView, Snapshot,
};
use lifecycle::WallTime;
use std::sync::Arc;
use tokio::sync::watch;

/// Holds the snapshot; every change is seen by every subscriber.
pub struct Board {
    sender: watch::Sender<Arc<Snapshot>>,
}

impl Board {
    pub(crate) fn new(rank: Rank, auto_refresh: bool) -> Self {
        let snapshot = Snapshot {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            keeper: KeeperView {
                pid: std::process::id(),
                rank,
            },
            auto_refresh,
            accounts: Vec::new(),
            claude: ClaudeView::default(),
            server: ServerView::None,
            relays: Vec::new(),
            gate: GateView::default(),
            events: Vec::new(),
            warnings: Vec::new(),
        };
        Self {
            sender: watch::Sender::new(Arc::new(snapshot)),
        }
    }

    /// The snapshot as it is.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.sender.borrow().clone()
    }

    /// Follows the snapshot.
    pub(crate) fn subscribe(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.sender.subscribe()
    }

    /// Changes the snapshot; subscribers hear of it only if it is another one now.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Snapshot)) {
        self.sender.send_if_modified(|current| {
            let mut next = Snapshot::clone(current);
            change(&mut next);
            let differs = next != **current;
            if differs {
                *current = Arc::new(next);
            }
            differs
        });
    }

    /// Adds an event, newest first.
    pub(crate) fn event(&self, at: WallTime, kind: EventKind, text: impl Into<String>) {
        let event = EventView {
            at,
            kind,
            text: text.into(),
        };
        tracing::info!(kind = ?event.kind, "{}", event.text);
        self.change(|snapshot| {
            snapshot.events.insert(0, event);
            snapshot.events.truncate(EVENTS_KEPT);
        });
    }

    /// Adds a warning once.
    pub(crate) fn warn(&self, text: impl Into<String>) {
        let text = text.into();
        self.change(|snapshot| {
            if !snapshot.warnings.contains(&text) {
                tracing::warn!("{text}");
                snapshot.warnings.push(text);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_changes_nothing_wakes_nobody() {
        let board = Board::new(Rank::Brief, true);
        let mut follower = board.subscribe();
        follower.mark_unchanged();
        board.change(|snapshot| snapshot.auto_refresh = true);
        assert!(!follower.has_changed().unwrap());
        board.change(|snapshot| snapshot.auto_refresh = false);
        assert!(follower.has_changed().unwrap());
    }

    #[test]
    fn only_the_newest_events_are_kept() {
        let board = Board::new(Rank::Brief, true);
        for number in 0..=EVENTS_KEPT {
            board.event(WallTime(0), EventKind::Notice, number.to_string());
        }
        let events = board.snapshot().events.clone();
        assert_eq!(events.len(), EVENTS_KEPT);
        assert_eq!(events[0].text, EVENTS_KEPT.to_string());
    }
}

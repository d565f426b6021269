//! A session as it is shown: at once when something changes, but for the number of calls, which
//! would keep every viewer busy.

use crate::relayed::entry::Entry;
use crate::relayed::registry::Registered;
use crate::relayed::view::{ServerState, SessionView};
use lifecycle::WallTime;
use session::{Moment, Session};
use std::time::Duration;

/// How often the number of calls is shown at most.
const COUNT_EVERY: Duration = Duration::from_secs(1);

/// What is shown of a session.
pub(super) struct Shown {
    registered: Registered,
    view: SessionView,
    /// What is shown already.
    last: Option<SessionView>,
    /// When the number of calls may be shown again.
    free: Moment,
    /// Failures in a row since the server was last started.
    failures: u32,
}

impl Shown {
    pub(super) fn new(registered: Registered, entry: &Entry, since: WallTime) -> Self {
        let view = SessionView {
            entry: entry.name.clone(),
            since,
            server: ServerState::Starting,
            era: session::Era::Unknown,
            calls: 0,
            bundled: entry.is_bundled(),
        };
        Self {
            registered,
            view,
            last: None,
            free: Moment::default(),
            failures: 0,
        }
    }

    /// A server is started.
    pub(super) fn starts(&mut self) {
        self.failures = 0;
    }

    /// A server ended by itself, so often in a row.
    pub(super) fn failed(&mut self, failures: u32) {
        self.failures = failures;
    }

    /// So many calls were let through.
    pub(super) fn counted(&mut self, calls: u64) {
        self.view.calls = calls;
    }

    /// Shows what is not shown yet.
    pub(super) fn show(&mut self, session: &Session, now: Moment) {
        self.view.era = session.era();
        self.view.server = match (session.is_served(), self.failures) {
            (true, _) => ServerState::Serving,
            (false, 0) => ServerState::Starting,
            (false, failures) => ServerState::Down { failures },
        };
        if self.is_shown() || (self.counts_only() && now < self.free) {
            return;
        }
        self.registered.show(&self.view);
        self.last = Some(self.view.clone());
        self.free = now.plus(COUNT_EVERY);
    }

    /// When the number of calls is to be shown.
    pub(super) fn due(&self) -> Option<Moment> {
        (!self.is_shown()).then_some(self.free)
    }

    fn is_shown(&self) -> bool {
        self.last.as_ref() == Some(&self.view)
    }

    /// Whether all but the number of calls is shown.
    fn counts_only(&self) -> bool {
        let counted = |last: &SessionView| SessionView {
            calls: self.view.calls,
            ..last.clone()
        };
        self.last.as_ref().map(counted).as_ref() == Some(&self.view)
    }
}

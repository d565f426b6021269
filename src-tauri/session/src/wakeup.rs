//! When the driver has to step the session again, if nothing else happens.

use crate::child::Stage;
use crate::rotation::Plan;
use crate::session::{Client, Session};
use crate::time::Moment;

impl Session {
    /// The next moment at which time alone makes something due: [`crate::Event::Tick`] then.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<Moment> {
        if self.client == Client::Gone {
            return None;
        }
        let coming = [self.current, self.next].into_iter().flatten();
        let due = coming.filter_map(|child| self.is_due(child));
        let draining = self
            .children
            .values()
            .filter_map(|child| match child.stage {
                Stage::Draining { until } => Some(until),
                _ => None,
            });
        let held = self.held.iter().map(|waiting| self.patience_ends(waiting));
        let wish = self.wish.filter(|_| self.may_start()).map(|wish| wish.at);
        let plan = match self.plan {
            Plan::None | Plan::DuringToken => None,
            Plan::WhenQuiet { until } | Plan::Closing { until } | Plan::BeforeToken { until } => {
                Some(until)
            }
        };
        let single = [wish, plan, self.unfinished.next_end(), self.opening_due()];
        let all = due.chain(draining).chain(held);
        all.chain(single.into_iter().flatten()).min()
    }
}

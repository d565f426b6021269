//! How one child takes another one's place, and how the old one ends its work.

use crate::child::{Child, Stage};
use crate::effect::Notice;
use crate::event::ChildId;
use crate::limits::{DRAIN_LIMIT, MOST_DRAINING};
use crate::session::Session;
use crate::words::Why;

impl Session {
    /// The next child takes the current one's place; that one ends its work.
    pub(crate) fn switch(&mut self) {
        let Some(child) = self.next.take() else {
            return;
        };
        let until = self.now.plus(DRAIN_LIMIT);
        if let Some(old) = self
            .current
            .replace(child)
            .and_then(|old| self.children.get_mut(&old))
        {
            old.stage = Stage::Draining { until };
        }
        self.tell(Notice::Switched { child });
        self.listen_again(child);
        self.limit_draining();
    }

    fn limit_draining(&mut self) {
        let draining = || {
            let children = self.children.iter();
            children
                .filter(|(_, child)| child.is_draining())
                .map(|(name, _)| *name)
        };
        let over = draining().count().saturating_sub(MOST_DRAINING);
        let oldest: Vec<ChildId> = draining().take(over).collect();
        for child in oldest {
            self.end(child, &Why::Replaced);
        }
    }

    pub(crate) fn end_drained(&mut self) {
        let is_over = |(name, child): (&ChildId, &Child)| match child.stage {
            Stage::Draining { until } => {
                (until <= self.now || !self.is_busy(*name)).then_some(*name)
            }
            _ => None,
        };
        let over: Vec<ChildId> = self.children.iter().filter_map(is_over).collect();
        for child in over {
            self.end(child, &Why::Replaced);
        }
    }

    /// Ends the child that gets ready, if there is one, and starts none in its place.
    pub(crate) fn drop_next(&mut self) {
        if let Some(child) = self.next.take() {
            self.end(child, &Why::Replaced);
        }
    }
}

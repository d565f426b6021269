//! When a child is started, and again after it failed.

use crate::child::{Child, Stage};
use crate::effect::{Effect, Notice, Start};
use crate::event::ChildId;
use crate::rotation::Plan;
use crate::session::{Keeper, Session};
use crate::settings::Coexistence;
use crate::time::Moment;
use std::time::Duration;

/// A child to be started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) at: Moment,
    pub(crate) why: Start,
}

impl Session {
    pub(crate) fn opened(&mut self) {
        if self.newest == 0 {
            self.wish(Duration::ZERO, Start::Opening);
        }
    }

    /// Starts what is to be started, once there is room for it.
    pub(crate) fn start_wished(&mut self) {
        let Some(wish) = self
            .wish
            .filter(|wish| wish.at <= self.now && self.may_start())
        else {
            return;
        };
        self.wish = None;
        self.newest += 1;
        let child = ChildId(self.newest);
        let starting = Child::starting(self.now, self.token.token());
        self.children.insert(child, starting);
        match self.current {
            Some(_) => self.next = Some(child),
            None => self.current = Some(child),
        }
        let why = wish.why;
        self.effects.push(Effect::StartChild { child, why });
    }

    /// Whether the children that were told to end leave room for a new one.
    pub(crate) fn may_start(&self) -> bool {
        self.settings.coexistence == Coexistence::Together || self.ending.is_empty()
    }

    pub(crate) fn wish(&mut self, after: Duration, why: Start) {
        let at = self.now.plus(after);
        self.wish = Some(Wish { at, why });
    }

    /// What takes a lost child's place, and when.
    pub(crate) fn follow_loss(&mut self, child: ChildId, lived: Duration) {
        let was_current = self.current == Some(child);
        if !was_current && self.next != Some(child) {
            return;
        }
        let wait = self.backoff.failed(lived);
        let failures = self.backoff.failures();
        self.tell(Notice::Failed { child, failures });
        let next = self.next.take().filter(|next| *next != child);
        if was_current {
            self.current_lost(next, wait);
        } else if self.is_stale() {
            self.wish(wait, Start::Rotation);
        }
    }

    fn current_lost(&mut self, next: Option<ChildId>, wait: Duration) {
        self.current = next;
        if matches!(self.plan, Plan::WhenQuiet { .. } | Plan::Closing { .. }) {
            self.plan = Plan::None;
        }
        let latest = self.now.plus(wait);
        let why = match self.keeper {
            Keeper::Serving => Start::Lost,
            Keeper::Quit => Start::Quit,
        };
        match &mut self.wish {
            Some(wish) => wish.at = wish.at.min(latest),
            None if next.is_none() => self.wish(wait, why),
            None => {}
        }
    }

    /// Watches the children that are not ready for being late.
    pub(crate) fn watch_the_coming(&mut self) {
        for child in [self.current, self.next].into_iter().flatten() {
            self.watch(child);
        }
    }

    /// When a child that is not ready is late.
    pub(crate) fn is_due(&self, name: ChildId) -> Option<Moment> {
        let child = self.children.get(&name).filter(|child| child.is_coming())?;
        match child.stage {
            Stage::Settling { until } => Some(until),
            _ => self.start_limit(child),
        }
    }

    fn watch(&mut self, name: ChildId) {
        if self.current == Some(name) {
            self.open_from_cache_when_late(name);
        }
        if self.is_due(name).is_none_or(|due| self.now < due) {
            return;
        }
        let settling = |child: &Child| matches!(child.stage, Stage::Settling { .. });
        if self.children.get(&name).is_some_and(settling) {
            self.became_ready(name);
        } else {
            self.fail(name);
        }
    }
}

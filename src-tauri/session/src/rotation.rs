//! What a new token means for the child that has the last one.

use crate::child::{Child, Use};
use crate::effect::{Effect, Start};
use crate::limits::{DRAIN_LIMIT, SHORT_DRAIN_LIMIT};
use crate::session::Session;
use crate::settings::{Coexistence, TokenUse};
use crate::time::Moment;
use crate::token::TokenState;
use crate::words::Why;
use std::time::Duration;

/// What is to happen to the current child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing beyond what the next child brings.
    None,
    /// It is replaced as soon as it has nothing to do.
    WhenQuiet { until: Moment },
    /// It gets no more requests and is replaced.
    Closing { until: Moment },
    /// It gets no more requests: its token is about to be ended.
    BeforeToken { until: Moment },
    /// The same, and the request for the token is being made.
    DuringToken,
}

impl Session {
    pub(crate) fn token_is(&mut self, token: TokenState) {
        let last = self.token.token().map(|token| token.generation);
        let new = token.token().map(|token| token.generation);
        let is_newer = new.is_some() && new > last;
        self.token = token;
        if is_newer && self.settings.token_use == TokenUse::Environment {
            self.newer_token();
        }
    }

    fn newer_token(&mut self) {
        self.backoff.clear();
        if let Some(wish) = &mut self.wish {
            wish.at = wish.at.min(self.now);
        }
        let was_used = |child: &Child| child.use_made == Use::Used;
        if matches!(self.plan, Plan::BeforeToken { .. } | Plan::DuringToken) {
            self.replace();
        } else if self.current_ready().is_some_and(was_used) {
            self.rotate_if_stale();
        }
    }

    pub(crate) fn token_request_ahead(&mut self) {
        if self.settings.token_use == TokenUse::Environment {
            let until = self.now.plus(SHORT_DRAIN_LIMIT);
            self.plan = Plan::BeforeToken { until };
        } else {
            self.effects.push(Effect::Drained);
        }
    }

    pub(crate) fn token_request_over(&mut self) {
        if matches!(self.plan, Plan::BeforeToken { .. } | Plan::DuringToken) {
            self.plan = Plan::None;
        }
    }

    /// Begins to replace a ready child whose token is not the newest.
    pub(crate) fn rotate_if_stale(&mut self) {
        let is_free = self.next.is_none() && self.wish.is_none() && self.plan == Plan::None;
        if !is_free || !self.is_stale() {
            return;
        }
        match self.settings.coexistence {
            Coexistence::Together => self.wish(Duration::ZERO, Start::Rotation),
            Coexistence::Apart => {
                let token = self.current_ready().and_then(|child| child.token);
                let ends = token.map_or(self.now, |token| token.until);
                let latest = ends.minus(SHORT_DRAIN_LIMIT);
                let until = latest.min(self.now.plus(DRAIN_LIMIT));
                self.plan = Plan::WhenQuiet { until };
            }
        }
    }

    /// Whether the child that takes requests has an older token than there is.
    pub(crate) fn is_stale(&self) -> bool {
        let newest = self.token.token().filter(|token| token.lives(self.now));
        let (Some(child), Some(newest)) = (self.current_ready(), newest) else {
            return false;
        };
        let has = child.token.map(|token| token.generation);
        self.settings.token_use == TokenUse::Environment && has < Some(newest.generation)
    }

    fn current_ready(&self) -> Option<&Child> {
        self.ready().and_then(|child| self.children.get(&child))
    }

    pub(crate) fn follow_plan(&mut self) {
        let is_busy = self.current.is_some_and(|child| self.is_busy(child));
        match self.plan {
            Plan::WhenQuiet { .. } | Plan::Closing { .. } if !is_busy => self.replace(),
            Plan::WhenQuiet { until } if until <= self.now => {
                let until = self.now.plus(SHORT_DRAIN_LIMIT);
                self.plan = Plan::Closing { until };
            }
            Plan::Closing { until } if until <= self.now => self.replace(),
            Plan::BeforeToken { until } => {
                let any_busy = self.children.keys().any(|child| self.is_busy(*child));
                if !any_busy || until <= self.now {
                    self.plan = Plan::DuringToken;
                    self.effects.push(Effect::Drained);
                }
            }
            Plan::None | Plan::DuringToken | Plan::WhenQuiet { .. } | Plan::Closing { .. } => {}
        }
    }

    /// Ends the current child for a new one.
    fn replace(&mut self) {
        self.plan = Plan::None;
        self.drop_next();
        if let Some(child) = self.current.take() {
            self.end(child, &Why::Replaced);
        }
        self.wish(Duration::ZERO, Start::Rotation);
    }
}

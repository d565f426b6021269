//! What becomes of a child's unfinished business when it ends.

use crate::answers;
use crate::child::{About, Child, Open, Pending, Stage};
use crate::effect::{Effect, Source};
use crate::event::ChildId;
use crate::id::Id;
use crate::session::Session;
use crate::settings::Side;
use crate::words::Why;
use std::time::Duration;

/// What the client reads in the cancellation of a dead child's request.
const CANCELLED: &str = "The server that asked has ended.";

impl Session {
    /// Ends a child. What takes its place is the caller's affair.
    pub(crate) fn end(&mut self, name: ChildId, why: &Why) {
        if let Some(child) = self.children.remove(&name) {
            self.ending.insert(name);
            self.effects.push(Effect::EndChild { child: name });
            self.settle_affairs(name, child, why);
        }
    }

    /// Ends a child that does not get ready; another one is tried.
    pub(crate) fn fail(&mut self, name: ChildId) {
        self.end(name, &Why::Lost);
        self.follow_loss(name, Duration::ZERO);
        self.open_from_cache_if_alone();
    }

    pub(crate) fn child_exited(&mut self, name: ChildId) {
        self.ending.remove(&name);
        let Some(child) = self.children.remove(&name) else {
            return;
        };
        let lived = match child.stage {
            Stage::Ready { since } => since.until(self.now),
            _ => Duration::ZERO,
        };
        self.settle_affairs(name, child, &Why::Lost);
        self.follow_loss(name, lived);
        self.open_from_cache_if_alone();
    }

    fn open_from_cache_if_alone(&mut self) {
        if self.current.is_none() {
            self.open_from_cache();
        }
    }

    fn settle_affairs(&mut self, name: ChildId, child: Child, why: &Why) {
        for (id, pending) in child.pending {
            if let Pending::Client(open) = pending {
                self.left_open(name, &id, &open, why);
            }
        }
        for shown in self.asked.forget(name) {
            self.send_client(answers::cancelled(shown.raw(), CANCELLED));
        }
        self.unfinished.forget(name);
        let heir = self.current.filter(|current| *current != name);
        self.listens.inherit(name, heir);
    }

    /// A request is answered that its child has left open. It is not sent again.
    fn left_open(&mut self, child: ChildId, id: &Id, open: &Open, why: &Why) {
        if open.cancelled.is_some() {
            return;
        }
        let cached = match &open.about {
            About::Opening(question) if self.settings.side == Side::Gateway => {
                self.handshake.get(question).map(str::to_owned)
            }
            _ => None,
        };
        if let Some(result) = cached {
            self.answer_with(id, open.method, &result);
        } else {
            self.refuse(id, open.method, open.form, why, Source::Lost(child));
        }
    }
}

//! Passing a message of the client on to a child, and what is remembered of it.

use crate::child::{About, Open, Pending, Stage, Use};
use crate::effect::{Effect, Notice, Source};
use crate::era::Era;
use crate::event::ChildId;
use crate::fields::Param;
use crate::from_client::form;
use crate::handshake::question;
use crate::id::Id;
use crate::limits::LONGEST_ID;
use crate::memory::Kept;
use crate::message::{Kind, Message};
use crate::method::Method;
use crate::session::Session;
use crate::settings::Side;
use crate::unfinished::hash;
use crate::words::Why;

impl Session {
    pub(crate) fn dispatch(&mut self, child: ChildId, message: Message) {
        let Kind::Request { id, method } = message.kind().clone() else {
            return self.send_child(child, message.into_frame());
        };
        let is_current = self.current == Some(child);
        let Some(target) = self.children.get_mut(&child) else {
            return;
        };
        if target.pending.contains_key(&id) {
            let form = form(method, &message);
            return self.refuse(&id, method, form, &Why::IdInUse, Source::Unsent);
        }
        if method != Method::Ping {
            target.use_made = Use::Used;
        }
        let pending = match method {
            Method::Listen => Pending::Listen,
            _ => Pending::Client(opened(self.era, method, &message)),
        };
        target.pending.insert(id.clone(), pending);
        self.note(child, &id, method, &message);
        self.send_child(child, message.into_frame());
        if is_current {
            self.rotate_if_stale();
        }
    }

    /// Remembers what the next child has to know, and tells the one that is about to follow.
    fn note(&mut self, child: ChildId, id: &Id, method: Method, message: &Message) {
        self.unfinished_continues(message);
        if method == Method::Listen {
            self.listens.open(id.clone(), message.clone(), child);
        }
        if self.memory.note(id, method, message) == Kept::TooMuch {
            self.tell(Notice::NotKept { method });
        }
        let shared = matches!(
            method,
            Method::SetLevel | Method::Subscribe | Method::Unsubscribe | Method::Listen
        );
        if shared {
            self.mirror(id, method, message);
        }
    }

    fn mirror(&mut self, id: &Id, method: Method, message: &Message) {
        let Some(next) = self.next else {
            return;
        };
        let Some(child) = self.children.get_mut(&next) else {
            return;
        };
        if !matches!(child.stage, Stage::Settling { .. }) {
            return;
        }
        let pending = match method {
            Method::Listen => Pending::Listen,
            _ => Pending::Replayed,
        };
        child.pending.insert(id.clone(), pending);
        self.send_child(next, message.frame().clone());
    }

    fn unfinished_continues(&mut self, message: &Message) {
        if self.era == Era::Modern && is_retry(message) {
            let state = message.param(Param::RequestState);
            self.unfinished.retried(call(message), state);
        }
    }

    pub(crate) fn keep_handshake(&mut self, question: String, result: &str) {
        if self.settings.side == Side::Gateway && self.handshake.keep(question, result) {
            let handshake = self.handshake.clone();
            self.effects.push(Effect::Keep(handshake));
        }
    }
}

/// Whether a modern request brings the input that its call asked for.
pub(crate) fn is_retry(message: &Message) -> bool {
    message.param(Param::RequestState).is_some() || message.param(Param::InputResponses).is_some()
}

/// What tells a call from others: its target by name or URI.
pub(crate) fn call(message: &Message) -> u64 {
    hash((message.param(Param::Name), message.param(Param::Uri)))
}

/// What is kept of a request until it is answered.
fn opened(era: Era, method: Method, message: &Message) -> Open {
    Open {
        method,
        form: form(method, message),
        cancelled: None,
        about: about(era, method, message),
    }
}

fn about(era: Era, method: Method, message: &Message) -> About {
    let short = |json: Option<&str>| {
        json.filter(|json| json.len() <= LONGEST_ID)
            .map(str::to_owned)
    };
    if let Some(question) = question(method, message.param(Param::Cursor)) {
        return About::Opening(question);
    }
    let about = match method {
        Method::Subscribe => short(message.param(Param::Uri)).map(About::Subscription),
        method if method.on_a_task() => short(message.param(Param::TaskId)).map(About::Task),
        _ => None,
    };
    let may_be_unfinished = era == Era::Modern || message.param(Param::Task).is_some();
    let otherwise = || may_be_unfinished.then(|| About::Call(call(message)));
    about.or_else(otherwise).unwrap_or(About::Nothing)
}

//! Messages of the client that wait: when they may go, and what becomes of those that may not.

use crate::answers;
use crate::child::Child;
use crate::dispatch::{call, is_retry};
use crate::effect::Source;
use crate::era::Era;
use crate::event::ChildId;
use crate::fields::Param;
use crate::from_child::tools;
use crate::from_client::form;
use crate::handshake::question;
use crate::held::Waiting;
use crate::id::Id;
use crate::limits::{CACHE_PATIENCE, CALL_PATIENCE, OPENING_PATIENCE};
use crate::memory::Opening;
use crate::message::{Kind, Message};
use crate::method::Method;
use crate::rotation::Plan;
use crate::session::{Keeper, Session};
use crate::settings::{Side, TokenUse};
use crate::time::Moment;
use crate::token::TokenState;
use crate::words::Why;

/// What is done with a message that waits.
enum Way {
    To(ChildId),
    Answered { result: String },
    Refused(Why),
    Wait,
}

impl Session {
    /// Passes on what waits and may go.
    pub(crate) fn release(&mut self) {
        for waiting in self.held.take() {
            match self.way(&waiting.message) {
                Way::Wait => self.held.push(waiting),
                Way::To(child) => self.dispatch(child, waiting.message),
                Way::Answered { result } => self.answer_from_cache(&waiting, &result),
                Way::Refused(why) => self.refuse_waiting(&waiting, &why),
            }
        }
    }

    /// Gives up on what has waited too long.
    pub(crate) fn give_up(&mut self) {
        for waiting in self.held.take() {
            if self.now < self.patience_ends(&waiting) {
                self.held.push(waiting);
            } else {
                let why = self.why_held(&waiting.message);
                self.refuse_waiting(&waiting, &why);
            }
        }
        let now = self.now;
        let unanswered = self.memory.unanswered();
        if unanswered.is_some_and(|own| own.arrived.plus(OPENING_PATIENCE) <= now) {
            self.open_from_cache();
            self.refuse_initialize(&Why::NotReady);
        }
    }

    /// When a message that waits is given up on.
    pub(crate) fn patience_ends(&self, waiting: &Waiting) -> Moment {
        let is_call = waiting.method() == Method::ToolsCall;
        let patience = match self.settings.side {
            Side::Gateway if is_call => CALL_PATIENCE,
            Side::Gateway | Side::Relay => OPENING_PATIENCE,
        };
        waiting.arrived.plus(patience)
    }

    /// The opening failed: the client hears of it once, and may try again.
    pub(crate) fn refuse_initialize(&mut self, why: &Why) {
        if self.memory.unanswered().is_none() {
            return;
        }
        if let Some(initialize) = self.memory.initialize.take() {
            let (id, method) = (initialize.id, Method::Initialize);
            self.refuse(
                &id,
                method,
                form(method, &initialize.message),
                why,
                Source::Unsent,
            );
        }
    }

    fn way(&mut self, message: &Message) -> Way {
        let Kind::Request { method, .. } = message.kind() else {
            return self.ready().map_or(Way::Wait, Way::To);
        };
        if self.keeper == Keeper::Quit {
            return Way::Refused(Why::Quit);
        }
        if let Some(child) = self.continued(message) {
            return Way::To(child);
        }
        if *method == Method::ToolsCall
            && let Some(way) = self.without_token()
        {
            return way;
        }
        match self.ready() {
            Some(child) if self.plan.lets_requests_through() => Way::To(child),
            Some(_) => Way::Wait,
            None => self
                .cached(message)
                .map_or(Way::Wait, |result| Way::Answered { result }),
        }
    }

    /// The child that has begun what this message goes on with.
    fn continued(&self, message: &Message) -> Option<ChildId> {
        let begun = if method(message).on_a_task() {
            self.unfinished.owner_of_task(message.param(Param::TaskId)?)
        } else if self.era == Era::Modern && is_retry(message) {
            self.unfinished
                .asker(call(message), message.param(Param::RequestState))
        } else {
            None
        };
        begun.filter(|child| self.children.get(child).is_some_and(Child::has_opened))
    }

    /// What is done with a call for want of a token; nothing if there is one.
    fn without_token(&mut self) -> Option<Way> {
        if !self.lacks_token() {
            return None;
        }
        if let TokenState::Refused { advice } = &self.token {
            return Some(Way::Refused(Why::NoToken(advice.clone())));
        }
        self.rotate_if_stale();
        Some(Way::Wait)
    }

    /// Whether a call would meet no valid token.
    pub(crate) fn lacks_token(&self) -> bool {
        let child = self.ready().and_then(|child| self.children.get(&child));
        let token = match (self.settings.token_use, child) {
            (TokenUse::None, _) => return false,
            (TokenUse::Environment, Some(child)) => child.token,
            (TokenUse::Subscribed, _) | (TokenUse::Environment, None) => self.token.token(),
        };
        !token.is_some_and(|token| token.lives(self.now))
    }

    fn why_held(&self, message: &Message) -> Why {
        let needs_token = self.settings.token_use != TokenUse::None;
        if method(message) != Method::ToolsCall || !needs_token {
            return Why::NotReady;
        }
        match &self.token {
            TokenState::Valid(token) if token.lives(self.now) => Why::NotReady,
            TokenState::Valid(_) => Why::NoToken(String::new()),
            TokenState::Awaited { advice } | TokenState::Refused { advice } => {
                Why::NoToken(advice.clone())
            }
        }
    }

    fn refuse_waiting(&mut self, waiting: &Waiting, why: &Why) {
        if let Kind::Request { id, method } = waiting.message.kind() {
            let form = form(*method, &waiting.message);
            self.refuse(id, *method, form, why, Source::Unsent);
        }
    }

    fn answer_from_cache(&mut self, waiting: &Waiting, result: &str) {
        if let Kind::Request { id, method } = waiting.message.kind() {
            self.memory.note(id, *method, &waiting.message);
            self.answer_with(id, *method, result);
        }
    }

    /// Answers with a result of the cached handshake.
    pub(crate) fn answer_with(&mut self, id: &Id, method: Method, result: &str) {
        if method == Method::ToolsList {
            self.memory.tools = tools(result);
        }
        let frame = answers::result(id, result);
        self.answer(frame, id.clone(), method, Source::Cache);
    }

    /// The cached result of a request, if no child is there to give its own.
    fn cached(&self, message: &Message) -> Option<String> {
        let question = question(method(message), message.param(Param::Cursor))?;
        let may = self.settings.side == Side::Gateway && self.is_absent();
        self.handshake
            .get(&question)
            .filter(|_| may)
            .map(str::to_owned)
    }

    /// Whether the current child is away, or as good as.
    fn is_absent(&self) -> bool {
        let opening = self.memory.initialize.as_ref().map(|own| own.opening);
        let Some(child) = self.current.and_then(|child| self.children.get(&child)) else {
            return true;
        };
        opening == Some(Opening::FromCache) || child.begun.plus(CACHE_PATIENCE) <= self.now
    }
}

impl Plan {
    fn lets_requests_through(self) -> bool {
        matches!(self, Self::None | Self::WhenQuiet { .. })
    }
}

impl Waiting {
    pub(crate) fn method(&self) -> Method {
        method(&self.message)
    }
}

fn method(message: &Message) -> Method {
    match message.kind() {
        Kind::Request { method, .. } | Kind::Notification { method } => *method,
        Kind::Answer { .. } => Method::Other,
    }
}

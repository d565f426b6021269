//! How a child gets ready: the handshake, what is replayed after it, and the cached handshake
//! for a child that does not give its own.

use crate::answers;
use crate::child::{Child, Pending, Stage};
use crate::effect::{Effect, Notice, Source};
use crate::era::Era;
use crate::event::ChildId;
use crate::handshake::opening;
use crate::id::Id;
use crate::limits::{CACHE_PATIENCE, OPENING_PATIENCE, SETTLING_PATIENCE, START_LIMIT};
use crate::memory::{Opening, tools_id};
use crate::message::{Message, Outcome};
use crate::method::Method;
use crate::session::{Keeper, Session};
use crate::settings::Side;
use crate::time::Moment;

impl Session {
    pub(crate) fn child_up(&mut self, name: ChildId) {
        let starting = |child: &Child| child.stage == Stage::Starting;
        if !self.children.get(&name).is_some_and(starting) {
            return;
        }
        self.keeper = Keeper::Serving;
        if self.era == Era::Legacy && self.memory.initialize.is_some() {
            self.shake_hands(name);
        } else {
            self.settle(name);
        }
    }

    /// Sends the client's `initialize`; the answer is the client's if it has none.
    pub(crate) fn shake_hands(&mut self, name: ChildId) {
        let (Some(child), Some(initialize)) =
            (self.children.get_mut(&name), &self.memory.initialize)
        else {
            return;
        };
        child.stage = Stage::Handshaking;
        child.begun = self.now;
        child
            .pending
            .insert(initialize.id.clone(), Pending::Initialize);
        let frame = initialize.message.frame().clone();
        self.send_child(name, frame);
    }

    /// A child answered `initialize`. `message` is none if the answer was over the limit.
    pub(crate) fn initialize_answered(
        &mut self,
        name: ChildId,
        id: &Id,
        message: Option<(Message, Outcome)>,
    ) {
        let awaited = self.memory.unanswered().is_some_and(|own| own.id == *id);
        let rejected = !matches!(message, Some((_, Outcome::Result)));
        match message {
            Some((message, Outcome::Result)) if awaited => self.opened_by(name, message),
            Some((message, Outcome::Error)) if awaited => self.rejected_by(name, message),
            _ if rejected => return self.fail(name),
            _ => {}
        }
        let handshaking = |child: &Child| child.stage == Stage::Handshaking;
        if self.children.get(&name).is_some_and(handshaking) {
            self.settle(name);
        }
    }

    fn opened_by(&mut self, name: ChildId, message: Message) {
        let Some(initialize) = self.memory.unanswered() else {
            return;
        };
        initialize.opening = Opening::FromChild(name);
        let id = initialize.id.clone();
        let question = opening(initialize.version());
        if let Some(result) = message.result() {
            self.keep_handshake(question, result);
        }
        self.answer(
            message.into_frame(),
            id,
            Method::Initialize,
            Source::Child(name),
        );
    }

    /// The server rejects the client's `initialize`: the client hears it and may try another.
    fn rejected_by(&mut self, name: ChildId, message: Message) {
        if let Some(initialize) = self.memory.initialize.take() {
            let source = Source::Child(name);
            self.answer(
                message.into_frame(),
                initialize.id,
                Method::Initialize,
                source,
            );
        }
    }

    /// Replays the rest of the session and asks for the tools, if the client has.
    fn settle(&mut self, name: ChildId) {
        let until = self.now.plus(SETTLING_PATIENCE);
        let Some(child) = self.children.get_mut(&name) else {
            return;
        };
        child.stage = Stage::Settling { until };
        let mut frames = Vec::new();
        if self.era == Era::Legacy {
            frames.extend(self.memory.initialized.clone());
            for (id, frame) in self.memory.replayed() {
                child.pending.insert(id, Pending::Replayed);
                frames.push(frame);
            }
        }
        let question = self.memory.tools_question.as_ref();
        let asks = question.filter(|_| self.memory.tools.is_some());
        let own = tools_id(self.settings.side);
        if let (Some(question), Some(id)) = (asks, Id::read(own)) {
            child.pending.insert(id, Pending::Tools);
            frames.push(question.under(own));
        }
        for frame in frames {
            self.send_child(name, frame);
        }
        self.listen_again(name);
        self.settled(name);
    }

    /// Goes on if the child has answered all that was replayed.
    pub(crate) fn settled(&mut self, name: ChildId) {
        let is_done = |child: &Child| {
            matches!(child.stage, Stage::Settling { .. }) && !child.is_settling_still()
        };
        if self.children.get(&name).is_some_and(is_done) {
            self.became_ready(name);
        }
    }

    pub(crate) fn became_ready(&mut self, name: ChildId) {
        let since = self.now;
        if let Some(child) = self.children.get_mut(&name) {
            child.stage = Stage::Ready { since };
        }
        if self.next == Some(name) {
            self.switch();
        }
        self.compare_tools(name);
    }

    /// Tells the client once that the tools of the child that serves it now are others.
    pub(crate) fn compare_tools(&mut self, name: ChildId) {
        if self.ready() != Some(name) {
            return;
        }
        let child = self.children.get_mut(&name);
        let Some(tools) = child.and_then(|child| child.tools.take()) else {
            return;
        };
        if self.memory.tools.replace(tools) == Some(tools) {
            return;
        }
        self.tell(Notice::ToolsDiffer);
        self.send_tools_changed();
    }

    /// Tells a client that has opened that the tools which it may see are others.
    pub(crate) fn tools_changed(&mut self) {
        if self.era == Era::Modern || self.memory.initialized.is_some() {
            self.send_tools_changed();
        }
    }

    fn send_tools_changed(&mut self) {
        if self.era == Era::Modern {
            let frames = self
                .listens
                .for_tools()
                .map(|id| answers::tools_changed(Some(id)));
            for frame in frames.collect::<Vec<_>>() {
                self.send_client(frame);
            }
        } else {
            self.send_client(answers::tools_changed(None));
        }
    }

    /// When a child that has not opened has failed. Relays wait as long as it takes.
    pub(crate) fn start_limit(&self, child: &Child) -> Option<Moment> {
        let limited = self.settings.side == Side::Gateway;
        limited.then(|| child.begun.plus(START_LIMIT))
    }

    /// When the client's `initialize` is answered, if no child does it.
    pub(crate) fn opening_due(&self) -> Option<Moment> {
        let initialize = self.memory.initialize.as_ref();
        let unanswered = initialize.filter(|own| own.opening == Opening::Unanswered)?;
        let given_up = unanswered.arrived.plus(OPENING_PATIENCE);
        let child = self.current.and_then(|child| self.children.get(&child));
        let late = child.map(|child| child.begun.plus(CACHE_PATIENCE));
        let late = late.filter(|late| self.now < *late);
        Some(late.map_or(given_up, |late| late.min(given_up)))
    }

    pub(crate) fn open_from_cache_when_late(&mut self, name: ChildId) {
        let late = |child: &Child| child.begun.plus(CACHE_PATIENCE) <= self.now;
        if self.children.get(&name).is_some_and(late) {
            self.open_from_cache();
        }
    }

    /// Answers `initialize` with what the entry's last session got, if it asked for the same.
    pub(crate) fn open_from_cache(&mut self) {
        if self.settings.side == Side::Relay {
            return;
        }
        let Some(initialize) = self.memory.unanswered() else {
            return;
        };
        let question = opening(initialize.version());
        let id = initialize.id.clone();
        let Some(result) = self.handshake.get(&question) else {
            return;
        };
        let frame = answers::result(&id, result);
        if let Some(initialize) = self.memory.unanswered() {
            initialize.opening = Opening::FromCache;
        }
        self.answer(frame, id, Method::Initialize, Source::Cache);
    }

    /// Opens the client's streams with a child that does not have them.
    pub(crate) fn listen_again(&mut self, name: ChildId) {
        let Some(child) = self.children.get_mut(&name) else {
            return;
        };
        for (id, listen) in self.listens.iter() {
            if !child.pending.contains_key(id) {
                child.pending.insert(id.clone(), Pending::Listen);
                let frame = listen.message.frame().clone();
                self.effects.push(Effect::ToChild { child: name, frame });
            }
        }
    }
}

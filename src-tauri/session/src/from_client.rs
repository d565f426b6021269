//! What the client sends.

use crate::answers::{self, Form};
use crate::child::{Child, Pending};
use crate::effect::{Effect, Notice, Party, Source};
use crate::era::Era;
use crate::event::ChildId;
use crate::fields::Param;
use crate::held::Waiting;
use crate::id::Id;
use crate::limits::{LONGEST_ID, LONGEST_KEPT, MOST_KEPT, MOST_REQUESTS};
use crate::memory::{Initialize, Opening};
use crate::message::{Kind, Message};
use crate::method::Method;
use crate::session::{Keeper, Session};
use crate::splitter::{Line, Oversized};
use crate::words::Why;

impl Session {
    pub(crate) fn client_said(&mut self, line: Line) {
        let from = Party::Client;
        match line {
            Line::Message(message) => self.client_message(message),
            Line::Noise(noise) => self.tell(Notice::Noise { from, noise }),
            Line::Oversized(message) => {
                self.client_oversized(&message);
                self.tell(Notice::Oversized { from, message });
            }
        }
    }

    fn client_message(&mut self, message: Message) {
        match message.kind().clone() {
            Kind::Request { id, method } => self.client_request(id, method, message),
            Kind::Notification { method } => self.client_notification(method, message),
            Kind::Answer { id, .. } => self.client_answer(id, &message),
        }
    }

    fn client_request(&mut self, id: Id, method: Method, message: Message) {
        if self.knows(&id) {
            let from = Party::Client;
            return self.tell(Notice::DuplicateRequest { from, id });
        }
        self.era = self.era.after(method);
        if let Some(why) = self.objection(&id, method, &message) {
            return self.refuse(&id, method, form(method, &message), &why, Source::Unsent);
        }
        if method == Method::Initialize && self.era == Era::Legacy {
            return self.initialize(id, message);
        }
        self.hold(message);
    }

    /// What is wrong with a request, whatever its child would say.
    fn objection(&mut self, id: &Id, method: Method, message: &Message) -> Option<Why> {
        let too_long = id.raw().len() > LONGEST_ID;
        let opens_twice = method == Method::Initialize && self.memory.unanswered().is_some();
        let listen_too_long = message.frame().as_bytes().len() > LONGEST_KEPT;
        let no_listen = self.listens.len() >= MOST_KEPT || listen_too_long;
        if too_long {
            Some(Why::IdTooLong)
        } else if opens_twice {
            Some(Why::OpensTwice)
        } else if self.open_requests() >= MOST_REQUESTS {
            Some(Why::TooMany)
        } else if method == Method::Listen && no_listen {
            Some(Why::NoStream)
        } else {
            None
        }
    }

    fn initialize(&mut self, id: Id, message: Message) {
        if self.keeper == Keeper::Quit {
            return self.refuse(
                &id,
                Method::Initialize,
                Form::Error,
                &Why::Quit,
                Source::Unsent,
            );
        }
        self.drop_next();
        self.memory.initialized = None;
        self.memory.initialize = Some(Initialize {
            id,
            message,
            arrived: self.now,
            opening: Opening::Unanswered,
        });
        match self.current {
            Some(child) if self.children.get(&child).is_some_and(Child::has_opened) => {
                self.shake_hands(child);
            }
            Some(_) => {}
            None => self.open_from_cache(),
        }
    }

    fn hold(&mut self, message: Message) {
        let arrived = self.now;
        self.held.push(Waiting { arrived, message });
    }

    fn client_notification(&mut self, method: Method, message: Message) {
        match method {
            Method::Cancelled => self.client_cancelled(&message),
            Method::Progress => self.client_progress(message),
            Method::Initialized => {
                self.memory.initialized = Some(message.frame().clone());
                self.send_opened(&message);
            }
            Method::RootsChanged => self.send_opened(&message),
            _ => self.hold(message),
        }
    }

    /// Tells every child that is past its `initialize`; the others hear it when they are.
    fn send_opened(&mut self, message: &Message) {
        let opened = self.children.iter().filter(|(_, child)| child.has_opened());
        let opened: Vec<ChildId> = opened.map(|(child, _)| *child).collect();
        for child in opened {
            self.send_child(child, message.frame().clone());
        }
    }

    fn client_progress(&mut self, message: Message) {
        let token = message.param(Param::ProgressToken);
        if let Some(child) = token.and_then(|token| self.asked.by_token(token)) {
            self.send_child(child, message.into_frame());
        }
    }

    fn client_cancelled(&mut self, message: &Message) {
        let Some(id) = message.cancels() else {
            return;
        };
        if self.held.withdraw(&id).is_some() {
            return self.effects.push(Effect::Withdrawn { id });
        }
        self.listens.close(&id);
        let now = self.now;
        let mut with = Vec::new();
        for (name, child) in &mut self.children {
            match child.pending.get_mut(&id) {
                Some(Pending::Client(open)) => open.cancelled = open.cancelled.or(Some(now)),
                Some(Pending::Listen) => drop(child.pending.remove(&id)),
                _ => continue,
            }
            with.push(*name);
        }
        for child in with {
            self.send_child(child, message.frame().clone());
        }
    }

    fn client_answer(&mut self, id: Id, message: &Message) {
        if let Some(asking) = self.asked.take(&id) {
            self.send_child(asking.child, message.under(asking.id.raw()));
        } else {
            let from = Party::Client;
            self.tell(Notice::StrayAnswer { from, id });
        }
    }

    fn client_oversized(&mut self, message: &Oversized) {
        let Some(id) = &message.id else {
            return;
        };
        match message.method {
            Some(_) if self.knows(id) => {}
            Some(method) => {
                self.era = self.era.after(method);
                let why = Why::RequestTooLong;
                self.refuse(id, method, plain_form(method), &why, Source::Unsent);
            }
            None => {
                if let Some(asking) = self.asked.take(id) {
                    self.refuse_child(asking.child, &asking.id, &Why::AnswerTooLong);
                }
            }
        }
    }

    /// Answers a child's request in the client's place.
    pub(crate) fn refuse_child(&mut self, child: ChildId, id: &Id, why: &Why) {
        let words = why.words(&self.settings);
        self.send_child(child, answers::error(id, why.code(), &words));
    }

    /// Whether a request of the client under this id is unanswered: another one under it is
    /// dropped.
    pub fn knows(&mut self, id: &Id) -> bool {
        self.held.contains(id)
            || self.listens.get(id).is_some()
            || self.children.values().any(|child| child.holds(id))
            || self.memory.unanswered().is_some_and(|own| own.id == *id)
    }

    fn open_requests(&self) -> usize {
        let pending = self.children.values().map(|child| child.pending.len());
        self.held.len() + pending.sum::<usize>()
    }
}

/// The form in which a request is refused: a task's creator expects no tool result.
pub(crate) fn form(method: Method, message: &Message) -> Form {
    let task = (method == Method::ToolsCall).then(|| message.param(Param::Task).is_some());
    match task {
        Some(false) => Form::ToolResult,
        _ => Form::Error,
    }
}

pub(crate) fn plain_form(method: Method) -> Form {
    match method {
        Method::ToolsCall => Form::ToolResult,
        _ => Form::Error,
    }
}

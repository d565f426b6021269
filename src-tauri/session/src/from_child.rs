//! What a child sends.

use crate::answers;
use crate::child::{About, Open, Pending};
use crate::effect::{Notice, Party, Source};
use crate::era::Era;
use crate::event::ChildId;
use crate::fields::{Members, Param, raw, read};
use crate::id::Id;
use crate::limits::LONGEST_ID;
use crate::listens::Acknowledgement;
use crate::message::{Kind, Message, Outcome};
use crate::method::Method;
use crate::session::Session;
use crate::splitter::{Line, Oversized};
use crate::unfinished::hash;
use crate::words::Why;

/// A hash of the tools in the raw result of `tools/list`.
pub(crate) fn tools(result: &str) -> Option<u64> {
    let members: Members<'_> = read(Some(result));
    raw(members.tools).map(hash)
}

impl Session {
    pub(crate) fn child_said(&mut self, child: ChildId, line: Line) {
        if !self.children.contains_key(&child) {
            return;
        }
        let from = Party::Child(child);
        match line {
            Line::Message(message) => self.child_message(child, message),
            Line::Noise(noise) => self.tell(Notice::Noise { from, noise }),
            Line::Oversized(message) => {
                self.child_oversized(child, &message);
                self.tell(Notice::Oversized { from, message });
            }
        }
    }

    fn child_message(&mut self, child: ChildId, message: Message) {
        match message.kind().clone() {
            Kind::Request { id, .. } => self.child_request(child, id, &message),
            Kind::Notification { method } => self.child_notification(child, method, message),
            Kind::Answer { id, outcome } => self.child_answer(child, id, outcome, message),
        }
    }

    fn child_answer(&mut self, name: ChildId, id: Id, outcome: Outcome, message: Message) {
        let from = Party::Child(name);
        let pending = self
            .children
            .get_mut(&name)
            .and_then(|child| child.pending.remove(&id));
        match pending {
            None => self.tell(Notice::StrayAnswer { from, id }),
            Some(Pending::Replayed) => self.settled(name),
            Some(Pending::Initialize) => {
                self.initialize_answered(name, &id, Some((message, outcome)));
            }
            Some(Pending::Tools) => self.tools_answered(name, &message),
            Some(Pending::Listen) => self.listen_answered(name, id, outcome, Some(message)),
            Some(Pending::Client(open)) => {
                self.understand(name, &id, &open, outcome, &message);
                self.answer(message.into_frame(), id, open.method, Source::Child(name));
            }
        }
    }

    fn tools_answered(&mut self, name: ChildId, message: &Message) {
        let tools = message.result().and_then(tools);
        if let Some(child) = self.children.get_mut(&name) {
            child.tools = tools;
        }
        self.compare_tools(name);
        self.settled(name);
    }

    /// Takes note of what an answer means for what follows.
    fn understand(
        &mut self,
        child: ChildId,
        id: &Id,
        open: &Open,
        outcome: Outcome,
        message: &Message,
    ) {
        match (&open.about, outcome) {
            (About::Opening(question), Outcome::Result) => {
                self.opening_answered(open.method, question, message);
            }
            (About::Subscription(uri), Outcome::Error) => self.memory.not_subscribed(id, uri),
            (About::Task(task), Outcome::Result) => self.task_answered(open.method, task, message),
            (About::Call(call), Outcome::Result) => self.call_answered(child, *call, message),
            _ => {}
        }
    }

    fn opening_answered(&mut self, method: Method, question: &str, message: &Message) {
        if let Some(result) = message.result() {
            if method == Method::ToolsList {
                self.memory.tools = tools(result);
            }
            self.keep_handshake(question.to_owned(), result);
        }
    }

    fn task_answered(&mut self, method: Method, task: &str, message: &Message) {
        if method == Method::TaskResult {
            self.unfinished.task_fetched(task);
        } else if let Some(status) = raw(message.members().status) {
            self.unfinished.task_is(self.now, task, status);
        }
    }

    fn call_answered(&mut self, child: ChildId, call: u64, message: &Message) {
        let members = message.members();
        let kind = raw(members.result_type);
        if kind == Some(r#""input_required""#) {
            let state = raw(members.request_state);
            self.unfinished.input_required(self.now, child, call, state);
        }
        let nested: Members<'_> = read(raw(members.task));
        let task = match kind {
            Some(r#""task""#) => raw(members.task_id),
            _ => raw(nested.task_id),
        };
        if let Some(task) = task.filter(|task| task.len() <= LONGEST_ID) {
            self.unfinished.task_begun(self.now, child, task);
        }
    }

    /// A listen was answered, so its stream is over. `message` is none if it was over the limit.
    fn listen_answered(
        &mut self,
        name: ChildId,
        id: Id,
        outcome: Outcome,
        message: Option<Message>,
    ) {
        let Some(listen) = self.listens.get(&id) else {
            return;
        };
        if listen.owner.is_some_and(|owner| name < owner) {
            return;
        }
        let was_granted = listen.granted.is_some();
        let source = Source::Child(name);
        let frame = match message {
            Some(message) if outcome == Outcome::Result || !was_granted => message.into_frame(),
            _ => answers::listen_over(&id),
        };
        self.close_listen(&id);
        self.answer(frame, id, Method::Listen, source);
    }

    /// Forgets a stream and tells the children that still have it.
    fn close_listen(&mut self, id: &Id) {
        self.listens.close(id);
        let mut with = Vec::new();
        for (name, child) in &mut self.children {
            if matches!(child.pending.get(id), Some(Pending::Listen)) {
                child.pending.remove(id);
                with.push(*name);
            }
        }
        for child in with {
            self.send_child(child, answers::cancelled(id.raw(), "The stream is over."));
        }
    }

    fn child_request(&mut self, child: ChildId, id: Id, message: &Message) {
        if self.asked.is_open(child, &id) {
            let from = Party::Child(child);
            return self.tell(Notice::DuplicateRequest { from, id });
        }
        if id.raw().len() > LONGEST_ID {
            return self.refuse_child(child, &id, &Why::IdTooLong);
        }
        match self.asked.ask(child, id.clone(), message.progress_token()) {
            Some(shown) => self.send_client(message.under(shown.raw())),
            None => self.refuse_child(child, &id, &Why::TooMany),
        }
    }

    fn child_notification(&mut self, child: ChildId, method: Method, message: Message) {
        let draining = self
            .children
            .get(&child)
            .is_some_and(crate::child::Child::is_draining);
        match method {
            Method::Cancelled => return self.child_cancelled(child, message),
            Method::Acknowledged => return self.acknowledged(child, message),
            Method::TaskChanged | Method::TaskStatus => self.task_told(&message),
            method if method.tells_of_change() && draining => return,
            _ => {}
        }
        if self.is_passed_on(child, &message) {
            self.send_client(message.into_frame());
        }
    }

    /// Whether a notification belongs to no stream, or to one that is this child's.
    fn is_passed_on(&self, child: ChildId, message: &Message) -> bool {
        if self.era != Era::Modern {
            return true;
        }
        let stream = message.param(Param::SubscriptionId).and_then(Id::read);
        stream.is_none_or(|id| self.listens.owned_by(&id, child))
    }

    fn task_told(&mut self, message: &Message) {
        if let (Some(task), Some(status)) =
            (message.param(Param::TaskId), message.param(Param::Status))
        {
            self.unfinished.task_is(self.now, task, status);
        }
    }

    fn child_cancelled(&mut self, child: ChildId, message: Message) {
        let Some(id) = message.cancels() else {
            return;
        };
        if let Some(shown) = self.asked.take_own(child, &id) {
            self.send_client(message.cancelling(shown.raw()));
        } else if self.listens.owned_by(&id, child) {
            self.close_listen(&id);
            self.send_client(message.into_frame());
        }
    }

    fn acknowledged(&mut self, child: ChildId, message: Message) {
        let Some(id) = message.param(Param::SubscriptionId).and_then(Id::read) else {
            return;
        };
        let filter = message.param(Param::Notifications).unwrap_or("");
        match self.listens.acknowledged(&id, child, filter) {
            Acknowledgement::First => self.send_client(message.into_frame()),
            Acknowledgement::Equal | Acknowledgement::Stray => {}
            Acknowledgement::Different => {
                self.close_listen(&id);
                let frame = answers::listen_over(&id);
                self.answer(frame, id, Method::Listen, Source::Child(child));
            }
        }
    }

    fn child_oversized(&mut self, name: ChildId, message: &Oversized) {
        let Some(id) = message.id.clone() else {
            return;
        };
        if message.method.is_some() {
            return self.refuse_child(name, &id, &Why::RequestTooLong);
        }
        let pending = self
            .children
            .get_mut(&name)
            .and_then(|child| child.pending.remove(&id));
        match pending {
            None => {}
            Some(Pending::Replayed | Pending::Tools) => self.settled(name),
            Some(Pending::Initialize) => self.initialize_answered(name, &id, None),
            Some(Pending::Listen) => self.listen_answered(name, id, Outcome::Error, None),
            Some(Pending::Client(open)) => {
                let why = Why::AnswerTooLong;
                self.refuse(&id, open.method, open.form, &why, Source::Lost(name));
            }
        }
    }
}

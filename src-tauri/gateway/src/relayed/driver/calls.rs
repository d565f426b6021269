//! The calls of tools: each is admitted by the gate before the session sees it, and ended at the
//! gate with its answer.

use super::Driver;
use crate::gate::{Admission, Caller, End, Gate, Pass, Waited, Waiting};
use crate::relayed::news::News;
use policy::Origin;
use session::{Answered, Era, Event, Frame, Id, Kind, Line, Message, Method, Source};
use std::collections::BTreeMap;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// The calls of one session.
pub(super) struct Calls {
    caller: Caller,
    /// Those that are on their way.
    passes: BTreeMap<Id, Pass>,
    /// Those that wait for a person.
    waiting: BTreeMap<Id, Kept>,
    next: u64,
    /// How many were let through.
    pub(super) count: u64,
}

/// A call that waits for a person. Dropped, it is withdrawn.
struct Kept {
    number: u64,
    message: Message,
    task: AbortOnDrop,
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Calls {
    pub(super) fn new(gate: &Gate, entry: &str, session: &str, account: String) -> Self {
        let origin = Origin {
            session: session.to_owned(),
            entry: entry.to_owned(),
            account,
        };
        Self {
            caller: gate.caller(origin),
            passes: BTreeMap::new(),
            waiting: BTreeMap::new(),
            next: 0,
            count: 0,
        }
    }

    /// The answer of this id, a list of tools, without those that are hidden.
    pub(super) fn filter(&self, id: &Id, frame: Frame) -> Frame {
        self.caller.filter(id, frame)
    }

    /// The client got its answer to a call.
    pub(super) fn answered(&mut self, answered: &Answered) {
        let end = match answered.source {
            Source::Child(_) => End::Answered,
            Source::Cache | Source::Unsent => End::Unsent,
            Source::Lost(_) => End::Lost,
        };
        self.end(&answered.id, end);
    }

    /// The client took a call back before a server saw it.
    pub(super) fn withdrawn(&mut self, id: &Id) {
        self.end(id, End::Unsent);
    }

    pub(super) fn withdraw_all(&mut self) {
        self.waiting.clear();
    }

    fn end(&mut self, id: &Id, end: End) {
        if let Some(pass) = self.passes.remove(id) {
            pass.ended(end);
        }
    }

    fn let_through(&mut self, id: Id, mut pass: Pass) {
        pass.forwarded();
        self.passes.insert(id, pass);
        self.count += 1;
    }

    fn keep(
        &mut self,
        id: Id,
        message: Message,
        waiting: Waiting,
        mailbox: &mpsc::UnboundedSender<News>,
    ) {
        self.next += 1;
        let number = self.next;
        let task = tokio::spawn(wait(number, waiting, mailbox.clone()));
        let task = AbortOnDrop(task.abort_handle());
        let kept = Kept {
            number,
            message,
            task,
        };
        self.waiting.insert(id, kept);
    }

    /// The call of this number, which waits no longer; `None` if it was withdrawn meanwhile.
    fn take(&mut self, number: u64) -> Option<(Id, Message)> {
        let mut all = self.waiting.iter();
        let found = all.find(|(_, kept)| kept.number == number);
        let id = found.map(|(id, _)| id.clone())?;
        let Kept { message, task, .. } = self.waiting.remove(&id)?;
        drop(task);
        Some((id, message))
    }
}

/// Tells what becomes of a call, until it is answered.
async fn wait(number: u64, mut waiting: Waiting, mailbox: mpsc::UnboundedSender<News>) {
    loop {
        let waited = waiting.next().await;
        let goes_on = matches!(waited, Waited::Progress(_));
        let waited = Box::new(waited);
        let told = mailbox.send(News::Waited { number, waited });
        if told.is_err() || !goes_on {
            return;
        }
    }
}

impl Driver {
    /// Takes in what the client said.
    pub(super) fn client_said(&mut self, line: Line) {
        let Line::Message(message) = &line else {
            return self.tell(Event::FromClient(line));
        };
        match message.kind().clone() {
            Kind::Request { id, .. } if self.calls.waiting.contains_key(&id) => tracing::info!(
                entry = self.entry.name,
                "a request under the id of a call that waits was dropped"
            ),
            Kind::Request {
                id,
                method: Method::ToolsCall,
            } => self.call(id, line),
            // A server could execute it, and nobody would have decided.
            Kind::Notification {
                method: Method::ToolsCall,
            } => tracing::info!(entry = self.entry.name, "a call without an id was dropped"),
            Kind::Notification {
                method: Method::Cancelled,
            } => match message.cancels() {
                Some(id) => self.cancel(&id, line),
                None => self.tell(Event::FromClient(line)),
            },
            _ => self.tell(Event::FromClient(line)),
        }
        self.shown.counted(self.calls.count);
    }

    fn call(&mut self, id: Id, line: Line) {
        let Line::Message(message) = &line else {
            return;
        };
        if self.session.knows(&id) {
            // Nobody decides about what is dropped.
            return self.tell(Event::FromClient(line));
        }
        match self.calls.caller.admit(message, self.era()) {
            Admission::Forward(pass) => {
                self.calls.let_through(id, pass);
                self.tell(Event::FromClient(line));
            }
            Admission::Wait(waiting) => {
                let message = message.clone();
                self.calls.keep(id, message, waiting, &self.mailbox);
            }
            Admission::Answer(frame) => self.client.send(&frame),
            Admission::Ignore => {}
        }
    }

    /// The era, as it is once the session has seen a call.
    fn era(&self) -> Era {
        match self.session.era() {
            Era::Unknown => Era::Modern,
            known => known,
        }
    }

    fn cancel(&mut self, id: &Id, line: Line) {
        if self.calls.waiting.remove(id).is_some() {
            return;
        }
        self.tell(Event::FromClient(line));
        // A server has it, and may answer nothing any more.
        self.calls.end(id, End::Lost);
    }

    /// Something became of a call that waits for a person.
    pub(super) fn waited(&mut self, number: u64, waited: Waited) {
        match waited {
            Waited::Progress(frame) => self.client.send(&frame),
            Waited::Forward(pass) => {
                // Dropped where the call was withdrawn: then it is given back.
                if let Some((id, message)) = self.calls.take(number) {
                    self.calls.let_through(id, pass);
                    self.tell(Event::FromClient(Line::Message(message)));
                    self.shown.counted(self.calls.count);
                }
            }
            Waited::Answer(frame) => {
                if self.calls.take(number).is_some() {
                    self.client.send(&frame);
                }
            }
        }
    }
}

//! One session of an entry at the gate.

use super::activity::Decided;
use super::listing::{self, Listing};
use super::note::Note;
use super::pass::Pass;
use super::seen::Pages;
use super::shared::{Shared, State, lock};
use super::waiting::Waiting;
use policy::{
    Arguments, Asked, Call, Cause, Decision, Denial, Governing, Origin, Pointer, Question,
};
use session::{Era, Frame, Id, Message, Reply, answers};
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::oneshot;

/// The longest call, in bytes of its frame, that a person is asked about: nobody reads more, and
/// it is kept for as long as the person takes.
pub const LONGEST_ASKED: usize = 64 * 1024;

/// JSON-RPC's code for what went wrong on the answering side.
const INTERNAL_ERROR: i32 = -32603;

/// What a client is told in place of a list in which hidden tools cannot be found.
const UNREADABLE: &str = "The server's list of tools cannot be read, and the policy hides some of \
                          them. Ask whoever makes the server to mend it.";

/// One session of an entry. Its copies are the same session.
#[derive(Clone)]
pub struct Caller {
    shared: Arc<Shared>,
    origin: Arc<Origin>,
    /// The pages so far of the list of tools that the server is telling.
    pages: Arc<Mutex<Pages>>,
}

/// What becomes of a call.
#[derive(Debug)]
pub enum Admission {
    /// It is forwarded.
    Forward(Pass),
    /// A person is asked; the call is kept meanwhile.
    Wait(Waiting),
    /// It is answered with this.
    Answer(Frame),
    /// It is no request: a server that acted on it would do so behind the policy. It is dropped.
    Ignore,
}

/// A call on its way through the decision.
struct Arrival<'a> {
    reply: Reply,
    note: Note,
    size: usize,
    call: Call<'a>,
}

impl Caller {
    pub(super) fn new(shared: &Arc<Shared>, origin: Origin) -> Self {
        Self {
            shared: Arc::clone(shared),
            origin: Arc::new(origin),
            pages: Arc::default(),
        }
    }

    /// Decides about a `tools/call` in a session of this era. Reads no file and waits for
    /// nothing.
    #[must_use]
    pub fn admit(&self, message: &Message, era: Era) -> Admission {
        let Some(reply) = Reply::to(message, era) else {
            return Admission::Ignore;
        };
        let arguments = Arguments::read(message.arguments());
        let name = message.name();
        let call = Call {
            origin: &self.origin,
            tool: name.as_deref().unwrap_or_default(),
            arguments: &arguments,
        };
        let state = self.shared.state();
        let rule = state.governing.standing(call.tool).1;
        let now = self.shared.now();
        let arrival = Arrival {
            reply,
            note: Note::of(now.wall_ms, &call, rule.as_ref()),
            size: message.frame().as_bytes().len(),
            call,
        };
        if name.is_none() && !matches!(state.governing, Governing::Nothing) {
            return self.deny(arrival, &unnamed());
        }
        self.decide(state, arrival)
    }

    fn decide(&self, mut state: MutexGuard<'_, State>, arrival: Arrival<'_>) -> Admission {
        let State {
            governing, ledger, ..
        } = &mut *state;
        match ledger.decide(self.shared.now(), governing, &arrival.call) {
            Decision::Forward(places) => {
                Admission::Forward(Pass::new(&self.shared, places, arrival.note))
            }
            Decision::Deny(denial) => self.deny(arrival, &denial),
            Decision::Ask(asked) => {
                let admission = self.ask(&mut state, &asked, arrival);
                self.shared.show_questions(&state);
                admission
            }
        }
    }

    fn ask(&self, state: &mut State, asked: &Asked, arrival: Arrival<'_>) -> Admission {
        let id = asked.question;
        if arrival.size > LONGEST_ASKED {
            state.ledger.withdraw(id);
            return self.deny(arrival, &too_long(&asked.rule));
        }
        let question = state.ledger.questions().find(|question| question.id == id);
        let timeout_s = question.map_or(0, seconds);
        let (sender, settled) = oneshot::channel();
        state.waiting.insert(id, sender);
        let Arrival { reply, note, .. } = arrival;
        let note = note.by(&asked.rule);
        Admission::Wait(Waiting::new(
            &self.shared,
            id,
            reply,
            timeout_s,
            settled,
            note,
        ))
    }

    fn deny(&self, arrival: Arrival<'_>, denial: &Denial) -> Admission {
        let record = arrival.note.by(&denial.rule).record(Decided::Denied, None);
        self.shared.writer.write(record);
        Admission::Answer(arrival.reply.denial(&denial.to_string()))
    }

    /// The answer to the `tools/list` of this id without the tools that are hidden, every other
    /// byte the same. What cannot be read does not pass where any tool is hidden: neither a tool
    /// nor a whole answer.
    #[must_use]
    pub fn filter(&self, id: &Id, frame: Frame) -> Frame {
        let mut state = self.shared.state();
        let hides_any = state.governing.hides_any();
        let Some(listing) = Listing::read(frame.json()) else {
            if hides_any && !listing::is_error(frame.json()) {
                return answers::error(id, INTERNAL_ERROR, UNREADABLE);
            }
            return frame;
        };
        let pages = &mut *lock(&self.pages);
        if let Some(tools) = pages.turn(listing.tools(), listing.is_last) {
            state.seen.keep(&self.origin.entry, tools);
        }
        let is_hidden = |tool: &str| {
            let is_unreadable = tool.is_empty();
            hides_any && (is_unreadable || state.governing.hides(tool).is_some())
        };
        let cuts = listing.cuts(is_hidden);
        if cuts.is_empty() {
            return frame;
        }
        frame.without(&cuts)
    }
}

fn seconds(question: &Question) -> u64 {
    u64::try_from((question.until_ms - question.asked_ms) / 1000).unwrap_or(0)
}

fn unnamed() -> Denial {
    Denial {
        rule: Pointer::default(),
        cause: Cause::Unclear,
        reason: "The call names no tool in a form that can be read. Name one, once.".to_owned(),
    }
}

fn too_long(rule: &Pointer) -> Denial {
    Denial {
        rule: rule.clone(),
        cause: Cause::Unclear,
        reason: "A person must allow this call, and it is over 64 KiB: more than a person reads. \
                 Send less at once."
            .to_owned(),
    }
}

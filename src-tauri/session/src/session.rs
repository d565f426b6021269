//! One client's session over the children that serve it one after the other.
//!
//! What always holds: each request of the client gets exactly one answer (none once it is
//! cancelled), no request reaches two children but those that are replayed or mirrored by the
//! protocol's own state, and no table grows without bound.

use crate::answers::{self, Form};
use crate::asked::Asked;
use crate::backoff::Backoff;
use crate::child::Child;
use crate::effect::{Answered, Effect, Notice, Source};
use crate::era::Era;
use crate::event::{ChildId, Event};
use crate::frame::Frame;
use crate::handshake::Handshake;
use crate::held::{Held, Waiting};
use crate::id::Id;
use crate::listens::Listens;
use crate::memory::Memory;
use crate::method::Method;
use crate::rotation::Plan;
use crate::settings::Settings;
use crate::starting::Wish;
use crate::time::Moment;
use crate::token::TokenState;
use crate::unfinished::Unfinished;
use crate::words::Why;
use std::collections::{BTreeMap, BTreeSet};

/// A session: events go in with the time, effects come out, to be carried out in order.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) settings: Settings,
    pub(crate) now: Moment,
    pub(crate) effects: Vec<Effect>,
    pub(crate) era: Era,
    pub(crate) memory: Memory,
    pub(crate) handshake: Handshake,
    pub(crate) children: BTreeMap<ChildId, Child>,
    /// Takes the requests.
    pub(crate) current: Option<ChildId>,
    /// Gets ready to take its place.
    pub(crate) next: Option<ChildId>,
    pub(crate) newest: u32,
    /// Told to end, not exited.
    pub(crate) ending: BTreeSet<ChildId>,
    pub(crate) wish: Option<Wish>,
    pub(crate) plan: Plan,
    pub(crate) backoff: Backoff,
    pub(crate) held: Held,
    pub(crate) asked: Asked,
    pub(crate) unfinished: Unfinished,
    pub(crate) listens: Listens,
    pub(crate) token: TokenState,
    pub(crate) client: Client,
    pub(crate) keeper: Keeper,
}

/// Whether there is anybody to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    Here,
    Gone,
}

/// Whether the keeper said that it was quit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeper {
    Serving,
    Quit,
}

impl Session {
    /// A session of an entry whose last handshake is `handshake`. [`Event::Opened`] comes first.
    #[must_use]
    pub fn new(settings: Settings, handshake: Handshake) -> Self {
        Self {
            settings,
            now: Moment::default(),
            effects: Vec::new(),
            era: Era::Unknown,
            memory: Memory::default(),
            handshake,
            children: BTreeMap::new(),
            current: None,
            next: None,
            newest: 0,
            ending: BTreeSet::new(),
            wish: None,
            plan: Plan::None,
            backoff: Backoff::default(),
            held: Held::default(),
            asked: Asked::default(),
            unfinished: Unfinished::default(),
            listens: Listens::default(),
            token: TokenState::Awaited {
                advice: String::new(),
            },
            client: Client::Here,
            keeper: Keeper::Serving,
        }
    }

    /// Takes in what happened at `now`; returns what to do, in order.
    pub fn step(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        self.now = now;
        if self.client == Client::Here {
            self.take_in(event);
            self.advance();
        } else if matches!(event, Event::TokenRequestAhead) {
            self.effects.push(Effect::Drained);
        }
        std::mem::take(&mut self.effects)
    }

    /// The client's generation of the protocol, as far as it is known.
    pub fn era(&self) -> Era {
        self.era
    }

    /// Whether the client may be read. When not, what it sends is to be left in its pipe until
    /// a later step.
    pub fn has_room(&self) -> bool {
        self.held.has_room()
    }

    /// Whether a child takes requests.
    pub fn is_served(&self) -> bool {
        self.ready().is_some()
    }

    /// Whether a call waits because there is no valid token.
    pub fn waits_for_token(&self) -> bool {
        let is_call = |waiting: &Waiting| waiting.method() == Method::ToolsCall;
        self.lacks_token() && self.held.iter().any(is_call)
    }

    fn take_in(&mut self, event: Event) {
        match event {
            Event::Opened => self.opened(),
            Event::FromClient(line) => self.client_said(line),
            Event::ClientGone => self.client_gone(),
            Event::ChildUp(child) => self.child_up(child),
            Event::FromChild(child, line) => self.child_said(child, line),
            Event::ChildExited(child) => self.child_exited(child),
            Event::Token(token) => self.token_is(token),
            Event::TokenRequestAhead => self.token_request_ahead(),
            Event::TokenRequestOver => self.token_request_over(),
            Event::ToolsChanged => self.tools_changed(),
            Event::Bye => self.bye(),
            Event::Tick => {}
        }
    }

    /// Does what time and the event make due.
    fn advance(&mut self) {
        if self.client == Client::Gone {
            return;
        }
        self.forget_the_old();
        self.watch_the_coming();
        self.start_wished();
        // First, or a sleep in between would send what the client gave up on hours ago.
        self.give_up();
        self.release();
        self.follow_plan();
        self.end_drained();
        self.start_wished();
    }

    /// Forgets what was cancelled or finished long ago.
    fn forget_the_old(&mut self) {
        self.unfinished.expire(self.now);
        for child in self.children.values_mut() {
            child.forget_cancelled(self.now);
        }
    }

    fn bye(&mut self) {
        self.keeper = Keeper::Quit;
        self.refuse_initialize(&Why::Quit);
    }

    fn client_gone(&mut self) {
        self.client = Client::Gone;
        for child in std::mem::take(&mut self.children).into_keys() {
            self.effects.push(Effect::EndChild { child });
        }
        if matches!(self.plan, Plan::BeforeToken { .. }) {
            self.effects.push(Effect::Drained);
        }
        self.held.take();
        self.memory = Memory::default();
        self.listens = Listens::default();
        self.asked = Asked::default();
        self.unfinished = Unfinished::default();
        (self.current, self.next, self.wish) = (None, None, None);
    }

    pub(crate) fn tell(&mut self, notice: Notice) {
        self.effects.push(Effect::Tell(notice));
    }

    pub(crate) fn send_child(&mut self, child: ChildId, frame: Frame) {
        self.effects.push(Effect::ToChild { child, frame });
    }

    /// Writes to the client what answers nothing.
    pub(crate) fn send_client(&mut self, frame: Frame) {
        let answers = None;
        self.effects.push(Effect::ToClient { frame, answers });
    }

    pub(crate) fn answer(&mut self, frame: Frame, id: Id, method: Method, source: Source) {
        let answers = Some(Answered { id, method, source });
        self.effects.push(Effect::ToClient { frame, answers });
    }

    /// Answers a request by saying why it is not served.
    pub(crate) fn refuse(&mut self, id: &Id, method: Method, form: Form, why: &Why, from: Source) {
        let words = why.words(&self.settings);
        let frame = answers::refusal(id, form, self.era, why.code(), &words);
        self.answer(frame, id.clone(), method, from);
    }

    /// The child that takes requests now.
    pub(crate) fn ready(&self) -> Option<ChildId> {
        self.current
            .filter(|child| self.children.get(child).is_some_and(Child::is_ready))
    }

    /// Whether a child's end would break something off.
    pub(crate) fn is_busy(&self, child: ChildId) -> bool {
        self.children.get(&child).is_some_and(Child::owes_answers)
            || self.asked.any_of(child)
            || self.unfinished.any_of(child)
    }
}

//! A client, its session, its children and a keeper.

use super::children::{Real, State, choose};
use super::invariants as rule;
use super::operation::{Operation, Reply, Request};
use crate::effect::{Effect, Source};
use crate::event::{ChildId, Event};
use crate::handshake::Handshake;
use crate::id::Id;
use crate::message::{Kind, Message};
use crate::method::Method;
use crate::session::Session;
use crate::settings::{Settings, Side, TokenUse};
use crate::splitter::{Line, Oversized, Splitter};
use crate::time::Moment;
use crate::token::{Token, TokenState};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

pub(super) struct World {
    pub(super) session: Session,
    pub(super) now: Moment,
    pub(super) children: BTreeMap<ChildId, Real>,
    /// The client's requests by raw id.
    pub(super) sent: BTreeMap<String, Sent>,
    pub(super) is_token_ahead: bool,
    notifications: BTreeSet<String>,
    /// The ids of the questions that the client was shown, in order.
    shown: Vec<(ChildId, u8, String)>,
    token: Option<Token>,
    generation: u64,
    /// What a child has just written.
    fed: Option<String>,
}

/// A request of the client.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) text: String,
    pub(super) method: Method,
    pub(super) arrived: Moment,
    pub(super) answers: u32,
    pub(super) is_cancelled: bool,
    /// Whether it goes on with what a child has begun.
    pub(super) continues: bool,
    pub(super) reached: Vec<ChildId>,
}

impl World {
    pub(super) fn new(settings: Settings, is_legacy: bool) -> Self {
        let mut world = Self {
            session: Session::new(settings, Handshake::default()),
            now: Moment(0),
            children: BTreeMap::new(),
            sent: BTreeMap::new(),
            is_token_ahead: false,
            notifications: BTreeSet::new(),
            shown: Vec::new(),
            token: None,
            generation: 0,
            fed: None,
        };
        world.step(Event::Opened);
        if is_legacy {
            world.request("initialize", r#"{"protocolVersion":"2025-11-25"}"#, false);
            world.notify("notifications/initialized", "{}");
        } else {
            world.request("tools/list", "{}", false);
        }
        world
    }

    pub(super) fn run(&mut self, operation: Operation) {
        match operation {
            Operation::Call => self.request("tools/call", r#"{"name":"a"}"#, false),
            Operation::Ask(request) => self.ask(request),
            Operation::Retry => {
                let params = r#"{"name":"a","requestState":"s"}"#;
                self.request("tools/call", params, true);
            }
            Operation::Duplicate => self.duplicate(),
            Operation::Cancel(which) => self.cancel(which),
            Operation::ClientOversized => self.client_oversized(),
            Operation::ClientNoise => self.client("noise"),
            Operation::Answer(which) => self.answer(which),
            Operation::ChildUp(which) => self.child_up(which),
            Operation::ChildAnswers(which, what, reply) => self.child_answers(which, what, reply),
            Operation::ChildRepeats(which) => self.child_repeats(which),
            Operation::ChildAsks(which, id) => self.child_asks(which, id),
            Operation::ChildTakesBack(which) => self.child_takes_back(which),
            Operation::ChildTells(which) => {
                let told = r#"{"jsonrpc":"2.0","method":"notifications/message"}"#;
                self.child(which, told);
            }
            Operation::ChildDies(which) => self.exit(which, &[State::Starting, State::Up]),
            Operation::ChildExits(which) => self.exit(which, &[State::Ending]),
            Operation::NewToken => self.new_token(),
            Operation::NoToken => self.no_token(),
            Operation::TokenRequestAhead => {
                self.is_token_ahead = self.session.settings.token_use == TokenUse::Environment;
                self.step(Event::TokenRequestAhead);
            }
            Operation::TokenRequestOver => {
                self.is_token_ahead = false;
                self.step(Event::TokenRequestOver);
            }
            Operation::Bye if self.session.settings.side == Side::Relay => self.step(Event::Bye),
            Operation::Bye => {}
            Operation::Pass(seconds) => self.pass(seconds),
        }
        rule::tables_hold_only_what_is_open(self);
    }

    /// Every child does what it should, for long enough.
    pub(super) fn finish(&mut self) {
        self.run(Operation::TokenRequestOver);
        for _ in 0..20 {
            while choose(&self.children, 0, &[State::Ending]).is_some() {
                self.exit(0, &[State::Ending]);
            }
            while choose(&self.children, 0, &[State::Starting]).is_some() {
                self.child_up(0);
            }
            for which in 0..self.children.len() {
                while self.owes(which) {
                    self.child_answers(which, 0, Reply::Result);
                }
            }
            self.pass(10);
        }
        self.pass(400);
        rule::every_request_is_answered_in_the_end(self);
    }

    fn owes(&self, which: usize) -> bool {
        let child = choose(&self.children, which, &[State::Up]);
        child.is_some_and(|child| !self.children[&child].owed.is_empty())
    }

    fn step(&mut self, event: Event) {
        let effects = self.session.step(self.now, event);
        for effect in effects {
            self.carry_out(effect);
        }
        self.fed = None;
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::ToClient { frame, answers } => {
                let source = answers.map(|answers| answers.source);
                self.client_hears(frame.json(), source);
            }
            Effect::ToChild { child, frame } => self.child_hears(child, frame.json()),
            Effect::StartChild { child, .. } => {
                rule::children_that_cannot_live_together_do_not(self);
                let until = self.token.map(|token| token.until);
                self.children.insert(child, Real::starting(until));
                rule::few_children_live(self);
            }
            Effect::EndChild { child } => {
                let real = self.children.get_mut(&child).unwrap();
                real.state = State::Ending;
                real.questions.clear();
            }
            Effect::Withdrawn { id } => assert!(self.sent[id.raw()].is_cancelled),
            Effect::Drained | Effect::Keep(_) | Effect::Tell(_) => {}
        }
    }

    fn client_hears(&mut self, json: &str, source: Option<Source>) {
        let message = Message::read(json.into()).unwrap();
        match message.kind() {
            Kind::Answer { id, .. } => {
                let sent = self.sent.get_mut(id.raw()).unwrap();
                sent.answers += 1;
                rule::one_answer_for_each_request(sent, id.raw());
                let is_own = sent.method == Method::Listen;
                if matches!(source, Some(Source::Child(_))) && !is_own {
                    rule::bytes_pass_unchanged(json, self.fed.as_deref().unwrap());
                }
            }
            Kind::Request { id, .. } => self.question_shown(id, json),
            Kind::Notification { .. } => {}
        }
    }

    fn question_shown(&mut self, shown: &Id, json: &str) {
        let fed = Message::read(self.fed.clone().unwrap()).unwrap();
        rule::bytes_pass_unchanged(json, fed.under(shown.raw()).json());
        let Kind::Request { id, .. } = fed.kind() else {
            panic!("a question that nobody asked");
        };
        let own: u8 = id.raw().parse().unwrap();
        let child = self.asking(own);
        let questions = &mut self.children.get_mut(&child).unwrap().questions;
        questions.insert(own, shown.raw().to_owned());
        self.shown.push((child, own, shown.raw().to_owned()));
    }

    /// Who asks at this moment: marked by an empty id.
    fn asking(&self, own: u8) -> ChildId {
        let mut children = self.children.iter();
        let asks = |child: &Real| child.questions.get(&own).is_some_and(String::is_empty);
        *children.find(|(_, child)| asks(child)).unwrap().0
    }

    fn child_hears(&mut self, child: ChildId, json: &str) {
        rule::only_a_child_that_is_up_is_written_to(self, child);
        let message = Message::read(json.into()).unwrap();
        match message.kind() {
            Kind::Request { id, method } => self.request_arrives(child, id, *method, json),
            Kind::Notification { method } if *method != Method::Cancelled => {
                assert!(self.notifications.contains(json), "{json}");
            }
            Kind::Notification { .. } => {
                let cancelled = message.cancels().unwrap();
                let real = self.children.get_mut(&child).unwrap();
                let over = |(id, method): &(String, Method)| {
                    id == cancelled.raw() && *method == Method::Listen
                };
                real.owed.retain(|owed| !over(owed));
            }
            Kind::Answer { id, .. } => {
                let own: u8 = id.raw().parse().unwrap();
                let real = self.children.get_mut(&child).unwrap();
                assert!(
                    real.questions.remove(&own).is_some(),
                    "answered twice: {json}"
                );
            }
        }
        self.children.get_mut(&child).unwrap().hears(&message);
    }

    fn request_arrives(&mut self, child: ChildId, id: &Id, method: Method, json: &str) {
        if id.raw().starts_with("\"zoomtray-") {
            assert_eq!(method, Method::ToolsList);
            return;
        }
        let sent = self.sent.get_mut(id.raw()).unwrap();
        rule::bytes_pass_unchanged(json, &sent.text);
        sent.reached.push(child);
        let sent = &self.sent[id.raw()];
        rule::nothing_is_sent_twice_but_the_session_itself(sent, child);
        if method == Method::ToolsCall && !sent.continues {
            rule::no_call_is_sent_while_the_token_is_being_ended(self);
            if self.session.settings.token_use == TokenUse::Environment {
                rule::no_call_goes_where_its_token_has_ended(self, child);
            }
        }
    }

    fn client(&mut self, json: &str) {
        for line in Splitter::default().feed(format!("{json}\n").as_bytes()) {
            self.step(Event::FromClient(line));
        }
    }

    fn request(&mut self, method: &str, params: &str, continues: bool) {
        let id = self.sent.len().to_string();
        let text =
            format!(r#"{{"jsonrpc":"2.0","id":{id}, "method":"{method}","params":{params}}}"#);
        let sent = Sent {
            text: text.clone(),
            method: Method::named(method),
            arrived: self.now,
            answers: 0,
            is_cancelled: false,
            continues,
            reached: Vec::new(),
        };
        self.sent.insert(id, sent);
        self.client(&text);
    }

    fn notify(&mut self, method: &str, params: &str) {
        let text = format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{params}}}"#);
        self.notifications.insert(text.clone());
        self.client(&text);
    }

    fn ask(&mut self, request: Request) {
        let uri = |number: u8| format!(r#"{{"uri":"file:///{number}"}}"#);
        let task = r#"{"taskId":"t"}"#;
        match request {
            Request::Ping => self.request("ping", "{}", false),
            Request::Discover => self.request("server/discover", "{}", false),
            Request::ListTools => self.request("tools/list", "{}", false),
            Request::SetLevel => self.request("logging/setLevel", "{}", false),
            Request::Subscribe(number) => self.request("resources/subscribe", &uri(number), false),
            Request::Unsubscribe(number) => {
                self.request("resources/unsubscribe", &uri(number), false);
            }
            Request::Listen => self.request("subscriptions/listen", "{}", false),
            Request::BeginTask => self.request("tools/call", r#"{"name":"b","task":{}}"#, false),
            Request::GetTask => self.request("tasks/get", task, true),
        }
    }

    fn duplicate(&mut self) {
        let open = |sent: &Sent| sent.answers == 0 && !sent.is_cancelled;
        let id = self.sent.iter().find(|(_, sent)| open(sent));
        if let Some(id) = id.map(|(id, _)| id.clone()) {
            self.client(&format!(
                r#"{{"jsonrpc":"2.0","id":{id},"method":"again"}}"#
            ));
        }
    }

    fn cancel(&mut self, which: usize) {
        let open = |sent: &Sent| sent.answers == 0 && sent.method != Method::Initialize;
        let open = self.sent.iter().filter(|(_, sent)| open(sent));
        let open: Vec<String> = open.map(|(id, _)| id.clone()).collect();
        if open.is_empty() {
            return;
        }
        let id = &open[which % open.len()];
        self.sent.get_mut(id).unwrap().is_cancelled = true;
        self.notify(
            "notifications/cancelled",
            &format!(r#"{{"requestId":{id}}}"#),
        );
    }

    fn client_oversized(&mut self) {
        let id = self.sent.len().to_string();
        let sent = Sent {
            text: String::new(),
            method: Method::ToolsCall,
            arrived: self.now,
            answers: 0,
            is_cancelled: false,
            continues: false,
            reached: Vec::new(),
        };
        let line = oversized(&id, Some(Method::ToolsCall));
        self.sent.insert(id, sent);
        self.step(Event::FromClient(line));
    }

    fn answer(&mut self, which: usize) {
        if self.shown.is_empty() {
            return;
        }
        let (.., shown) = &self.shown[which % self.shown.len()];
        self.client(&format!(
            r#"{{"jsonrpc":"2.0","id":{shown},"result":{{}}}}"#
        ));
    }

    fn child_up(&mut self, which: usize) {
        if let Some(child) = choose(&self.children, which, &[State::Starting]) {
            self.children.get_mut(&child).unwrap().state = State::Up;
            self.step(Event::ChildUp(child));
        }
    }

    /// A child that is up, or that was told to end, writes something.
    fn child(&mut self, which: usize, json: &str) {
        if let Some(child) = choose(&self.children, which, &[State::Up, State::Ending]) {
            self.writes(child, json);
        }
    }

    fn writes(&mut self, child: ChildId, json: &str) {
        for line in Splitter::default().feed(format!("{json}\n").as_bytes()) {
            self.fed = Some(json.to_owned());
            self.step(Event::FromChild(child, line));
        }
    }

    fn child_answers(&mut self, which: usize, what: usize, reply: Reply) {
        let Some(child) = choose(&self.children, which, &[State::Up]) else {
            return;
        };
        let real = self.children.get_mut(&child).unwrap();
        let Some(json) = real.reply(what, reply) else {
            return;
        };
        real.last = Some(json.clone());
        if matches!(reply, Reply::Oversized) {
            let Kind::Answer { id, .. } = Message::read(json).unwrap().kind().clone() else {
                return;
            };
            return self.step(Event::FromChild(child, oversized(id.raw(), None)));
        }
        self.writes(child, &json);
    }

    fn child_repeats(&mut self, which: usize) {
        let child = choose(&self.children, which, &[State::Up, State::Ending]);
        let last = child.and_then(|child| self.children[&child].last.clone());
        if let (Some(child), Some(last)) = (child, last) {
            self.writes(child, &last);
        }
    }

    fn child_asks(&mut self, which: usize, own: u8) {
        let Some(child) = choose(&self.children, which, &[State::Up]) else {
            return;
        };
        let real = self.children.get_mut(&child).unwrap();
        real.questions.entry(own).or_default();
        let ask = format!(r#"{{"jsonrpc":"2.0","id":{own},"method":"roots/list"}}"#);
        self.writes(child, &ask);
    }

    fn child_takes_back(&mut self, which: usize) {
        let Some(child) = choose(&self.children, which, &[State::Up]) else {
            return;
        };
        let questions = &mut self.children.get_mut(&child).unwrap().questions;
        if let Some((own, _)) = questions.pop_first() {
            let params = format!(r#"{{"requestId":{own}}}"#);
            let json = format!(
                r#"{{"jsonrpc":"2.0","method":"notifications/cancelled","params":{params}}}"#
            );
            self.writes(child, &json);
        }
    }

    fn exit(&mut self, which: usize, states: &[State]) {
        if let Some(child) = choose(&self.children, which, states) {
            let real = self.children.get_mut(&child).unwrap();
            real.state = State::Exited;
            real.questions.clear();
            self.step(Event::ChildExited(child));
        }
    }

    fn new_token(&mut self) {
        self.generation += 1;
        self.is_token_ahead = false;
        let token = Token {
            generation: self.generation,
            until: self.now.plus(Duration::from_hours(1)),
        };
        self.token = Some(token);
        self.step(Event::Token(TokenState::Valid(token)));
    }

    fn no_token(&mut self) {
        self.token = None;
        let advice = "Sign in again.".into();
        self.step(Event::Token(TokenState::Refused { advice }));
    }

    fn pass(&mut self, seconds: u64) {
        let end = self.now.plus(Duration::from_secs(seconds));
        while let Some(next) = self.session.next_wakeup().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            self.step(Event::Tick);
            rule::a_wake_up_does_something(self);
        }
        self.now = end;
        rule::nobody_waits_longer_than_promised(self);
    }
}

fn oversized(id: &str, method: Option<Method>) -> Line {
    Line::Oversized(Oversized {
        length: 17 * 1024 * 1024,
        id: Id::read(id),
        method,
    })
}

//! A session, a time that passes only when told, and short words for what happens.

use crate::effect::{Effect, Notice, Start};
use crate::event::{ChildId, Event};
use crate::handshake::Handshake;
use crate::session::Session;
use crate::settings::{Coexistence, Settings, Side, TokenUse};
use crate::splitter::{Line, Splitter};
use crate::time::Moment;
use crate::token::{Token, TokenState};
use std::time::Duration;

pub(super) const INITIALIZE: &str =
    r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#;
pub(super) const INITIALIZE_RESULT: &str =
    r#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}"#;
pub(super) const INITIALIZED: &str = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
pub(super) const HOUR: u64 = 3600;

pub(super) struct Stage {
    pub(super) session: Session,
    pub(super) now: Moment,
    /// The last handshake to be kept.
    pub(super) kept: Handshake,
    /// What was told for the log.
    pub(super) told: Vec<Notice>,
}

pub(super) fn settings() -> Settings {
    Settings {
        side: Side::Gateway,
        entry: "zoom".into(),
        token_use: TokenUse::None,
        coexistence: Coexistence::Together,
    }
}

pub(super) fn rotating() -> Settings {
    Settings {
        token_use: TokenUse::Environment,
        ..settings()
    }
}

pub(super) fn request(id: &str, method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{params}}}"#)
}

pub(super) fn call(id: &str) -> String {
    request(id, "tools/call", r#"{"name":"get_user","arguments":{}}"#)
}

pub(super) fn notification(method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{params}}}"#)
}

pub(super) fn result(id: &str, result: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#)
}

pub(super) fn error(id: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":-1,"message":"no"}}}}"#)
}

pub(super) fn to_client(json: impl AsRef<str>) -> String {
    format!("client < {}", json.as_ref())
}

pub(super) fn to_child(child: u32, json: impl AsRef<str>) -> String {
    format!("{child} < {}", json.as_ref())
}

/// Whether this is the answer that says, under this id, that something is wrong.
pub(super) fn is_refusal(line: &str, id: &str, words: &str) -> bool {
    let begins = line.starts_with(&format!(r#"client < {{"jsonrpc":"2.0","id":{id},"#));
    let fails = line.contains(r#""isError":true"#) || line.contains(r#""error":"#);
    begins && fails && line.contains(words)
}

impl Stage {
    pub(super) fn new(settings: Settings) -> Self {
        Self::with(settings, Handshake::default())
    }

    pub(super) fn with(settings: Settings, handshake: Handshake) -> Self {
        let mut stage = Self::closed(settings, handshake);
        assert_eq!(stage.tell(Event::Opened), ["start 1 Opening"]);
        stage
    }

    /// A session that begins when there is a token already, which child 1 gets.
    pub(super) fn with_token(settings: Settings) -> Self {
        let mut stage = Self::closed(settings, Handshake::default());
        stage.token(1);
        assert_eq!(stage.tell(Event::Opened), ["start 1 Opening"]);
        stage
    }

    fn closed(settings: Settings, handshake: Handshake) -> Self {
        Self {
            session: Session::new(settings, handshake.clone()),
            now: Moment(0),
            kept: handshake,
            told: Vec::new(),
        }
    }

    /// A session whose client has got through the legacy opening with child 1.
    pub(super) fn legacy(settings: Settings) -> Self {
        let mut stage = Self::new(settings);
        stage.open_legacy();
        stage
    }

    pub(super) fn open_legacy(&mut self) {
        self.client(INITIALIZE);
        assert_eq!(self.up(1), [to_child(1, INITIALIZE)]);
        let answered = self.child(1, INITIALIZE_RESULT);
        assert_eq!(answered, [to_client(INITIALIZE_RESULT)]);
        assert_eq!(self.client(INITIALIZED), [to_child(1, INITIALIZED)]);
    }

    /// A legacy session whose child 1 has token 1 and has been called once.
    pub(super) fn used(settings: Settings) -> Self {
        let mut stage = Self::with_token(settings);
        stage.open_legacy();
        stage.client(&call("\"use\""));
        stage.child(1, &result("\"use\"", "{}"));
        stage
    }

    /// The client lists the tools of `child`, which are these.
    pub(super) fn list_tools(&mut self, id: &str, child: u32, tools: &str) {
        let question = request(id, "tools/list", "{}");
        assert_eq!(self.client(&question), [to_child(child, question)]);
        let answer = result(id, &format!(r#"{{"tools":{tools}}}"#));
        assert_eq!(self.child(child, &answer), [to_client(answer)]);
    }

    pub(super) fn client(&mut self, json: &str) -> Vec<String> {
        self.lines(json, Event::FromClient)
    }

    pub(super) fn child(&mut self, child: u32, json: &str) -> Vec<String> {
        self.lines(json, |line| Event::FromChild(ChildId(child), line))
    }

    pub(super) fn up(&mut self, child: u32) -> Vec<String> {
        self.tell(Event::ChildUp(ChildId(child)))
    }

    pub(super) fn exit(&mut self, child: u32) -> Vec<String> {
        self.tell(Event::ChildExited(ChildId(child)))
    }

    /// A token of this number that lives an hour.
    pub(super) fn token(&mut self, generation: u64) -> Vec<String> {
        let until = self.now.plus(Duration::from_secs(HOUR));
        self.tell(Event::Token(TokenState::Valid(Token { generation, until })))
    }

    /// Lets time pass, stepping whenever the session asked for it.
    pub(super) fn pass(&mut self, seconds: u64) -> Vec<String> {
        let end = self.now.plus(Duration::from_secs(seconds));
        let mut lines = Vec::new();
        while let Some(next) = self.session.next_wakeup().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            lines.extend(self.tell(Event::Tick));
            assert_ne!(
                self.session.next_wakeup(),
                Some(next),
                "a wake-up that does nothing"
            );
        }
        self.now = end;
        lines
    }

    /// Lets time pass without a step, as while the computer sleeps.
    pub(super) fn sleep(&mut self, seconds: u64) {
        self.now = self.now.plus(Duration::from_secs(seconds));
    }

    pub(super) fn tell(&mut self, event: Event) -> Vec<String> {
        let effects = self.session.step(self.now, event);
        effects
            .into_iter()
            .filter_map(|effect| self.line(effect))
            .collect()
    }

    fn lines(&mut self, json: &str, event: impl Fn(Line) -> Event) -> Vec<String> {
        let lines = Splitter::default().feed(format!("{json}\n").as_bytes());
        let effects = lines.into_iter().flat_map(|line| self.tell(event(line)));
        effects.collect()
    }

    fn line(&mut self, effect: Effect) -> Option<String> {
        match effect {
            Effect::ToClient { frame, .. } => Some(to_client(frame.json())),
            Effect::ToChild { child, frame } => Some(to_child(child.0, frame.json())),
            Effect::StartChild { child, why } => Some(start(child.0, why)),
            Effect::EndChild { child } => Some(format!("end {}", child.0)),
            Effect::Drained => Some("drained".into()),
            Effect::Withdrawn { id } => Some(format!("withdrawn {}", id.raw())),
            Effect::Keep(handshake) => {
                self.kept = handshake;
                None
            }
            Effect::Tell(notice) => {
                self.told.push(notice);
                None
            }
        }
    }
}

pub(super) fn start(child: u32, why: Start) -> String {
    format!("start {child} {why:?}")
}

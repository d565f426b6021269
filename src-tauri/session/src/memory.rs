//! What of a client's session is told to each new child, and to compare its tool list with.

use crate::event::ChildId;
use crate::fields::Param;
use crate::frame::Frame;
use crate::id::Id;
use crate::limits::{LONGEST_KEPT, MOST_KEPT};
use crate::message::Message;
use crate::method::Method;
use crate::settings::Side;
use crate::time::Moment;
use std::collections::BTreeMap;

/// All of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) initialize: Option<Initialize>,
    /// `notifications/initialized`, once the client has sent it.
    pub(crate) initialized: Option<Frame>,
    /// The last `logging/setLevel`.
    pub(crate) level: Option<(Id, Frame)>,
    /// The live `resources/subscribe`s by raw URI.
    pub(crate) subscriptions: BTreeMap<String, (Id, Frame)>,
    /// The last question for the first page of tools.
    pub(crate) tools_question: Option<Message>,
    /// The hash of the tools that the client knows.
    pub(crate) tools: Option<u64>,
}

/// The request that opened the session.
#[derive(Clone, Debug)]
pub(crate) struct Initialize {
    pub(crate) id: Id,
    pub(crate) message: Message,
    pub(crate) arrived: Moment,
    pub(crate) opening: Opening,
}

/// Whether the client knows the result of `initialize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    Unanswered,
    FromCache,
    FromChild(ChildId),
}

/// Whether something is kept for the next child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Kept,
    TooMuch,
}

/// The id of a session's own question for a child's tools. A relay's question passes through a
/// gateway's session, which asks under its own.
pub(crate) fn tools_id(side: Side) -> &'static str {
    match side {
        Side::Gateway => r#""zoomtray-tools""#,
        Side::Relay => r#""zoomtray-relay-tools""#,
    }
}

impl Initialize {
    /// The raw protocol version that the client asks for.
    pub(crate) fn version(&self) -> &str {
        self.message.param(Param::ProtocolVersion).unwrap_or("")
    }
}

impl Memory {
    /// The `initialize` whose result the client waits for.
    pub(crate) fn unanswered(&mut self) -> Option<&mut Initialize> {
        let initialize = self.initialize.as_mut();
        initialize.filter(|initialize| initialize.opening == Opening::Unanswered)
    }

    /// Takes in a request that goes to a child.
    pub(crate) fn note(&mut self, id: &Id, method: Method, message: &Message) -> Kept {
        let kept = || (id.clone(), message.frame().clone());
        match method {
            Method::SetLevel => self.level = Some(kept()),
            Method::Subscribe => return self.subscribe(id, message),
            Method::Unsubscribe => {
                let uri = message.param(Param::Uri);
                uri.and_then(|uri| self.subscriptions.remove(uri));
            }
            Method::ToolsList if message.param(Param::Cursor).is_none() => {
                self.tools_question = Some(message.clone());
            }
            _ => {}
        }
        Kept::Kept
    }

    fn subscribe(&mut self, id: &Id, message: &Message) -> Kept {
        let Some(uri) = message.param(Param::Uri) else {
            return Kept::Kept;
        };
        let frame = message.frame();
        let is_new = !self.subscriptions.contains_key(uri);
        let is_too_many = is_new && self.subscriptions.len() >= MOST_KEPT;
        if is_too_many || frame.as_bytes().len() > LONGEST_KEPT {
            return Kept::TooMuch;
        }
        let entry = (id.clone(), frame.clone());
        self.subscriptions.insert(uri.to_owned(), entry);
        Kept::Kept
    }

    /// A subscription was refused.
    pub(crate) fn not_subscribed(&mut self, id: &Id, uri: &str) {
        let is_that = self
            .subscriptions
            .get(uri)
            .is_some_and(|(own, _)| own == id);
        if is_that {
            self.subscriptions.remove(uri);
        }
    }

    /// What a child is told after it has answered `initialize`, besides the notification.
    pub(crate) fn replayed(&self) -> Vec<(Id, Frame)> {
        let subscriptions = self.subscriptions.values();
        self.level.iter().chain(subscriptions).cloned().collect()
    }
}

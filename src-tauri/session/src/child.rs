//! One child: how far it has come, and what it has not answered yet.

use crate::answers::Form;
use crate::id::Id;
use crate::limits::CANCELLED_MEMORY;
use crate::method::Method;
use crate::time::Moment;
use crate::token::Token;
use std::collections::BTreeMap;

/// A child that lives, as far as is known.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub(crate) stage: Stage,
    /// When it was started, or sent the last `initialize`.
    pub(crate) begun: Moment,
    /// What it was started with.
    pub(crate) token: Option<Token>,
    pub(crate) use_made: Use,
    pub(crate) pending: BTreeMap<Id, Pending>,
    /// Its tool list's hash, until it has been compared.
    pub(crate) tools: Option<u64>,
}

/// How far a child has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It cannot be written to.
    Starting,
    /// It has not answered `initialize`.
    Handshaking,
    /// It has not answered what was replayed.
    Settling { until: Moment },
    /// It takes requests.
    Ready { since: Moment },
    /// It answers what it has; another one takes the requests.
    Draining { until: Moment },
}

/// Whether the client has asked a child for anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Idle,
    Used,
}

/// A request that a child has not answered.
#[derive(Clone, Debug)]
pub(crate) enum Pending {
    /// The client waits for the answer.
    Client(Open),
    /// A listen, which stays open.
    Listen,
    /// The remembered `initialize`.
    Initialize,
    /// Replayed: the answer is swallowed.
    Replayed,
    /// Our own question for its tools.
    Tools,
}

/// A request that the client waits for.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub(crate) method: Method,
    pub(crate) form: Form,
    pub(crate) cancelled: Option<Moment>,
    pub(crate) about: About,
}

/// What of a request is needed to understand its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Nothing,
    /// Part of the handshake, as this question.
    Opening(String),
    /// The resource of this raw URI.
    Subscription(String),
    /// The task of this raw id.
    Task(String),
    /// Something whose result may be a task or the wish for input. The number tells its
    /// retry from others.
    Call(u64),
}

impl Child {
    pub(crate) fn starting(now: Moment, token: Option<Token>) -> Self {
        Self {
            stage: Stage::Starting,
            begun: now,
            token,
            use_made: Use::Idle,
            pending: BTreeMap::new(),
            tools: None,
        }
    }

    pub(crate) fn is_ready(&self) -> bool {
        matches!(self.stage, Stage::Ready { .. })
    }

    /// Whether it has yet to become ready.
    pub(crate) fn is_coming(&self) -> bool {
        !self.is_ready() && !self.is_draining()
    }

    pub(crate) fn is_draining(&self) -> bool {
        matches!(self.stage, Stage::Draining { .. })
    }

    /// Whether it may be told anything, `initialize` being over.
    pub(crate) fn has_opened(&self) -> bool {
        !matches!(self.stage, Stage::Starting | Stage::Handshaking)
    }

    /// Whether it has to answer something before it is ready.
    pub(crate) fn is_settling_still(&self) -> bool {
        let replayed = |pending: &Pending| matches!(pending, Pending::Replayed | Pending::Tools);
        self.pending.values().any(replayed)
    }

    /// Whether the client waits for an answer of it.
    pub(crate) fn owes_answers(&self) -> bool {
        let owed = |pending: &Pending| matches!(pending, Pending::Client(open) if open.cancelled.is_none());
        self.pending.values().any(owed)
    }

    /// Whether the client's request of this id is with it.
    pub(crate) fn holds(&self, id: &Id) -> bool {
        matches!(self.pending.get(id), Some(Pending::Client(_)))
    }

    /// Forgets what was cancelled long ago.
    pub(crate) fn forget_cancelled(&mut self, now: Moment) {
        self.pending.retain(|_, pending| match pending {
            Pending::Client(open) => open
                .cancelled
                .is_none_or(|at| now < at.plus(CANCELLED_MEMORY)),
            _ => true,
        });
    }
}

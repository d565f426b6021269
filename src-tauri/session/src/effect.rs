//! What the driver must do, in the order given.

use crate::event::ChildId;
use crate::frame::Frame;
use crate::handshake::Handshake;
use crate::id::Id;
use crate::method::Method;
use crate::splitter::{Noise, Oversized};

/// Something to do. Effects are carried out one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write this to the client.
    ToClient {
        /// The bytes.
        frame: Frame,
        /// The client's request that it answers, if it does.
        answers: Option<Answered>,
    },
    /// Write this to the child, which is up.
    ToChild {
        /// Whom.
        child: ChildId,
        /// The bytes.
        frame: Frame,
    },
    /// Start a child with the token of the last [`crate::Event::Token`], then tell [`crate::Event::ChildUp`] or
    /// [`crate::Event::ChildExited`].
    StartChild {
        /// Under this number.
        child: ChildId,
        /// Why.
        why: Start,
    },
    /// End the child. What it still sends is ignored; [`crate::Event::ChildExited`] is told
    /// when it has exited.
    EndChild {
        /// Whom.
        child: ChildId,
    },
    /// The request for a token that ends the last one can be made now.
    Drained,
    /// Keep this with the entry for sessions to come. It holds no secret.
    Keep(Handshake),
    /// The client took back a request that no child has seen.
    Withdrawn {
        /// Which.
        id: Id,
    },
    /// Something for the log.
    Tell(Notice),
}

/// A request that has got its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Which.
    pub id: Id,
    /// Its method.
    pub method: Method,
    /// Whose answer it is.
    pub source: Source,
}

/// Whose answer a request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The child's.
    Child(ChildId),
    /// The cached handshake's.
    Cache,
    /// Ours: the request reached no child.
    Unsent,
    /// Ours: the request reached a child, what it did is not known.
    Lost(ChildId),
}

/// Why a child is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The session begins.
    Opening,
    /// The last one ended by itself. A relay may start the app, at most once a minute.
    Lost,
    /// The keeper was quit: a relay waits for it and starts nothing.
    Quit,
    /// There is a newer token than the last one has.
    Rotation,
}

/// Which end something came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The client.
    Client,
    /// A child.
    Child(ChildId),
}

/// Something for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A line that is no message was dropped.
    Noise {
        /// Who wrote it.
        from: Party,
        /// What it was.
        noise: Noise,
    },
    /// A message over the limit was dropped, and answered where it asked for an answer.
    Oversized {
        /// Who wrote it.
        from: Party,
        /// What is known of it.
        message: Oversized,
    },
    /// An answer to nothing that was asked, or a second one, was dropped.
    StrayAnswer {
        /// Who wrote it.
        from: Party,
        /// What it would answer.
        id: Id,
    },
    /// A request under the id of one that is not answered yet was dropped.
    DuplicateRequest {
        /// Who wrote it.
        from: Party,
        /// The id.
        id: Id,
    },
    /// A subscription is too long or one too many: it ends with the child that has it.
    NotKept {
        /// The method that asked for it.
        method: Method,
    },
    /// A child ended by itself or did not get ready.
    Failed {
        /// Which.
        child: ChildId,
        /// How often in a row.
        failures: u32,
    },
    /// New requests go to this child from now on.
    Switched {
        /// Which.
        child: ChildId,
    },
    /// The client was told that the tool list differs.
    ToolsDiffer,
}

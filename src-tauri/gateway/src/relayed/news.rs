//! What a session is told beside its pipes.

use crate::gate::Waited;
use session::ChildId;
use tokio::sync::oneshot;

/// Something for a session.
pub(super) enum News {
    /// A token is about to be requested that ends the last; the sender is used or dropped once
    /// the session has nothing in flight.
    RequestAhead(oneshot::Sender<()>),
    /// That request is over.
    RequestOver,
    /// The gateway closes.
    Close(Farewell),
    /// A child's process is gone.
    Exited(ChildId),
    /// A child whose process is gone has had time enough to be read to the end.
    Unheard(ChildId),
    /// Something became of the call of this number that waits for a person.
    Waited { number: u64, waited: Box<Waited> },
}

/// What a relay is told when the gateway closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Goodbye: the user quit it, and the relay starts nothing.
    Bye,
    /// Nothing: another keeper takes over.
    None,
}

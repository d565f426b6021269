//! What can happen to a session.

use crate::splitter::Line;
use crate::token::TokenState;

/// One child of a session. Numbers are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChildId(pub u32);

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The client is there. Comes first.
    Opened,
    /// The client sent this.
    FromClient(Line),
    /// The client is gone. Nothing is sent to it any more.
    ClientGone,
    /// The child can be written to.
    ChildUp(ChildId),
    /// The child sent this.
    FromChild(ChildId, Line),
    /// The child ended, could not be started, or has exited after
    /// [`crate::Effect::EndChild`]. Comes exactly once for each child.
    ChildExited(ChildId),
    /// What is known of the account's token: at the beginning and at each change.
    Token(TokenState),
    /// A token is about to be requested that ends the last one. Answered with
    /// [`crate::Effect::Drained`]; then [`Event::Token`] or [`Event::TokenRequestOver`] follows.
    TokenRequestAhead,
    /// That request brought no token.
    TokenRequestOver,
    /// Which tools the client may see has changed.
    ToolsChanged,
    /// The keeper said that it was quit (relay): its connection ends now.
    Bye,
    /// Time has passed.
    Tick,
}

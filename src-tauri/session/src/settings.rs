//! What a session is told once, when it begins.

/// How one session behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which end of Zoomtray it is.
    pub side: Side,
    /// The name of the entry, for the words that people and models read.
    pub entry: String,
    /// How children get the token.
    pub token_use: TokenUse,
    /// Whether two children can live at the same time.
    pub coexistence: Coexistence,
}

/// Which end of Zoomtray a session is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Between relays and servers. A child is a server's process.
    Gateway,
    /// Between Claude and the keeper. A child is a connection to the keeper: to start it is to
    /// connect, and a driver that cannot connect yet goes on trying.
    Relay,
}

/// How children get the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// Not at all: calls never wait for one.
    None,
    /// They ask for it whenever they need it and are never replaced for it.
    Subscribed,
    /// Once, in their environment: a new token takes a new child.
    Environment,
}

/// Whether two children can live at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coexistence {
    /// The new one starts while the old one serves.
    Together,
    /// The old one has exited before the new one starts.
    Apart,
}

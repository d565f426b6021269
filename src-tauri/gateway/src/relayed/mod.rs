//! Relays and the servers behind them: one session each, over children that come and go.
//!
//! What always holds: a message passes as the bytes it came in; memory is bounded however slow
//! a reader is; a session that ends has ended its children before it is over.

mod driver;
mod entry;
mod environment;
mod gateway;
mod handshakes;
mod news;
mod registry;
mod token;
mod unknown;
mod view;

pub use entry::{Entries, Entry, Found, NoEntry, Server, ThirdParty};
pub use gateway::{Gateway, GatewaySettings, Relay};
pub use news::Farewell;
pub use token::AccountToken;
pub use view::{ServerState, SessionView};

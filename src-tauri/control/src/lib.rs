//! The local socket between the keeper and everybody else.
//!
//! Owns the protocol, the transport, the client and a server that takes a [`Handler`].
//! Knows nothing of tokens' rules, vaults or windows. Only this user gets through.

mod claude_answers;
mod claude_view;
mod client;
mod credentials;
mod endpoint;
mod gate_answers;
mod gate_view;
mod line;
mod message;
mod protocol;
mod relay_connect;
mod relay_stream;
mod relay_view;
mod relay_wire;
mod secret;
mod server;
mod snapshot;
#[cfg(unix)]
#[path = "transport_unix.rs"]
mod transport;
#[cfg(windows)]
#[path = "transport_windows.rs"]
mod transport;

pub use claude_answers::*;
pub use claude_view::*;
pub use client::{CallError, Client, ConnectError};
pub use credentials::*;
pub use endpoint::Endpoint;
pub use gate_answers::*;
pub use gate_view::*;
pub use protocol::*;
pub use relay_connect::{RelayConnectError, RelayLink};
pub use relay_stream::{RelayStream, connect_relay};
pub use relay_view::*;
pub use relay_wire::{
    BYE, NotAWelcome, RELAY_PROTOCOL, RefusalKind, RelayHello, RelayRefusal, RelayWelcome, is_bye,
};
pub use secret::WireSecret;
pub use server::{CallerGone, Connection, Handler, Progress, Server, answered};
pub use snapshot::*;
pub use transport::BindError;

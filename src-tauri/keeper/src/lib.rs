//! Keeps Zoom tokens fresh: runs the lifecycle over a vault and Zoom, one task per account.
//!
//! Knows no delivery and no sockets. What always holds: one token request at a time per
//! account, its attempt written down before it is made; no lock held over a network or a
//! vault call; a valid token is handed out from memory.

mod actor;
mod asking;
mod before_request;
mod carrying;
mod clock;
mod clock_off;
mod configuration;
mod error;
mod front;
mod handle;
mod lease;
mod mailbox;
mod news;
mod store;
#[cfg(test)]
mod tests;

pub use before_request::BeforeRequest;
pub use clock::now;
pub use configuration::{ClientSecret, Configuration, Credentials, Custody, start};
pub use error::KeeperError;
pub use handle::KeeperHandle;
pub use lease::TokenLease;
pub use news::{Explanation, News, View};
pub use store::AttemptStore;

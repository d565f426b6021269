//! Zoom's OAuth grants and REST endpoints over HTTPS.
//!
//! What holds for everything here: no call returns an error type; each returns an outcome whose
//! variant says what the caller does next. A redirect is never followed, so credentials go to the
//! configured hosts alone. A secret appears in no `Debug`, no `Display` and no detail line.
//! Certificates are checked against the system's roots and the system's proxy is used.

mod api;
mod body;
mod credentials;
mod ending;
mod grant;
mod http_client;
mod jwt;
mod names;
mod outage;
mod refusal;
mod retry_after;
mod scrub;
mod token;
mod token_answer;
mod urls;

#[cfg(test)]
mod against_fake;

pub use api::{ApiClient, ApiOutcome, ApiRefusal, User};
pub use credentials::ServerToServer;
pub use grant::{Grant, Notice};
pub use http_client::ClientError;
pub use outage::{Outage, OutageCause};
pub use refusal::Refusal;
pub use token::{TokenClient, TokenOutcome};
pub use urls::{ServiceUrls, UrlError};

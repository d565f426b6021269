//! Zoom's OAuth grants and REST endpoints over HTTPS.
//!
//! What holds for everything here: no call returns an error type; each returns an outcome whose
//! variant says what the caller does next. Credentials go to the configured hosts alone, a token also
//! to Zoom's own: a redirect is followed only to a file, and never with the token to another's host.
//! A secret appears in no `Debug`, no `Display` and no detail line.
//! Certificates are checked against the system's roots and the system's proxy is used.

mod api;
mod body;
mod credentials;
mod ending;
mod grant;
mod grants;
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

pub use api::{
    ApiClient, ApiOutage, ApiOutcome, ApiRefusal, ApiRequest, ForeignAddress, IdError, Limit, User,
};
pub use credentials::ServerToServer;
pub use grant::{Grant, Notice};
pub use grants::{
    BadRedirect, Class, Code, GrantType, PasteError, RedirectError, RevokeOutcome, SignIn, UserApp,
    pasted_refresh_token,
};
pub use http_client::ClientError;
pub use jwt::expiry as expiry_hint;
pub use outage::{Outage, OutageCause};
pub use refusal::Refusal;
pub use token::{TokenClient, TokenOutcome};
pub use urls::{ServiceUrls, UrlError};

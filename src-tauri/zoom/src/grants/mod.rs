//! The grants of a user's app: a sign-in by authorization code with PKCE (S256), its refresh
//! tokens, and their revocation.
//!
//! A confidential app proves itself with Basic credentials, a public one names its client id in
//! the form; nothing else differs. Each refresh token is used for one request.

mod asking;
mod class;
#[cfg(test)]
mod errors;
mod grant_type;
mod pasted;
mod redirected;
mod revoking;
mod rotation;
mod sign_in;
mod user_app;
pub(crate) mod words;

pub use class::Class;
pub use grant_type::GrantType;
pub use pasted::{PasteError, pasted_refresh_token};
pub use redirected::{Code, RedirectError};
pub use revoking::RevokeOutcome;
pub use sign_in::{BadRedirect, SignIn};
pub use user_app::UserApp;

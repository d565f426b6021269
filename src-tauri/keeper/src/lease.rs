//! A token on its way to whoever asked.

use lifecycle::{Generation, Span, Stored};
use secrecy::SecretString;

/// A valid token.
#[derive(Clone, Debug)]
pub struct TokenLease {
    /// The access token.
    pub token: SecretString,
    /// Which one; to be named if Zoom's API rejects it.
    pub generation: Generation,
    /// Its life on the user's clock.
    pub span: Span,
    /// Whether the vault has it; if not, a warning is due.
    pub stored: Stored,
}

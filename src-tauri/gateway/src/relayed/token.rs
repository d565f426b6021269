//! The token that relayed servers get.

use secrecy::SecretString;
use session::TokenState;

/// What is known of the account's token.
#[derive(Clone, Debug)]
pub struct AccountToken {
    /// Our id for the account; empty while there is none.
    pub account: String,
    /// Whether there is a token.
    pub state: TokenState,
    /// The newest token, also one that has ended.
    pub secret: Option<SecretString>,
}

impl Default for AccountToken {
    fn default() -> Self {
        Self {
            account: String::new(),
            state: TokenState::Awaited {
                advice: String::new(),
            },
            secret: None,
        }
    }
}

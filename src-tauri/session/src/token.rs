//! What a session knows of the account's token. Never the token itself.

use crate::time::Moment;

/// A token by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Grows with every new token of the account.
    pub generation: u64,
    /// When it ends.
    pub until: Moment,
}

impl Token {
    pub(crate) fn lives(self, now: Moment) -> bool {
        now < self.until
    }
}

/// Whether there is a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// There is, until it ends.
    Valid(Token),
    /// Not now; one may come.
    Awaited {
        /// What a person should do if none comes: one sentence.
        advice: String,
    },
    /// Not before the user acts: calls are answered at once.
    Refused {
        /// What a person should do: one sentence.
        advice: String,
    },
}

impl TokenState {
    pub(crate) fn token(&self) -> Option<Token> {
        match self {
            Self::Valid(token) => Some(*token),
            Self::Awaited { .. } | Self::Refused { .. } => None,
        }
    }
}

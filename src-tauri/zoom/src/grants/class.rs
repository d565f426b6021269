//! What the caller of a token endpoint does next, in three classes.

use super::grant_type::GrantType;
use crate::refusal::Refusal;
use crate::token::TokenOutcome;
use lifecycle::Answered;

/// How an attempt that brought no token is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Zoom said no. Three in a row suspend; the user may try again.
    Answered,
    /// Nothing usable came back; worth another try.
    Transient,
    /// This code or refresh token will never work again: only a new sign-in helps.
    Terminal,
}

impl Class {
    /// Its name in lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Transient => "transient",
            Self::Terminal => "terminal",
        }
    }
}

impl Refusal {
    /// Its class. The credentials of a server-to-server app are never used up.
    #[must_use]
    pub fn class(&self) -> Class {
        match (self.grant, self.kind) {
            (GrantType::AccountCredentials, _) => Class::Answered,
            (_, Answered::InvalidGrant) => Class::Terminal,
            _ => Class::Answered,
        }
    }
}

impl TokenOutcome {
    /// The class of an outcome without a token.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Granted(_) => None,
            Self::Refused(refusal) => Some(refusal.class()),
            Self::Unavailable(_) => Some(Class::Transient),
        }
    }
}

//! What a token request's outcome means to the token's life: the rules know no hosts, no status
//! codes and no secrets.

use crate::outage::{Outage, OutageCause};
use crate::token::TokenOutcome;
use lifecycle::{Outcome, Transient};

impl TokenOutcome {
    /// The same in the terms of the rules.
    #[must_use]
    pub fn ending(&self) -> Outcome {
        match self {
            Self::Granted(grant) => Outcome::Granted(grant.expiry),
            Self::Refused(refusal) => Outcome::Answered(refusal.kind),
            Self::Unavailable(Outage {
                cause, retry_after, ..
            }) => Outcome::Transient {
                kind: (*cause).into(),
                retry_after: *retry_after,
            },
        }
    }
}

impl From<OutageCause> for Transient {
    fn from(cause: OutageCause) -> Self {
        match cause {
            OutageCause::Dns
            | OutageCause::Connect
            | OutageCause::Proxy
            | OutageCause::ConnectionLost => Self::Unreachable,
            OutageCause::Tls => Self::Tls,
            OutageCause::Timeout => Self::TimedOut,
            OutageCause::RateLimited => Self::RateLimited,
            OutageCause::ServerError(_) => Self::ServerError,
            OutageCause::Html
            | OutageCause::CutBody
            | OutageCause::NotJson
            | OutageCause::Redirected(_)
            | OutageCause::Unrecognised(_) => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grant, GrantType, Refusal};
    use lifecycle::{Answered, Granted, RetryAfter};
    use std::time::Duration;

    #[test]
    fn a_grant_hands_on_what_is_said_about_its_end() {
        let expiry = Granted {
            expires_in: Some(915),
            token_expiry: None,
        };
        let grant = Grant {
            access_token: "token".into(),
            refresh_token: None,
            expiry,
            scopes: Vec::new(),
            api_url: None,
            answered_at: None,
            notices: Vec::new(),
        };
        assert_eq!(
            TokenOutcome::Granted(grant).ending(),
            Outcome::Granted(expiry)
        );
    }

    #[test]
    fn no_and_nothing_usable_are_kept_apart() {
        let kind = Answered::Disabled;
        let refusal = Refusal {
            kind,
            grant: GrantType::AccountCredentials,
            status: 400,
            code: None,
            reason: None,
        };
        let ending = TokenOutcome::Refused(refusal).ending();
        assert_eq!(ending, Outcome::Answered(Answered::Disabled));
        let retry_after = Some(RetryAfter::In(Duration::from_secs(7)));
        let outage = Outage {
            cause: OutageCause::RateLimited,
            host: "zoom.us".into(),
            retry_after,
            detail: String::new(),
        };
        let ending = TokenOutcome::Unavailable(outage).ending();
        assert_eq!(
            ending,
            Outcome::Transient {
                kind: Transient::RateLimited,
                retry_after
            }
        );
    }
}

//! A token request's outcome in the terms of the rules for rotating grants.

use crate::outage::{Outage, OutageCause};
use crate::token::TokenOutcome;
use lifecycle::rotating::{Arrival, Ending, Refresh};

impl TokenOutcome {
    /// What became of the refresh token that was used.
    #[must_use]
    pub fn rotation(&self) -> Ending {
        match self {
            Self::Granted(grant) => Ending::Granted {
                granted: grant.expiry,
                refresh: match grant.refresh_token {
                    Some(_) => Refresh::Replaced,
                    None => Refresh::Kept,
                },
            },
            Self::Refused(refusal) => Ending::Refused(refusal.kind),
            Self::Unavailable(Outage {
                cause, retry_after, ..
            }) => Ending::Unavailable {
                kind: (*cause).into(),
                retry_after: *retry_after,
                arrival: arrival(*cause),
            },
        }
    }
}

/// Before the request is sent there is a name, a connection, a handshake and perhaps a proxy; a
/// rate limit is Zoom's word that it looked no further. After anything else nobody knows.
fn arrival(cause: OutageCause) -> Arrival {
    match cause {
        OutageCause::Dns
        | OutageCause::Connect
        | OutageCause::Tls
        | OutageCause::Proxy
        | OutageCause::RateLimited => Arrival::Never,
        OutageCause::Timeout
        | OutageCause::ConnectionLost
        | OutageCause::ServerError(_)
        | OutageCause::Html
        | OutageCause::CutBody
        | OutageCause::NotJson
        | OutageCause::Redirected(_)
        | OutageCause::Unrecognised(_) => Arrival::Perhaps,
    }
}

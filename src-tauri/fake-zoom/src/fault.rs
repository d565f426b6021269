//! Faults by request: what goes wrong, where, how many times.

use crate::reply::{Ending, Reply};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `/oauth/authorize`
    Authorize,
    /// `/oauth/token`
    Token,
    /// `/oauth/revoke`
    Revoke,
    /// Everything below `/v2`
    Api,
    /// Files of recordings, below `/rec/download`
    Download,
}

/// What goes wrong. The first group answers in Zoom's place and grants nothing; the second takes
/// the real answer, a granted token included, and spoils its delivery or its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Any status with any body.
    Status {
        /// The HTTP status.
        status: u16,
        /// Sent as JSON, whatever it is.
        body: String,
    },
    /// Client id or secret wrong.
    InvalidClient,
    /// The grant is dead.
    InvalidGrant,
    /// The account id is wrong. The body is the form commonly reported, not a documented one.
    UnknownAccount,
    /// The app is of another kind.
    UnsupportedGrant,
    /// The app is disabled: code 4717 of Zoom's table. The body's form is assumed.
    Disabled,
    /// HTTP 429, with this `Retry-After` if any.
    RateLimited {
        /// The header's value: seconds, an HTTP date or an ISO 8601 instant.
        retry_after: Option<String>,
    },
    /// A 5xx or 408 whose body looks like an OAuth error and must not be taken for one.
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// A web page, as a proxy or a hotel network sends it.
    Html {
        /// The HTTP status.
        status: u16,
    },
    /// A redirect.
    Redirect {
        /// Where to.
        location: String,
    },
    /// The connection is closed without an answer.
    Reset,
    /// Silence for so long, then the connection is closed.
    Hang {
        /// Seconds of silence.
        seconds: f64,
    },
    /// API: HTTP 401, code 124.
    TokenRejected,
    /// API: HTTP 400, code 4711, naming these scopes.
    MissingScope {
        /// The scopes the token lacks.
        scopes: Vec<String>,
    },
    /// API: HTTP 200 with an error in the body.
    #[serde(rename = "error_under_200")]
    ErrorUnder200,

    /// The real answer, so many seconds late.
    Slow {
        /// Seconds of delay.
        seconds: f64,
    },
    /// The real answer, dated by a clock that is so many seconds ahead; behind, if negative.
    ClockOff {
        /// Seconds ahead.
        seconds: i64,
    },
    /// The connection ends in the middle of the real answer's body.
    CutJson,
    /// A complete HTTP answer whose JSON stops in the middle.
    ShortJson,
    /// The grant by refresh token without a new one: the old one stays in use.
    NoRefreshToken,
    /// The grant without `expires_in`.
    NoExpiresIn,
    /// The grant with this `expires_in`, a number or anything else.
    ExpiresIn {
        /// The value sent.
        value: Value,
    },
    /// The grant without `expires_in` and with a token that is no JWT.
    NothingAboutExpiry,
}

/// The faults in waiting, first come first served per endpoint.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    entries: VecDeque<Entry>,
}

#[derive(Debug)]
struct Entry {
    endpoint: Endpoint,
    fault: Fault,
    /// `None`: until cleared.
    left: Option<u32>,
}

impl Plan {
    pub(crate) fn push(&mut self, endpoint: Endpoint, fault: Fault, times: Option<u32>) {
        if times != Some(0) {
            self.entries.push_back(Entry {
                endpoint,
                fault,
                left: times,
            });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// The fault of the next request to `endpoint`, used up once.
    pub(crate) fn next(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let place = self
            .entries
            .iter()
            .position(|entry| entry.endpoint == endpoint)?;
        let entry = self.entries.get_mut(place)?;
        let fault = entry.fault.clone();
        if let Some(left) = &mut entry.left {
            *left -= 1;
            if *left == 0 {
                self.entries.remove(place);
            }
        }
        Some(fault)
    }
}

impl Fault {
    /// The answer in Zoom's place, for faults of the first group.
    pub(crate) fn instead(&self) -> Option<Reply> {
        Some(match self {
            Self::Status { status, body } => Reply::text(*status, "application/json", body),
            Self::InvalidClient => Reply::invalid_client(),
            Self::InvalidGrant => Reply::oauth_error("Invalid Token!", "invalid_grant"),
            Self::UnknownAccount => Reply::bad_request(),
            Self::UnsupportedGrant => Reply::unsupported_grant(),
            Self::Disabled => Reply::api_error(400, 4717, "The app has been disabled."),
            Self::RateLimited { retry_after } => Reply::rate_limited(retry_after.as_deref()),
            Self::ServerError { status } => Reply::json(
                *status,
                &json!({"reason": "Internal Error", "error": "server_error"}),
            ),
            Self::Html { status } => Reply::text(*status, "text/html; charset=utf-8", PAGE),
            Self::Redirect { location } => Reply::redirect(location),
            Self::Reset => Reply::nothing(Duration::ZERO),
            Self::Hang { seconds } => Reply::nothing(span(*seconds)),
            Self::TokenRejected => Reply::api_error(401, 124, "Invalid access token."),
            Self::MissingScope { scopes } => Reply::missing_scope(&scopes.join(",")),
            Self::ErrorUnder200 => {
                Reply::api_error(200, 200, "You do not have the right permissions")
            }
            _ => return None,
        })
    }

    /// Spoils the delivery of the real answer, for faults of the second group. The form of a grant
    /// is the token endpoint's business.
    pub(crate) fn spoil(&self, reply: &mut Reply) {
        let half = reply.body.len() / 2;
        match self {
            Self::Slow { seconds } => reply.delay = span(*seconds),
            Self::ClockOff { seconds } => reply.headers.push(("date", date(*seconds))),
            Self::CutJson => reply.ending = Ending::CutAfter(half),
            Self::ShortJson => reply.body.truncate(half),
            _ => {}
        }
    }
}

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head>\
<body><h1>Sign in to the network</h1></body></html>\n";

/// The present, so many seconds ahead, as HTTP writes it.
fn date(seconds: i64) -> String {
    let span = Duration::from_secs(seconds.unsigned_abs());
    let now = SystemTime::now();
    let at = if seconds < 0 {
        now.checked_sub(span)
    } else {
        now.checked_add(span)
    };
    httpdate::fmt_http_date(at.unwrap_or(now))
}

/// A day at most; nonsense means none.
fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.min(86_400.0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_in_order_and_run_out() {
        let mut plan = Plan::default();
        plan.push(Endpoint::Token, Fault::InvalidClient, Some(2));
        plan.push(Endpoint::Api, Fault::TokenRejected, None);
        plan.push(Endpoint::Token, Fault::Reset, Some(1));
        plan.push(Endpoint::Token, Fault::CutJson, Some(0));
        let mut next = |endpoint| plan.next(endpoint);
        assert_eq!(next(Endpoint::Token), Some(Fault::InvalidClient));
        assert_eq!(next(Endpoint::Api), Some(Fault::TokenRejected));
        assert_eq!(next(Endpoint::Token), Some(Fault::InvalidClient));
        assert_eq!(next(Endpoint::Token), Some(Fault::Reset));
        assert_eq!(next(Endpoint::Token), None);
        assert_eq!(next(Endpoint::Api), Some(Fault::TokenRejected));
        assert_eq!(next(Endpoint::Revoke), None);
    }

    #[test]
    fn a_fault_is_ordered_as_json() {
        let text = r#"{"kind":"rate_limited","retry_after":"7"}"#;
        let fault = Fault::RateLimited {
            retry_after: Some("7".into()),
        };
        assert_eq!(serde_json::from_str::<Fault>(text).unwrap(), fault);
        let plain = serde_json::from_str::<Fault>(r#"{"kind":"cut_json"}"#).unwrap();
        assert_eq!(plain, Fault::CutJson);
    }
}

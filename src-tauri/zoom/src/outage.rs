//! Zoom gave no usable answer: why, and the sentence a person reads. Asking later may help.

use lifecycle::RetryAfter;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A request without a usable answer.
///
/// `Display` is the sentence for a person; [`Outage::detail`] the line below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// What stood in the way.
    pub cause: OutageCause,
    /// The host that was asked, e.g. `zoom.us`.
    pub host: String,
    /// When the server wants to be asked again, if it said so.
    pub retry_after: Option<RetryAfter>,
    /// What the network or the parser reported. Scrubbed, bounded; empty if there is no more to say.
    pub detail: String,
}

/// What stood between a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageCause {
    /// The host's name could not be resolved.
    Dns,
    /// No connection to the host.
    Connect,
    /// The certificate is not trusted, or the TLS handshake failed.
    Tls,
    /// The configured proxy could not be used or refused to connect.
    Proxy,
    /// No answer within the time-out.
    Timeout,
    /// The connection was lost before an answer began.
    ConnectionLost,
    /// HTTP 429.
    RateLimited,
    /// HTTP 408 or 5xx: the status.
    ServerError(u16),
    /// A web page instead of JSON.
    Html,
    /// The answer ended before it was complete.
    CutBody,
    /// The answer is no JSON, or larger than any answer of Zoom's.
    NotJson,
    /// A redirect; none is followed.
    Redirected(u16),
    /// JSON in a form that is neither a grant nor an error of Zoom's: the status.
    Unrecognised(u16),
}

impl Outage {
    /// What was observed, on one line.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl fmt::Display for Outage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = &self.host;
        match self.cause {
            OutageCause::Dns => write!(
                formatter,
                "The name {host} could not be looked up. Check the network connection."
            ),
            OutageCause::Connect => {
                write!(
                    formatter,
                    "{host} could not be reached. Check the network connection."
                )
            }
            OutageCause::Tls => write!(
                formatter,
                "The secure connection to {host} failed: this computer does not trust what \
                 answered. If a company proxy inspects traffic, add its certificate to the \
                 system's trusted ones."
            ),
            OutageCause::Proxy => write!(
                formatter,
                "The proxy did not connect to {host}. Check the system's proxy settings, or \
                 HTTPS_PROXY and NO_PROXY."
            ),
            OutageCause::Timeout => write!(
                formatter,
                "{host} did not answer in time. Check the network connection, or try again later."
            ),
            OutageCause::ConnectionLost => write!(
                formatter,
                "The connection to {host} was lost before it answered. Try again."
            ),
            OutageCause::RateLimited => write!(
                formatter,
                "{host} limits the rate of requests. Wait, and let fewer programs use this app."
            ),
            OutageCause::ServerError(status) => write!(
                formatter,
                "{host} has trouble of its own (HTTP {status}). Try again later, or look at \
                 status.zoom.us."
            ),
            OutageCause::Html | OutageCause::Redirected(_) => write!(
                formatter,
                "A web page answered in place of {host}. Sign in to the network if it asks for \
                 that, or check the proxy settings."
            ),
            OutageCause::CutBody => {
                write!(formatter, "The answer of {host} was cut short. Try again.")
            }
            OutageCause::NotJson | OutageCause::Unrecognised(_) => write!(
                formatter,
                "{host} answered in a form that is not Zoom's. Check the proxy settings and the \
                 service's address."
            ),
        }
    }
}

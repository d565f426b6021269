//! What came of an API call, in variants that say what the caller does next.

use crate::outage::Outage;
use serde::Deserialize;
use std::fmt;

/// What came of an API call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiOutcome<T> {
    /// What was asked for.
    Ok(T),
    /// The token works, but the app lacks one of these scopes. Empty if Zoom named none.
    MissingScope {
        /// Their names.
        scopes: Vec<String>,
        /// Zoom's answer.
        refusal: ApiRefusal,
    },
    /// The token is not or no longer accepted.
    TokenRejected(ApiRefusal),
    /// HTTP 429: nothing was done. The outage's `retry_after` says for how long, if Zoom said so.
    RateLimited(ApiOutage),
    /// No usable answer. Asking later may help; what was to be changed may have been changed.
    Unavailable(ApiOutage),
    /// Zoom said no for another reason.
    Refused(ApiRefusal),
}

impl<T> ApiOutcome<T> {
    /// What becomes of what was asked for; every other outcome as it is.
    pub(super) fn and_then<U>(self, next: impl FnOnce(T) -> ApiOutcome<U>) -> ApiOutcome<U> {
        match self {
            Self::Ok(wanted) => next(wanted),
            Self::MissingScope { scopes, refusal } => ApiOutcome::MissingScope { scopes, refusal },
            Self::TokenRejected(refusal) => ApiOutcome::TokenRejected(refusal),
            Self::RateLimited(outage) => ApiOutcome::RateLimited(outage),
            Self::Unavailable(outage) => ApiOutcome::Unavailable(outage),
            Self::Refused(refusal) => ApiOutcome::Refused(refusal),
        }
    }
}

/// The user a token acts for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The user's id.
    pub id: String,
    /// The account the user belongs to.
    pub account_id: String,
}

/// An error of the REST API in Zoom's words.
///
/// `Display` gives Zoom's message; [`ApiRefusal::detail`] adds what support asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiRefusal {
    /// The HTTP status. 200 is possible: Zoom sends some errors so.
    pub status: u16,
    /// Zoom's error code.
    pub code: i64,
    /// Zoom's message, with the fields it complains of. Scrubbed, bounded.
    pub message: String,
    /// The `x-zm-trackingid` header, which Zoom's support asks for.
    pub tracking_id: Option<String>,
}

/// No usable answer of the REST API. `Display` is the sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiOutage {
    /// Why.
    pub outage: Outage,
    /// Which of Zoom's limits was reached; only ever present with HTTP 429.
    pub limit: Option<Limit>,
    /// The `x-zm-trackingid` header, if an answer began.
    pub tracking_id: Option<String>,
}

/// One of Zoom's rate limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many calls a second.
    PerSecond,
    /// So many calls a day.
    Daily,
}

impl ApiRefusal {
    /// Status, code and tracking id on one line.
    #[must_use]
    pub fn detail(&self) -> String {
        let tracking = self.tracking_id.as_deref().unwrap_or("none");
        format!(
            "HTTP {}, code {}, tracking id {tracking}",
            self.status, self.code
        )
    }

    /// Whether the token itself was refused: any 401, 124 under whatever status (the
    /// specification lists it under 400), a revoked token.
    pub(super) fn rejects_token(&self) -> bool {
        self.status == 401 || matches!(self.code, 124 | 4740 | 4741)
    }

    /// 4711, or 4700 with the same text, as the documentation has it.
    pub(super) fn misses_scope(&self) -> bool {
        self.code == 4711 || (self.code == 4700 && !self.scopes().is_empty())
    }

    /// The names in `… does not contain scopes:[a, b].`
    pub(super) fn scopes(&self) -> Vec<String> {
        let list = self.message.split_once("scopes:[");
        let Some((list, _)) = list.and_then(|(_, rest)| rest.split_once(']')) else {
            return Vec::new();
        };
        let names = list.split(',').map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    }
}

impl fmt::Display for ApiRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() {
            write!(formatter, "Zoom refused the call with code {}.", self.code)
        } else {
            write!(formatter, "Zoom refused the call: {}", self.message)
        }
    }
}

impl ApiOutage {
    /// What was observed, on one line.
    #[must_use]
    pub fn detail(&self) -> String {
        match &self.tracking_id {
            Some(tracking) => format!("{}, tracking id {tracking}", self.outage.detail()),
            None => self.outage.detail().to_owned(),
        }
    }
}

impl fmt::Display for ApiOutage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outage.fmt(formatter)
    }
}

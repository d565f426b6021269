//! Zoom's REST API with a bearer token: the call that tells whether a token works.

use crate::http_client::{Answer, ClientError, Connections, HttpClient};
use crate::outage::{Outage, OutageCause};
use crate::scrub::Scrubber;
use crate::urls::ServiceUrls;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// What came of an API call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiOutcome<T> {
    /// What was asked for.
    Ok(T),
    /// The token works, but the app lacks one of these scopes. Empty if Zoom named none.
    MissingScope(Vec<String>),
    /// The token is not or no longer accepted.
    TokenRejected(ApiRefusal),
    /// HTTP 429. `retry_after` says for how long, if Zoom said so.
    RateLimited(Outage),
    /// No usable answer. Asking later may help.
    Unavailable(Outage),
    /// Zoom said no for another reason.
    Refused(ApiRefusal),
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
    /// Zoom's message. Scrubbed, bounded.
    pub message: String,
    /// The `x-zm-trackingid` header, which Zoom's support asks for.
    pub tracking_id: Option<String>,
}

/// Calls the REST API.
pub struct ApiClient {
    http: HttpClient,
}

impl ApiClient {
    /// Loads the system's roots and proxy settings, which takes some milliseconds; callers that
    /// start often do it before their first call. `timeout` bounds each call.
    pub fn new(timeout: Duration) -> Result<Self, ClientError> {
        Ok(Self {
            http: HttpClient::new(timeout, Connections::KeepAlive)?,
        })
    }

    /// `GET /users/me`: the owner of the token.
    pub async fn get_me(&self, urls: &ServiceUrls, token: &SecretString) -> ApiOutcome<User> {
        let url = format!("{}/users/me", urls.api());
        let request = self
            .http
            .requests()
            .get(&url)
            .bearer_auth(token.expose_secret());
        let scrubber = Scrubber::for_bearer(token);
        match self.http.send(&url, request, &scrubber).await {
            Ok(answer) => read(&answer, &scrubber),
            Err(outage) => ApiOutcome::Unavailable(outage),
        }
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ApiClient").finish_non_exhaustive()
    }
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
    fn rejects_token(&self) -> bool {
        self.status == 401 || matches!(self.code, 124 | 4740 | 4741)
    }

    /// 4711, or 4700 with the same text, as the documentation has it.
    fn misses_scope(&self) -> bool {
        self.code == 4711 || (self.code == 4700 && !scopes_in(&self.message).is_empty())
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

fn read<T: for<'de> Deserialize<'de>>(answer: &Answer, scrubber: &Scrubber) -> ApiOutcome<T> {
    let value = match answer.json(scrubber) {
        Ok(value) => value,
        Err(outage) if outage.cause == OutageCause::RateLimited => {
            return ApiOutcome::RateLimited(outage);
        }
        Err(outage) => return ApiOutcome::Unavailable(outage),
    };
    if let Some(refusal) = refusal(answer, &value, scrubber) {
        return judge(refusal);
    }
    match T::deserialize(value) {
        Ok(wanted) if answer.status < 300 => ApiOutcome::Ok(wanted),
        _ => {
            let cause = OutageCause::Unrecognised(answer.status);
            ApiOutcome::Unavailable(answer.outage(cause, "not what this call returns"))
        }
    }
}

/// Zoom's errors are `{"code": N, "message": "…"}` under any status, 200 included. A 401 without
/// one counts as an error too.
fn refusal(answer: &Answer, value: &Value, scrubber: &Scrubber) -> Option<ApiRefusal> {
    let message = value.get("message").and_then(Value::as_str);
    let code = match value.get("code").and_then(Value::as_i64) {
        Some(code) if message.is_some() || answer.status >= 400 => code,
        _ if answer.status == 401 => 401,
        _ => return None,
    };
    let tracking = answer
        .headers
        .get("x-zm-trackingid")
        .and_then(|value| value.to_str().ok());
    Some(ApiRefusal {
        status: answer.status,
        code,
        message: scrubber.clean_some(message).unwrap_or_default(),
        tracking_id: scrubber.clean_some(tracking),
    })
}

fn judge<T>(refusal: ApiRefusal) -> ApiOutcome<T> {
    if refusal.misses_scope() {
        ApiOutcome::MissingScope(scopes_in(&refusal.message))
    } else if refusal.rejects_token() {
        ApiOutcome::TokenRejected(refusal)
    } else {
        ApiOutcome::Refused(refusal)
    }
}

/// The names in `… does not contain scopes:[a, b].`
fn scopes_in(message: &str) -> Vec<String> {
    let Some((_, rest)) = message.split_once("scopes:[") else {
        return Vec::new();
    };
    let Some((names, _)) = rest.split_once(']') else {
        return Vec::new();
    };
    names
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http_client::Body;
    use reqwest::header::{HeaderMap, HeaderValue};
    use serde_json::json;

    fn outcome(status: u16, body: &Value) -> ApiOutcome<User> {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-zm-trackingid",
            HeaderValue::from_static("v=2.0;clid=us02;rid=WEB_1"),
        );
        let body = Body::Complete(body.to_string().into_bytes());
        let answer = Answer {
            host: "api.zoom.us".into(),
            status,
            headers,
            body,
        };
        read(&answer, &Scrubber::for_bearer(&"token".to_owned().into()))
    }

    #[test]
    fn the_forms_of_a_rejected_token() {
        for (status, code) in [(401, 124), (400, 124), (401, 200), (401, 201), (401, 4741)] {
            let body = json!({"code": code, "message": "Access token is expired."});
            let outcome = outcome(status, &body);
            assert!(
                matches!(outcome, ApiOutcome::TokenRejected(_)),
                "{status} {code}: {outcome:?}"
            );
        }
        assert!(matches!(
            outcome(401, &json!({})),
            ApiOutcome::TokenRejected(_)
        ));
    }

    #[test]
    fn a_missing_scope_is_named() {
        let message = "Invalid access token, does not contain scopes:[user:read:user, user:read].";
        let names = ApiOutcome::MissingScope(vec!["user:read:user".into(), "user:read".into()]);
        for (status, code) in [(400, 4711), (401, 4700)] {
            assert_eq!(
                outcome(status, &json!({"code": code, "message": message})),
                names
            );
        }
        let unnamed = outcome(400, &json!({"code": 4711, "message": "scope"}));
        assert_eq!(unnamed, ApiOutcome::MissingScope(Vec::new()));
    }

    #[test]
    fn an_error_under_200_is_an_error() {
        let body = json!({"code": 200, "message": "You do not have the right permissions"});
        let ApiOutcome::Refused(refusal) = outcome(200, &body) else {
            panic!("not refused")
        };
        assert_eq!(
            refusal.detail(),
            "HTTP 200, code 200, tracking id v=2.0;clid=us02;rid=WEB_1"
        );
    }

    #[test]
    fn a_user_without_an_account_is_no_answer_of_zooms() {
        assert!(matches!(
            outcome(200, &json!({"id": "x"})),
            ApiOutcome::Unavailable(_)
        ));
        let user = User {
            id: "x".into(),
            account_id: "a".into(),
        };
        assert_eq!(
            outcome(200, &json!({"id": "x", "account_id": "a"})),
            ApiOutcome::Ok(user)
        );
    }
}

//! An answer before it is put on the wire, and Zoom's error bodies.
//!
//! The OAuth bodies are those seen verbatim from Zoom unless a comment says otherwise.

use serde_json::{Value, json};
use std::time::Duration;

/// What goes out, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Waited before the first byte.
    pub(crate) delay: Duration,
    pub(crate) ending: Ending,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Whole,
    /// The connection is closed after so many bytes of the body.
    CutAfter(usize),
    /// The connection is closed before the answer begins.
    NoAnswer,
}

impl Reply {
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::text(status, "application/json;charset=UTF-8", &value.to_string())
    }

    pub(crate) fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: body.as_bytes().to_vec(),
            delay: Duration::ZERO,
            ending: Ending::Whole,
        }
    }

    pub(crate) fn nothing(delay: Duration) -> Self {
        Self {
            delay,
            ending: Ending::NoAnswer,
            ..Self::text(500, "text/plain", "")
        }
    }

    pub(crate) fn no_content() -> Self {
        Self {
            headers: Vec::new(),
            ..Self::text(204, "", "")
        }
    }

    /// Adds these members to the body of a success, which is an object.
    pub(crate) fn add(&mut self, members: &Value) {
        let body = serde_json::from_slice(&self.body);
        let (200, Ok(Value::Object(mut body))) = (self.status, body) else {
            return;
        };
        if let Some(members) = members.as_object() {
            body.extend(members.clone());
        }
        self.body = Value::Object(body).to_string().into_bytes();
    }

    pub(crate) fn redirect(location: &str) -> Self {
        Self::text(302, "text/plain", "").with("location", location.to_owned())
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn oauth_error(reason: &str, error: &str) -> Self {
        Self::json(400, &json!({"reason": reason, "error": error}))
    }

    pub(crate) fn invalid_client() -> Self {
        Self::oauth_error("Invalid client_id or client_secret", "invalid_client")
    }

    pub(crate) fn unsupported_grant() -> Self {
        Self::oauth_error("unsupported grant type", "unsupported_grant_type")
    }

    /// Commonly reported for a wrong account id, never seen verbatim.
    pub(crate) fn bad_request() -> Self {
        Self::oauth_error("Bad Request", "invalid_request")
    }

    pub(crate) fn api_error(status: u16, code: i64, message: &str) -> Self {
        Self::json(status, &json!({"code": code, "message": message}))
    }

    pub(crate) fn missing_scope(scopes: &str) -> Self {
        let message = format!("Invalid access token, does not contain scopes:[{scopes}].");
        Self::api_error(400, 4711, &message)
    }

    pub(crate) fn rate_limited(retry_after: Option<&str>) -> Self {
        let message =
            "You have reached the maximum per-second rate limit for this API. Try again later.";
        let reply = Self::api_error(429, 429, message)
            .with("x-ratelimit-category", "Light".into())
            .with("x-ratelimit-type", "QPS".into())
            .with("x-ratelimit-limit", "80".into())
            .with("x-ratelimit-remaining", "0".into());
        match retry_after {
            Some(value) => reply.with("retry-after", value.to_owned()),
            None => reply,
        }
    }
}

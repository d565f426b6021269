//! An answer's body as JSON, or why there is none that can be trusted.
//!
//! Statuses that say nothing about the request itself (408, 429, 5xx, a redirect, a proxy's 407)
//! and bodies that are not Zoom's end here.

use crate::http_client::{Answer, Body};
use crate::outage::{Outage, OutageCause};
use crate::retry_after;
use crate::scrub::Scrubber;
use serde_json::Value;

impl Answer {
    /// The body of an answer in which Zoom itself spoke about the request.
    pub(crate) fn json(&self, scrubber: &Scrubber) -> Result<Value, Outage> {
        if let Some(cause) = cause_of_status(self.status) {
            return Err(self.outage(cause, &self.message(scrubber)));
        }
        let bytes = match &self.body {
            Body::Complete(bytes) => bytes,
            Body::Cut => return Err(self.outage(OutageCause::CutBody, "")),
            Body::TooLarge => return Err(self.outage(OutageCause::NotJson, "too large")),
        };
        if self.is_html() {
            return Err(self.outage(OutageCause::Html, ""));
        }
        serde_json::from_slice(bytes).map_err(|error| self.unreadable(bytes, &error))
    }

    /// An outage told from this answer; `detail` must be scrubbed.
    pub(crate) fn outage(&self, cause: OutageCause, detail: &str) -> Outage {
        let status = format!("HTTP {}", self.status);
        Outage {
            cause,
            host: self.host.clone(),
            retry_after: retry_after::of(&self.headers),
            detail: if detail.is_empty() {
                status
            } else {
                format!("{status}, {detail}")
            },
        }
    }

    fn unreadable(&self, bytes: &[u8], error: &serde_json::Error) -> Outage {
        let cause = if looks_like_html(bytes) {
            OutageCause::Html
        } else if error.is_eof() && !bytes.is_empty() {
            OutageCause::CutBody
        } else {
            OutageCause::NotJson
        };
        self.outage(cause, "")
    }

    /// What the body says in Zoom's forms, for the detail line of a status that already decides.
    fn message(&self, scrubber: &Scrubber) -> String {
        let Body::Complete(bytes) = &self.body else {
            return String::new();
        };
        let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
            return String::new();
        };
        let text = value
            .get("message")
            .or_else(|| value.get("reason"))
            .and_then(Value::as_str);
        scrubber.clean_some(text).unwrap_or_default()
    }
}

fn cause_of_status(status: u16) -> Option<OutageCause> {
    match status {
        429 => Some(OutageCause::RateLimited),
        408 | 500.. => Some(OutageCause::ServerError(status)),
        407 => Some(OutageCause::Proxy),
        300..400 => Some(OutageCause::Redirected(status)),
        _ => None,
    }
}

/// Some proxies send a page without saying so.
fn looks_like_html(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;
    use lifecycle::RetryAfter;
    use reqwest::header::{HeaderMap, HeaderValue};
    use std::time::Duration;

    fn answer(status: u16, content_type: &'static str, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(content_type));
        headers.insert("retry-after", HeaderValue::from_static("7"));
        let body = Body::Complete(body.as_bytes().to_vec());
        Answer {
            host: "zoom.us".into(),
            status,
            headers,
            body,
        }
    }

    fn cause(status: u16, content_type: &'static str, body: &str) -> Option<OutageCause> {
        let scrubber = Scrubber::for_bearer(&"token".to_owned().into());
        answer(status, content_type, body)
            .json(&scrubber)
            .err()
            .map(|outage| outage.cause)
    }

    #[test]
    fn what_is_not_zooms_word_is_an_outage() {
        let json = "application/json";
        let cases = [
            (429, json, "{}", OutageCause::RateLimited),
            (408, json, "{}", OutageCause::ServerError(408)),
            (502, "text/html", "<html>", OutageCause::ServerError(502)),
            (407, "text/html", "<html>", OutageCause::Proxy),
            (302, json, "", OutageCause::Redirected(302)),
            (200, "text/html; charset=utf-8", "{}", OutageCause::Html),
            (400, json, " <!doctype html>", OutageCause::Html),
            (200, json, "{\"access_token\":\"ey", OutageCause::CutBody),
            (200, json, "", OutageCause::NotJson),
            (200, json, "ok", OutageCause::NotJson),
        ];
        for (status, content_type, body, expected) in cases {
            assert_eq!(
                cause(status, content_type, body),
                Some(expected),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn json_of_a_deciding_status_is_handed_on() {
        for status in [200, 400, 401, 403, 404] {
            assert_eq!(cause(status, "application/json", "{}"), None, "{status}");
        }
    }

    #[test]
    fn the_wait_and_the_message_are_kept() {
        let scrubber = Scrubber::for_bearer(&"token".to_owned().into());
        let answer = answer(
            429,
            "application/json",
            r#"{"code":429,"message":"slow, token"}"#,
        );
        let outage = answer.json(&scrubber).unwrap_err();
        assert_eq!(
            outage.retry_after,
            Some(RetryAfter::In(Duration::from_secs(7)))
        );
        assert_eq!(outage.detail(), "HTTP 429, slow, <redacted>");
    }
}

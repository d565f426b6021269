//! What an answer of the token endpoint means. Pure: bytes in, outcome out.

use crate::grant::Grant;
use crate::grants::GrantType;
use crate::http_client::Answer;
use crate::jwt;
use crate::outage::OutageCause;
use crate::refusal::{Refusal, kind_of};
use crate::retry_after;
use crate::scrub::Scrubber;
use crate::token::TokenOutcome;
use lifecycle::{Granted, WallTime};
use reqwest::header::DATE;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// Reads one answer. A refusal needs an OAuth error in the body; without one nothing was decided.
pub(crate) fn read(answer: &Answer, asked: GrantType, scrubber: &Scrubber) -> TokenOutcome {
    let value = match answer.json(scrubber) {
        Ok(value) => value,
        Err(outage) => return TokenOutcome::Unavailable(outage),
    };
    if let Some(refusal) = refusal(answer.status, &value, asked, scrubber) {
        return TokenOutcome::Refused(refusal);
    }
    match grant(&value) {
        Some(grant) if answer.status == 200 => TokenOutcome::Granted(Grant {
            answered_at: date(answer),
            ..grant
        }),
        _ => {
            let cause = OutageCause::Unrecognised(answer.status);
            TokenOutcome::Unavailable(answer.outage(cause, "neither a token nor an OAuth error"))
        }
    }
}

/// Zoom answers `{"error": "invalid_client", "reason": "…"}`; its tables also list numeric codes
/// with a message.
pub(crate) fn refusal(
    status: u16,
    value: &Value,
    asked: GrantType,
    scrubber: &Scrubber,
) -> Option<Refusal> {
    let code = match value.get("error").or_else(|| value.get("code"))? {
        Value::String(code) => code.clone(),
        Value::Number(code) => code.to_string(),
        _ => return None,
    };
    let reason = ["reason", "error_description", "message"]
        .iter()
        .find_map(|key| value.get(key)?.as_str())
        .unwrap_or_default();
    Some(Refusal {
        kind: kind_of(asked, &code, reason),
        grant: asked,
        status,
        code: scrubber.clean_some(Some(&code)),
        reason: scrubber.clean_some(Some(reason)),
    })
}

fn grant(value: &Value) -> Option<Grant> {
    let token: SecretString = text(value, "access_token")?;
    let scopes = value
        .get("scope")
        .and_then(Value::as_str)
        .unwrap_or_default();
    Some(Grant {
        expiry: expiry(value, token.expose_secret()),
        access_token: token,
        refresh_token: text(value, "refresh_token"),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        api_url: value
            .get("api_url")
            .and_then(Value::as_str)
            .map(str::to_owned),
        answered_at: None,
        notices: Vec::new(),
    })
}

/// A member that is a text with something in it.
fn text<T: for<'a> From<&'a str>>(value: &Value, name: &str) -> Option<T> {
    let text = value.get(name)?.as_str().filter(|text| !text.is_empty())?;
    Some(text.into())
}

fn date(answer: &Answer) -> Option<WallTime> {
    retry_after::http_date(answer.headers.get(DATE)?.to_str().ok()?)
}

fn expiry(value: &Value, token: &str) -> Granted {
    Granted {
        expires_in: value.get("expires_in").and_then(Value::as_i64),
        token_expiry: jwt::expiry(token),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http_client::Body;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use lifecycle::Answered;
    use reqwest::header::{HeaderMap, HeaderValue};
    use serde_json::json;

    const SECRET: &str = "planted-secret";

    fn outcome(status: u16, body: &Value) -> TokenOutcome {
        let body = Body::Complete(body.to_string().into_bytes());
        let answer = Answer {
            host: "zoom.us".into(),
            status,
            headers: HeaderMap::new(),
            body,
        };
        read(
            &answer,
            GrantType::AccountCredentials,
            &Scrubber::for_basic("id", &SECRET.to_owned().into()),
        )
    }

    fn granted(body: &Value) -> Grant {
        match outcome(200, body) {
            TokenOutcome::Granted(grant) => grant,
            other => panic!("{other:?}"),
        }
    }

    fn jwt(exp: i64) -> String {
        format!(
            "e30.{}.s",
            BASE64_URL_SAFE_NO_PAD.encode(json!({ "exp": exp }).to_string())
        )
    }

    #[test]
    fn a_grant_is_read_whole() {
        let grant = granted(&json!({
            "access_token": "abc", "token_type": "bearer", "expires_in": 3599,
            "scope": "user:read:admin meeting:read:admin", "api_url": "https://api-us.zoom.us"
        }));
        assert_eq!(grant.access_token.expose_secret(), "abc");
        assert_eq!(grant.expiry.expires_in, Some(3599));
        assert_eq!(grant.scopes, ["user:read:admin", "meeting:read:admin"]);
        assert_eq!(grant.api_url.as_deref(), Some("https://api-us.zoom.us"));
    }

    #[test]
    fn zooms_clock_is_read_if_it_is_told() {
        let mut headers = HeaderMap::new();
        let body = json!({"access_token": "abc"}).to_string().into_bytes();
        let scrubber = Scrubber::for_bearer(&SECRET.to_owned().into());
        for (date, known) in [
            (
                "Sun, 06 Nov 1994 08:49:37 GMT",
                Some(WallTime(784_111_777_000)),
            ),
            ("soon", None),
        ] {
            headers.insert(DATE, HeaderValue::from_static(date));
            let answer = Answer {
                host: "zoom.us".into(),
                status: 200,
                headers: headers.clone(),
                body: Body::Complete(body.clone()),
            };
            let TokenOutcome::Granted(grant) =
                read(&answer, GrantType::AccountCredentials, &scrubber)
            else {
                panic!("not granted");
            };
            assert_eq!(grant.answered_at, known, "{date}");
        }
    }

    #[test]
    fn what_is_said_about_the_end_is_handed_on() {
        let exp = Some(WallTime(1_800_000_000_000));
        for (expires_in, expected) in [
            (json!(0), Some(0)),
            (json!(-5), Some(-5)),
            (json!("3600"), None),
            (json!(1.5), None),
            (json!(null), None),
        ] {
            let body = json!({"access_token": jwt(1_800_000_000), "expires_in": expires_in});
            let expected = Granted {
                expires_in: expected,
                token_expiry: exp,
            };
            assert_eq!(granted(&body).expiry, expected, "{expires_in}");
        }
        assert_eq!(
            granted(&json!({"access_token": "opaque"})).expiry,
            Granted::default()
        );
    }

    #[test]
    fn an_oauth_error_is_a_refusal_whatever_the_status() {
        for status in [400, 401, 403, 200] {
            let body =
                json!({"reason": "Invalid client_id or client_secret", "error": "invalid_client"});
            let TokenOutcome::Refused(refusal) = outcome(status, &body) else {
                panic!("{status}");
            };
            assert_eq!(refusal.kind, Answered::InvalidClient);
            assert_eq!(refusal.status, status);
        }
    }

    #[test]
    fn a_numeric_code_is_a_refusal_too() {
        let body = json!({"code": 4717, "message": "The app has been disabled."});
        let TokenOutcome::Refused(refusal) = outcome(400, &body) else {
            panic!("not refused")
        };
        assert_eq!(refusal.kind, Answered::Disabled);
        assert_eq!(
            refusal.detail(),
            "HTTP 400, 4717: The app has been disabled."
        );
    }

    #[test]
    fn json_without_token_and_error_decides_nothing() {
        for (status, body) in [
            (200, json!({})),
            (200, json!({"access_token": ""})),
            (400, json!({"ok": false})),
            (404, json!([])),
            (201, json!({"access_token": "abc"})),
        ] {
            let TokenOutcome::Unavailable(outage) = outcome(status, &body) else {
                panic!("{status} {body}");
            };
            assert_eq!(outage.cause, OutageCause::Unrecognised(status));
        }
    }

    #[test]
    fn an_echoed_secret_is_cut_out() {
        let body = json!({"error": "invalid_client", "reason": format!("bad secret {SECRET}")});
        let outcome = format!("{:?}", outcome(400, &body));
        assert!(!outcome.contains(SECRET), "{outcome}");
    }
}

//! From an answer to an outcome: Zoom's errors under whatever status, its limits, its empty bodies.

use super::outcome::{ApiOutage, ApiOutcome, ApiRefusal, Limit};
use crate::http_client::{Answer, Body};
use crate::outage::{Outage, OutageCause};
use crate::scrub::Scrubber;
use serde::Deserialize;
use serde_json::Value;

/// The body in the form that the caller knows.
pub(super) fn read<T: for<'de> Deserialize<'de>>(
    answer: &Answer,
    scrubber: &Scrubber,
) -> ApiOutcome<T> {
    body(answer, scrubber).and_then(|value| match T::deserialize(value) {
        Ok(wanted) => ApiOutcome::Ok(wanted),
        Err(_) => ApiOutcome::Unavailable(unrecognised(answer, scrubber)),
    })
}

/// The body as it is; `null` for an answer that has none by its status.
pub(super) fn body(answer: &Answer, scrubber: &Scrubber) -> ApiOutcome<Value> {
    if answer.status == 204 {
        return ApiOutcome::Ok(Value::Null);
    }
    let value = match answer.json(scrubber) {
        Ok(value) => value,
        Err(outage) => return unavailable(answer, outage, scrubber),
    };
    match refusal(answer, &value, scrubber) {
        Some(refusal) => judge(refusal),
        None if answer.status < 300 => ApiOutcome::Ok(value),
        None => ApiOutcome::Unavailable(unrecognised(answer, scrubber)),
    }
}

/// Zoom's error in a body that should be something else, if it is one.
pub(super) fn refused<T>(answer: &Answer, scrubber: &Scrubber) -> Option<ApiOutcome<T>> {
    let Body::Complete(bytes) = &answer.body else {
        return None;
    };
    let value = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    refusal(answer, &value, scrubber).map(judge)
}

/// An outage of this answer with what Zoom's headers add.
pub(super) fn unavailable<T>(
    answer: &Answer,
    outage: Outage,
    scrubber: &Scrubber,
) -> ApiOutcome<T> {
    let limited = outage.cause == OutageCause::RateLimited;
    let outage = ApiOutage {
        outage,
        limit: limited.then(|| limit(answer)).flatten(),
        tracking_id: tracking_id(answer, scrubber),
    };
    if limited {
        ApiOutcome::RateLimited(outage)
    } else {
        ApiOutcome::Unavailable(outage)
    }
}

pub(super) fn unrecognised(answer: &Answer, scrubber: &Scrubber) -> ApiOutage {
    let cause = OutageCause::Unrecognised(answer.status);
    ApiOutage {
        outage: answer.outage(cause, "not what was asked for"),
        limit: None,
        tracking_id: tracking_id(answer, scrubber),
    }
}

fn limit(answer: &Answer) -> Option<Limit> {
    let kind = answer.headers.get("x-ratelimit-type")?.to_str().ok()?;
    match kind.trim().to_ascii_lowercase().as_str() {
        "qps" => Some(Limit::PerSecond),
        "daily-limit" => Some(Limit::Daily),
        _ => None,
    }
}

/// Zoom's errors are `{"code": N, "message": "…"}` under any status, 200 included; downloads say
/// `errorCode` and `errorMessage`. A 401 without one counts as an error too.
fn refusal(answer: &Answer, value: &Value, scrubber: &Scrubber) -> Option<ApiRefusal> {
    let either = |one, other| value.get(one).or_else(|| value.get(other));
    let message = either("message", "errorMessage").and_then(Value::as_str);
    let code = match either("code", "errorCode").and_then(Value::as_i64) {
        Some(code) if message.is_some() || answer.status >= 400 => code,
        _ if answer.status == 401 => 401,
        _ => return None,
    };
    let message = format!("{}{}", message.unwrap_or_default(), fields(value));
    Some(ApiRefusal {
        status: answer.status,
        code,
        message: scrubber.clean(&message),
        tracking_id: tracking_id(answer, scrubber),
    })
}

/// The fields of a validation error: ` (start_time: Invalid field.; …)`.
fn fields(value: &Value) -> String {
    let errors = value.get("errors").and_then(Value::as_array);
    let named: Vec<String> = errors
        .into_iter()
        .flatten()
        .filter_map(|error| {
            let (field, message) = (error.get("field")?, error.get("message")?);
            Some(format!("{}: {}", field.as_str()?, message.as_str()?))
        })
        .collect();
    if named.is_empty() {
        String::new()
    } else {
        format!(" ({})", named.join("; "))
    }
}

fn tracking_id(answer: &Answer, scrubber: &Scrubber) -> Option<String> {
    let header = answer.headers.get("x-zm-trackingid")?;
    scrubber.clean_some(header.to_str().ok())
}

fn judge<T>(refusal: ApiRefusal) -> ApiOutcome<T> {
    if refusal.misses_scope() {
        let scopes = refusal.scopes();
        ApiOutcome::MissingScope { scopes, refusal }
    } else if refusal.rejects_token() {
        ApiOutcome::TokenRejected(refusal)
    } else {
        ApiOutcome::Refused(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::User;
    use reqwest::header::{HeaderMap, HeaderValue};
    use serde_json::json;

    const TRACKING: &str = "v=2.0;clid=us02;rid=WEB_1";

    fn answer(status: u16, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("x-zm-trackingid", HeaderValue::from_static(TRACKING));
        Answer {
            host: "api.zoom.us".into(),
            status,
            headers,
            body: Body::Complete(body.as_bytes().to_vec()),
        }
    }

    fn scrubber() -> Scrubber {
        Scrubber::for_bearer(&"token".to_owned().into())
    }

    fn outcome(status: u16, body: &Value) -> ApiOutcome<User> {
        read(&answer(status, &body.to_string()), &scrubber())
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
        for (status, code) in [(400, 4711), (401, 4700)] {
            let outcome = outcome(status, &json!({"code": code, "message": message}));
            let ApiOutcome::MissingScope { scopes, refusal } = outcome else {
                panic!("{outcome:?}")
            };
            assert_eq!(scopes, ["user:read:user", "user:read"]);
            assert_eq!((refusal.code, refusal.status), (code, status));
        }
        let unnamed = outcome(400, &json!({"code": 4711, "message": "scope"}));
        assert!(matches!(unnamed, ApiOutcome::MissingScope { scopes, .. } if scopes.is_empty()));
    }

    #[test]
    fn an_error_under_200_is_an_error() {
        let body = json!({"code": 200, "message": "You do not have the right permissions"});
        let ApiOutcome::Refused(refusal) = outcome(200, &body) else {
            panic!("not refused")
        };
        assert_eq!(
            refusal.detail(),
            format!("HTTP 200, code 200, tracking id {TRACKING}")
        );
    }

    #[test]
    fn the_fields_of_a_validation_error_are_named() {
        let errors = json!([{"field": "start_time", "message": "Invalid field."}]);
        let body = json!({"code": 300, "message": "Validation Failed.", "errors": errors});
        let ApiOutcome::Refused(refusal) = outcome(400, &body) else {
            panic!("not refused")
        };
        assert_eq!(
            refusal.message,
            "Validation Failed. (start_time: Invalid field.)"
        );
    }

    #[test]
    fn only_a_status_without_a_body_may_have_none() {
        let outcome = |status| body(&answer(status, ""), &scrubber());
        assert_eq!(outcome(204), ApiOutcome::Ok(Value::Null));
        assert!(matches!(outcome(200), ApiOutcome::Unavailable(_)));
    }

    #[test]
    fn a_limit_is_told_by_its_kind() {
        let limit = |kind: &'static str| {
            let mut answer = answer(429, "{}");
            let kind = HeaderValue::from_static(kind);
            answer.headers.insert("x-ratelimit-type", kind);
            match body(&answer, &scrubber()) {
                ApiOutcome::RateLimited(outage) => outage.limit,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(limit("QPS"), Some(Limit::PerSecond));
        assert_eq!(limit("Daily-limit"), Some(Limit::Daily));
        assert_eq!(limit("other"), None);
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

//! Failures of a call in one line: what to do, then Zoom's own words, code and tracking id.

use super::advice::advice;
use super::patience::Effect;
use crate::clock;
use crate::outcome::Failure;
use lifecycle::{RetryAfter, WallTime};
use zoom::{ApiOutage, ApiRefusal, Limit, OutageCause};

/// Zoom said no.
pub(super) fn refused(refusal: &ApiRefusal) -> Failure {
    let advice = advice(refusal.status, refusal.code);
    let words = if refusal.message.is_empty() {
        String::new()
    } else {
        format!(" Zoom says: {}", refusal.message)
    };
    Failure::new(format!("{advice}{words} ({})", refusal.detail()))
}

/// The app may not do this.
pub(super) fn missing_scope(scopes: &[String], refusal: &ApiRefusal) -> Failure {
    Failure::new(format!("{} ({})", scopes_missing(scopes), refusal.detail()))
}

/// The sentence about scopes that an app lacks, and how it gets them.
pub(crate) fn scopes_missing(scopes: &[String]) -> String {
    let names = match scopes {
        [] => "a scope that Zoom does not name".to_owned(),
        [scope] => format!("the scope {scope}"),
        scopes => format!("one of the scopes {}", scopes.join(", ")),
    };
    format!(
        "The Zoom app lacks {names}. Add it on the app's Scopes page at \
         https://marketplace.zoom.us, then use zoom_refresh_token."
    )
}

/// Zoom took neither the token nor the one after it.
pub(crate) fn rejected_twice(refusal: &ApiRefusal) -> Failure {
    Failure::new(format!(
        "Zoom rejects the token, and a new one too ({}). Another program may be using this Zoom \
         app: give each program an app of its own, or let all use Zoomtray.",
        refusal.detail()
    ))
}

/// Zoom does not take the token that the call brought. The sentence is that of the server known by
/// these tools.
pub(super) fn brought_rejected(refusal: &ApiRefusal) -> Failure {
    Failure::new(format!(
        "Unauthorized. Token might be expired. Try refreshing your token with zoom_refresh_token. \
         ({})",
        refusal.detail()
    ))
}

/// No usable answer.
pub(super) fn unavailable(outage: &ApiOutage, effect: Effect, now: WallTime) -> Failure {
    let line = match outage.outage.cause {
        OutageCause::RateLimited => limited(outage, now),
        cause => without_answer(outage, effect, cause),
    };
    match outage.detail().as_str() {
        "" => Failure::new(line),
        detail => Failure::new(format!("{line} ({detail})")),
    }
}

/// When to ask again, in the user's terms.
fn limited(outage: &ApiOutage, now: WallTime) -> String {
    let which = match outage.limit {
        Some(Limit::Daily) => "Zoom's daily limit for this is reached",
        Some(Limit::PerSecond) => "Zoom's limit of calls a second is reached",
        None => "Zoom limits the rate of calls",
    };
    let at = outage
        .outage
        .retry_after
        .map(|retry_after| match retry_after {
            RetryAfter::In(span) => now.plus(span),
            RetryAfter::At(instant) => instant,
        });
    match at.and_then(clock::text) {
        Some(at) => format!("{which}, and nothing was done. Ask again after {at}."),
        None => format!("{which}, and nothing was done. Ask again later."),
    }
}

/// What happened, and what is known of a change whose answer is missing: that is not to be tried
/// again like a read.
fn without_answer(outage: &ApiOutage, effect: Effect, cause: OutageCause) -> String {
    let whole = outage.to_string();
    let unsent = matches!(
        cause,
        OutageCause::Dns | OutageCause::Connect | OutageCause::Tls | OutageCause::Proxy
    );
    match effect {
        Effect::Reads => whole,
        Effect::Changes if unsent => format!("{whole} Nothing was changed."),
        Effect::Changes => {
            let what = whole
                .split_once(". ")
                .map_or(whole.as_str(), |(what, _)| what);
            format!(
                "{}. Whether the change was made is not known: look before you make it again.",
                what.trim_end_matches('.')
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use zoom::Outage;

    const NOW: WallTime = WallTime(1_700_000_000_000);

    fn outage(cause: OutageCause) -> ApiOutage {
        ApiOutage {
            outage: Outage {
                cause,
                host: "api.zoom.us".into(),
                retry_after: None,
                detail: "HTTP 500".into(),
            },
            limit: None,
            tracking_id: Some("rid=1".into()),
        }
    }

    #[test]
    fn a_refusal_says_what_to_do_and_what_zoom_said() {
        let refusal = ApiRefusal {
            status: 404,
            code: 3001,
            message: "Meeting does not exist: 1.".into(),
            tracking_id: Some("rid=1".into()),
        };
        let failure = refused(&refusal);
        assert_eq!(
            failure.line(),
            "There is no such meeting, or it has ended or been deleted; list_meetings gives ids. \
             Zoom says: Meeting does not exist: 1. (HTTP 404, code 3001, tracking id rid=1)"
        );
    }

    #[test]
    fn a_change_without_an_answer_says_what_is_known_of_it() {
        for (cause, words) in [
            (OutageCause::ServerError(500), "is not known"),
            (OutageCause::Timeout, "is not known"),
            (OutageCause::CutBody, "is not known"),
            (OutageCause::Dns, "Nothing was changed."),
            (OutageCause::Connect, "Nothing was changed."),
        ] {
            let changed = unavailable(&outage(cause), Effect::Changes, NOW);
            assert!(changed.line().contains(words), "{}", changed.line());
            let read = unavailable(&outage(cause), Effect::Reads, NOW);
            assert!(!read.line().contains(words), "{}", read.line());
        }
    }

    #[test]
    fn a_limit_is_told_with_the_time() {
        let mut outage = outage(OutageCause::RateLimited);
        outage.limit = Some(Limit::Daily);
        outage.outage.retry_after = Some(RetryAfter::In(Duration::from_hours(1)));
        let failure = unavailable(&outage, Effect::Changes, NOW);
        assert_eq!(
            failure.line(),
            "Zoom's daily limit for this is reached, and nothing was done. Ask again after \
             2023-11-14T23:13:20Z. (HTTP 500, tracking id rid=1)"
        );
    }
}

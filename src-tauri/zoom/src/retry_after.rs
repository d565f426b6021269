//! `Retry-After` in every form Zoom and proxies use: seconds, an HTTP date, an ISO 8601 date.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use lifecycle::{RetryAfter, WallTime};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::time::{Duration, UNIX_EPOCH};

/// The header of an answer, if it has one that can be read.
pub(crate) fn of(headers: &HeaderMap) -> Option<RetryAfter> {
    parse(headers.get(RETRY_AFTER)?.to_str().ok()?)
}

/// Zoom sends an ISO 8601 instant on daily limits (`2025-01-20T00:00:00Z`) and whole seconds
/// elsewhere; RFC 9110 also allows an HTTP date. A date may lie in the past.
fn parse(value: &str) -> Option<RetryAfter> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(RetryAfter::In(Duration::from_secs(seconds)));
    }
    let date = http_date(value)
        .or_else(|| iso_instant(value))
        .or_else(|| iso_day(value));
    date.map(RetryAfter::At)
}

/// The one date form of HTTP that is still sent (RFC 9110), and the two older ones.
pub(crate) fn http_date(value: &str) -> Option<WallTime> {
    let since_epoch = httpdate::parse_http_date(value)
        .ok()?
        .duration_since(UNIX_EPOCH)
        .ok()?;
    i64::try_from(since_epoch.as_millis()).ok().map(WallTime)
}

fn iso_instant(value: &str) -> Option<WallTime> {
    value
        .parse::<Timestamp>()
        .ok()
        .map(|at| WallTime(at.as_millisecond()))
}

/// A day alone means its first instant in UTC, the zone of Zoom's daily limits.
fn iso_day(value: &str) -> Option<WallTime> {
    let midnight = value.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(WallTime(midnight.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let at = Some(RetryAfter::At(WallTime(1_737_331_200_000)));
        let cases = [
            ("30", Some(RetryAfter::In(Duration::from_secs(30)))),
            (" 0 ", Some(RetryAfter::In(Duration::ZERO))),
            ("2025-01-20T00:00:00Z", at),
            ("2025-01-20T01:00:00+01:00", at),
            ("Mon, 20 Jan 2025 00:00:00 GMT", at),
            ("2025-01-20", at),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn anything_else_is_not_guessed_at() {
        for text in ["", "-5", "soon", "1.5", "99999999999999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

//! Times, durations and states in words, the same in every command.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use lifecycle::{Condition, Health, Span, WaitReason, WallTime};
use std::time::Duration;

/// `48m 41s`, `1h 5m`, `12s`; rounded down.
pub(crate) fn duration(span: Duration) -> String {
    let seconds = span.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, seconds) => format!("{minutes}m {seconds}s"),
        (hours, minutes, _) => format!("{hours}h {minutes}m"),
    }
}

/// The user's time of day, with the date only when it is not today.
pub(crate) fn clock(at: WallTime, now: WallTime) -> String {
    let (at, now) = (zoned(at), zoned(now));
    let format = if at.date() == now.date() {
        "%H:%M:%S"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    at.strftime(format).to_string()
}

/// RFC 3339 in UTC, for programs.
pub(crate) fn rfc3339(at: WallTime) -> String {
    Timestamp::from_millisecond(at.0)
        .map(|at| at.to_string())
        .unwrap_or_default()
}

fn zoned(at: WallTime) -> Zoned {
    Timestamp::from_millisecond(at.0)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::system())
}

/// The mark of the terminal's status line.
pub(crate) fn mark(condition: Condition, now: WallTime) -> &'static str {
    condition
        .token
        .map_or(Health::Expired, |span| span.health(now))
        .mark()
}

/// An error as a person reads it: with a capital letter and a full stop. A path keeps its form.
pub(crate) fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().to_string());
    let end = if error.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Why an attempt is put off.
pub(crate) fn wait(reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::Cooldown => "The last attempt was a moment ago.",
        WaitReason::BackOff => "The last attempts failed.",
        WaitReason::RetryAfter => "Zoom asks for patience.",
        WaitReason::Offline => "Zoom cannot be reached.",
        WaitReason::Vault => "The vault cannot be used.",
    }
}

/// `48m 41s left, until 16:13:24`.
pub(crate) fn left(span: Span, now: WallTime) -> String {
    format!(
        "{} left, until {}",
        duration(span.remaining(now)),
        clock(span.expires, now)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_round_down_and_show_two_units() {
        let cases = [
            (0, "0s"),
            (12, "12s"),
            (2921, "48m 41s"),
            (3900, "1h 5m"),
            (86_399, "23h 59m"),
        ];
        for (seconds, words) in cases {
            assert_eq!(duration(Duration::from_secs(seconds)), words);
        }
    }

    #[test]
    fn an_error_becomes_a_sentence() {
        assert_eq!(sentence("no bus; start one"), "No bus; start one.");
        assert_eq!(sentence("Add one."), "Add one.");
        assert_eq!(sentence("/a/b is cut; mend it"), "/a/b is cut; mend it.");
    }

    #[test]
    fn the_date_is_said_only_when_it_is_not_today() {
        let now = WallTime(1_700_000_000_000);
        assert_eq!(clock(now, now).len(), "16:13:24".len());
        let next_week = now.plus(Duration::from_hours(7 * 24));
        assert_eq!(clock(next_week, now).len(), "2023-11-21 16:13:24".len());
    }
}

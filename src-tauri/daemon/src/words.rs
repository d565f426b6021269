//! Times and durations in words, the same in every program that writes to a terminal or a log.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use lifecycle::WallTime;
use std::time::Duration;

/// `48m 41s`, `1h 5m`, `12s`; rounded down.
#[must_use]
pub fn duration(span: Duration) -> String {
    let seconds = span.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, seconds) => format!("{minutes}m {seconds}s"),
        (hours, minutes, _) => format!("{hours}h {minutes}m"),
    }
}

/// The user's time of day, with the date only when it is not today.
#[must_use]
pub fn clock(at: WallTime, now: WallTime) -> String {
    written(at, now, "%H:%M:%S")
}

/// The same with twelve hours, `4:13:24 PM`: the form of the status line that bstef/zoommcp
/// documents.
#[must_use]
pub fn clock_of_twelve(at: WallTime, now: WallTime) -> String {
    written(at, now, "%-I:%M:%S %p")
}

fn written(at: WallTime, now: WallTime, time: &str) -> String {
    let (at, now) = (zoned(at), zoned(now));
    let date = if at.date() == now.date() {
        ""
    } else {
        "%Y-%m-%d "
    };
    at.strftime(&format!("{date}{time}")).to_string()
}

fn zoned(at: WallTime) -> Zoned {
    Timestamp::from_millisecond(at.0)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::system())
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
    fn the_date_is_said_only_when_it_is_not_today() {
        let now = WallTime(1_700_000_000_000);
        assert_eq!(clock(now, now).len(), "16:13:24".len());
        let next_week = now.plus(Duration::from_hours(7 * 24));
        assert_eq!(clock(next_week, now).len(), "2023-11-21 16:13:24".len());
    }

    #[test]
    fn twelve_hours_have_two_halves() {
        let now = WallTime(1_700_000_000_000);
        let words = clock_of_twelve(now, now);
        assert!(words.ends_with(" AM") || words.ends_with(" PM"), "{words}");
        assert!(!words.starts_with('0'), "{words}");
    }
}

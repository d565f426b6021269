//! The user's clock, and times as text. The only place of this program that reads a clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lifecycle::WallTime;

/// Now, by the user's clock.
pub(crate) fn now() -> WallTime {
    WallTime(Timestamp::now().as_millisecond())
}

/// RFC 3339 in UTC, to the second; none for a time that no calendar has.
pub(crate) fn text(time: WallTime) -> Option<String> {
    let seconds = time.0.div_euclid(1000);
    Timestamp::from_second(seconds)
        .ok()
        .map(|timestamp| timestamp.to_string())
}

/// The day in UTC, by which Zoom counts.
pub(crate) fn day(time: WallTime) -> Date {
    let instant = Timestamp::from_millisecond(time.0).unwrap_or_default();
    instant.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_to_the_second() {
        assert_eq!(
            text(WallTime(1_700_000_000_999)).as_deref(),
            Some("2023-11-14T22:13:20Z")
        );
        assert_eq!(text(WallTime(i64::MAX)), None);
    }

    #[test]
    fn days_are_those_of_utc() {
        assert_eq!(day(WallTime(1_700_000_000_999)).to_string(), "2023-11-14");
    }
}

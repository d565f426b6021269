//! The days of the activity log, in UTC: a day of the log is the same wherever it is read.

use jiff::Timestamp;

/// How many days are kept, today's included.
const DAYS_KEPT: i64 = 7;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The name of the file of the day that `wall_ms` (since the Unix epoch) is in.
pub(super) fn file_of(wall_ms: i64) -> String {
    format!("{}.jsonl", instant(wall_ms).strftime("%Y-%m-%d"))
}

/// Whether this is the file of a day.
pub(super) fn is_a_day(name: &str) -> bool {
    let Some(day) = name.strip_suffix(".jsonl") else {
        return false;
    };
    day.parse::<jiff::civil::Date>().is_ok()
}

/// Whether the file of a day is too old at `wall_ms`. Names sort as their days do.
pub(super) fn is_past(name: &str, wall_ms: i64) -> bool {
    let first_kept = wall_ms.saturating_sub((DAYS_KEPT - 1) * DAY_MS);
    is_a_day(name) && *name < *file_of(first_kept)
}

/// `2026-11-21T10:02:34.5Z`.
pub(super) fn written(wall_ms: i64) -> String {
    instant(wall_ms).to_string()
}

fn instant(wall_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(wall_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 15:07:30 UTC.
    const NOW: i64 = 1_795_273_650_000;

    #[test]
    fn seven_days_are_kept_and_nothing_else_is_a_day() {
        assert_eq!(file_of(NOW), "2026-11-21.jsonl");
        for (name, past) in [
            ("2026-11-21.jsonl", false),
            ("2026-11-15.jsonl", false),
            ("2026-11-14.jsonl", true),
            ("2025-12-31.jsonl", true),
            ("2026-11-22.jsonl", false),
            ("notes.jsonl", false),
            ("2026-11-14.txt", false),
        ] {
            assert_eq!(is_past(name, NOW), past, "{name}");
        }
    }

    #[test]
    fn an_instant_is_written_in_utc() {
        assert_eq!(written(NOW), "2026-11-21T15:07:30Z");
    }
}

//! Whether this computer's clock agrees with Zoom's.
//!
//! Expiry itself is counted on a clock that nobody sets; a wrong wall clock spoils what is shown,
//! and makes a saved token look older or younger than it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lifecycle::{Span, WallTime};
use std::time::Duration;

/// As long as a token lives: a clock that is off by less never makes a dead token look alive
/// for longer than its own life.
const TOLERATED: Duration = Duration::from_hours(1);

/// What to say if `ours` and `zooms`, read at about the same moment, are too far apart.
pub(crate) fn warning(ours: WallTime, zooms: WallTime, zone: &TimeZone) -> Option<String> {
    let apart = ours.until(zooms).max(zooms.until(ours));
    (apart > TOLERATED).then(|| {
        format!(
            "This computer's clock says {}, Zoom's says {}. Set this computer's clock; until then \
             the times shown are wrong.",
            text(ours, zone),
            text(zooms, zone)
        )
    })
}

/// What to say of a saved token with more left than its lifetime: it counts as expired.
pub(crate) const SAVED_AHEAD: &str = "The saved token is dated later than this computer's clock, \
     so it is not used. Check that the clock is right.";

/// Whether `span` was saved by a clock that was ahead of `now`.
pub(crate) fn is_ahead(span: Span, now: WallTime) -> bool {
    now.until(span.expires) > span.lifetime()
}

fn text(at: WallTime, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(at.0)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(zone.clone())
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZOOMS: WallTime = WallTime(1_700_000_000_000);

    #[test]
    fn both_clocks_are_named_when_they_are_more_than_an_hour_apart() {
        let behind = ZOOMS.minus(Duration::from_hours(5));
        let said = warning(behind, ZOOMS, &TimeZone::UTC).unwrap();
        assert!(
            said.contains("clock says 2023-11-14 17:13, Zoom's says 2023-11-14 22:13"),
            "{said}"
        );
        assert!(warning(ZOOMS, behind, &TimeZone::UTC).is_some());
    }

    #[test]
    fn a_span_that_has_not_begun_is_ahead() {
        let span = Span {
            issued: ZOOMS,
            expires: ZOOMS.plus(Duration::from_hours(1)),
        };
        assert!(!is_ahead(span, ZOOMS));
        assert!(!is_ahead(span, span.expires.plus(Duration::from_hours(9))));
        assert!(is_ahead(span, ZOOMS.minus(Duration::from_millis(1))));
    }

    #[test]
    fn an_hour_is_tolerated() {
        for span in [Duration::ZERO, TOLERATED] {
            assert_eq!(warning(ZOOMS.plus(span), ZOOMS, &TimeZone::UTC), None);
            assert_eq!(warning(ZOOMS, ZOOMS.plus(span), &TimeZone::UTC), None);
        }
    }
}

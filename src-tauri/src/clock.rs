//! Times as the user's clock says them.
//!
//! Hours and minutes; seconds where the next minute is too far; the date only when it isn't
//! today. The zone is passed in, so that words can be tested anywhere.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use lifecycle::WallTime;

/// The user's clock.
#[derive(Clone, Debug)]
pub struct Clock(TimeZone);

impl Clock {
    /// The clock of this computer.
    #[must_use]
    pub fn local() -> Self {
        Self(TimeZone::system())
    }

    /// A clock in `zone`.
    #[must_use]
    pub fn in_zone(zone: TimeZone) -> Self {
        Self(zone)
    }

    /// `at` to the minute, as in `15:07` or `21 Nov, 15:07`.
    #[must_use]
    pub fn minute(&self, at: WallTime, now: WallTime) -> String {
        self.say(at, now, "%H:%M")
    }

    /// `at` to the second, as in `15:07:30`.
    #[must_use]
    pub fn second(&self, at: WallTime, now: WallTime) -> String {
        self.say(at, now, "%H:%M:%S")
    }

    fn say(&self, at: WallTime, now: WallTime, time: &str) -> String {
        let (at, now) = (self.zoned(at), self.zoned(now));
        let clock = at.strftime(time);
        if at.date() == now.date() {
            clock.to_string()
        } else {
            at.strftime("%-d %b, ").to_string() + &clock.to_string()
        }
    }

    /// An instant no calendar holds is said as the nearest one it does.
    fn zoned(&self, at: WallTime) -> Zoned {
        let nearest = if at.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::from_millisecond(at.0)
            .unwrap_or(nearest)
            .to_zoned(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::offset;

    /// 2026-11-21 15:07:30 UTC.
    const AT: WallTime = WallTime(1_795_273_650_000);
    const DAY: i64 = 86_400_000;

    #[test]
    fn the_date_is_said_only_when_it_is_not_today() {
        let clock = Clock::in_zone(TimeZone::UTC);
        assert_eq!(clock.minute(AT, AT), "15:07");
        assert_eq!(clock.second(AT, AT), "15:07:30");
        assert_eq!(clock.minute(AT, WallTime(AT.0 - DAY)), "21 Nov, 15:07");
    }

    #[test]
    fn midnight_is_the_users_not_greenwichs() {
        let clock = Clock::in_zone(TimeZone::fixed(offset(9)));
        let before_midnight_there = WallTime(AT.0 - 3_600_000);
        assert_eq!(clock.minute(AT, before_midnight_there), "22 Nov, 00:07");
    }

    #[test]
    fn an_instant_outside_the_calendar_is_still_said() {
        let clock = Clock::in_zone(TimeZone::UTC);
        assert!(!clock.minute(WallTime(i64::MAX), AT).is_empty());
        assert!(!clock.minute(WallTime(i64::MIN), AT).is_empty());
    }
}

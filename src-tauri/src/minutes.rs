//! Time left as icon, title and menu say it: minutes rounded down, in two characters.
//!
//! One rule for every place, so that the icon never says another number than the menu.

use std::fmt;
use std::time::Duration;

/// Time left of a token, rounded for a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minutes {
    /// Less than a minute, but not nothing.
    UnderOne,
    /// Whole minutes, 1 to 99, rounded down.
    Exactly(u8),
    /// From 100 minutes on: hours to the nearest, so that 100 minutes are `2h`; at least 2.
    Hours(u64),
}

impl Minutes {
    /// What to say for `left`; nothing when nothing is left.
    #[must_use]
    pub fn of(left: Duration) -> Option<Self> {
        let minutes = left.as_secs() / 60;
        match u8::try_from(minutes) {
            _ if left.is_zero() => None,
            Ok(0) => Some(Self::UnderOne),
            Ok(minutes @ 1..=99) => Some(Self::Exactly(minutes)),
            _ => Some(Self::Hours((minutes + 30) / 60)),
        }
    }

    /// In as few characters as a menu bar has room for: `42m`, `<1m`, `2h`.
    #[must_use]
    pub fn short(self) -> String {
        match self {
            Self::UnderOne => "<1m".to_owned(),
            Self::Exactly(minutes) => format!("{minutes}m"),
            Self::Hours(hours) => format!("{hours}h"),
        }
    }
}

/// With its unit, as in `42 min`, `<1 min`, `2 h`.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnderOne => f.write_str("<1 min"),
            Self::Exactly(minutes) => write!(f, "{minutes} min"),
            Self::Hours(hours) => write!(f, "{hours} h"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_round_down_and_hours_to_the_nearest() {
        let table = [
            (0, None),
            (1, Some("<1 min")),
            (59, Some("<1 min")),
            (60, Some("1 min")),
            (119, Some("1 min")),
            (42 * 60 + 59, Some("42 min")),
            (99 * 60 + 59, Some("99 min")),
            (100 * 60, Some("2 h")),
            (149 * 60 + 59, Some("2 h")),
            (150 * 60, Some("3 h")),
            (10 * 3600, Some("10 h")),
        ];
        for (seconds, expected) in table {
            let said = Minutes::of(Duration::from_secs(seconds)).map(|left| left.to_string());
            assert_eq!(said.as_deref(), expected, "{seconds} s");
        }
    }

    #[test]
    fn a_menu_bar_gets_the_short_form() {
        let short = |minutes| {
            Minutes::of(Duration::from_secs(minutes * 60 + 1))
                .unwrap()
                .short()
        };
        assert_eq!([0_u64, 42, 125].map(short), ["<1m", "42m", "2h"]);
    }

    #[test]
    fn half_a_second_is_not_nothing() {
        assert_eq!(
            Minutes::of(Duration::from_millis(500)),
            Some(Minutes::UnderOne)
        );
    }
}

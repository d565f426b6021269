//! What the icon shows: a state and the time left. Two equal faces are the same picture.

use crate::minutes::Minutes;
use control::Snapshot;
use lifecycle::{Span, State, WallTime};
use std::time::Duration;

/// Everything the picture depends on, apart from size and look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// The state, as a shape.
    pub state: State,
    /// Time left of the token, if it lives.
    pub remaining: Option<Remaining>,
}

/// Time left, as digits and as a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// The digits.
    pub minutes: Minutes,
    /// How much of the ring is left: sixtieths of the lifetime, 1 to 60.
    pub sixtieths: u8,
}

impl Face {
    /// The face of the account that needs attention most at `now`.
    #[must_use]
    pub fn of(snapshot: &Snapshot, now: WallTime) -> Self {
        let token = snapshot
            .foremost(now)
            .and_then(|account| account.condition.token);
        Self {
            state: snapshot.state(now),
            remaining: token.and_then(|span| left(span, now)),
        }
    }

    /// Whether this face is worth drawing over `drawn`: the state or the digits changed.
    /// The ring alone moves with the digits, so that nothing is redrawn each second.
    #[must_use]
    pub fn replaces(self, drawn: Self) -> bool {
        let digits = |face: Self| face.remaining.map(|left| left.minutes);
        self.state != drawn.state || digits(self) != digits(drawn)
    }
}

fn left(span: Span, now: WallTime) -> Option<Remaining> {
    let remaining = span.remaining(now);
    let minutes = Minutes::of(remaining)?;
    Some(Remaining {
        minutes,
        sixtieths: sixtieths(remaining, span.lifetime()),
    })
}

/// Sixtieths of `lifetime` in `remaining`, rounded up: a living token always shows some ring.
fn sixtieths(remaining: Duration, lifetime: Duration) -> u8 {
    let parts = (remaining.as_millis() * 60).div_ceil(lifetime.as_millis().max(1));
    u8::try_from(parts.clamp(1, 60)).unwrap_or(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Span = Span {
        issued: WallTime(0),
        expires: WallTime(3_600_000),
    };

    #[test]
    fn ring_and_digits_follow_the_time_left() {
        let at = |seconds: i64| left(HOUR, WallTime(seconds * 1000));
        let exactly = |minutes, sixtieths| {
            Some(Remaining {
                minutes: Minutes::Exactly(minutes),
                sixtieths,
            })
        };
        assert_eq!(at(0), exactly(60, 60));
        assert_eq!(at(1), exactly(59, 60));
        assert_eq!(at(1800), exactly(30, 30));
        assert_eq!(
            at(3599),
            Some(Remaining {
                minutes: Minutes::UnderOne,
                sixtieths: 1
            })
        );
        assert_eq!(at(3600), None, "nothing is left at expiry");
    }

    #[test]
    fn a_short_life_fills_the_ring_too() {
        assert_eq!(
            sixtieths(Duration::from_secs(20), Duration::from_secs(20)),
            60
        );
        assert_eq!(
            sixtieths(Duration::from_secs(10), Duration::from_secs(20)),
            30
        );
    }

    #[test]
    fn only_state_or_digits_are_worth_a_new_picture() {
        let drawn = Face {
            state: State::Fresh,
            remaining: left(HOUR, WallTime(0)),
        };
        let ring_moved = Face {
            remaining: drawn.remaining.map(|left| Remaining {
                sixtieths: 59,
                ..left
            }),
            ..drawn
        };
        assert!(!ring_moved.replaces(drawn));
        assert!(
            Face {
                state: State::Refreshing,
                ..drawn
            }
            .replaces(drawn)
        );
        assert!(
            Face {
                remaining: left(HOUR, WallTime(1000)),
                ..drawn
            }
            .replaces(drawn)
        );
    }
}

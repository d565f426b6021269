//! When something on the screen changes by the passing of time alone.

use crate::notify;
use control::Snapshot;
use lifecycle::{Span, WallTime, soon, very_soon};
use std::time::Duration;

/// The next instant after `now` at which a minute, a state or a notice changes; none while
/// no token lives: then only the keeper can change something.
pub(crate) fn next_change(snapshot: &Snapshot, now: WallTime) -> Option<WallTime> {
    let tokens = snapshot
        .accounts
        .iter()
        .filter_map(|account| account.condition.token);
    let changes = tokens.filter_map(|span| next_of_token(span, now));
    changes.chain(notify::next_due(snapshot, now)).min()
}

fn next_of_token(span: Span, now: WallTime) -> Option<WallTime> {
    let remaining = span.remaining(now);
    if remaining.is_zero() {
        return None;
    }
    let before_end = |left: Duration| {
        WallTime(
            span.expires
                .0
                .saturating_sub(i64::try_from(left.as_millis()).unwrap_or(i64::MAX)),
        )
    };
    // A whole number of minutes left is still that number; a millisecond later it is one less.
    let minutes = Duration::from_secs(remaining.as_secs() / 60 * 60);
    let minute = before_end(minutes).plus(Duration::from_millis(1));
    let boundaries = [
        soon(span.lifetime()),
        very_soon(span.lifetime()),
        Duration::ZERO,
    ]
    .map(before_end);
    boundaries
        .into_iter()
        .chain([minute])
        .filter(|at| *at > now)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{EXPIRES, account, before, snapshot, without_token};
    use crate::icon::Face;
    use lifecycle::Activity;

    #[test]
    fn every_change_of_the_icon_is_foreseen() {
        let snapshot = snapshot(vec![account(Activity::Idle)]);
        let mut now = before(60);
        let mut wakes = 0;
        while let Some(next) = next_change(&snapshot, now) {
            let face = Face::of(&snapshot, now);
            let just_before = WallTime(next.0 - 1);
            assert!(
                !Face::of(&snapshot, just_before).replaces(face),
                "the icon changed between {now:?} and {just_before:?}"
            );
            now = next;
            wakes += 1;
        }
        assert_eq!(now, EXPIRES, "the last change is the end");
        assert!(wakes <= 64, "{wakes} wake-ups in an hour");
    }

    #[test]
    fn a_short_life_changes_state_within_a_minute() {
        let mut account = account(Activity::Idle);
        account.condition.token = Some(Span {
            issued: WallTime(EXPIRES.0 - 20_000),
            expires: EXPIRES,
        });
        let snapshot = snapshot(vec![account]);
        let first = next_change(&snapshot, WallTime(EXPIRES.0 - 20_000));
        assert_eq!(
            first,
            Some(WallTime(EXPIRES.0 - 5_000)),
            "a quarter of the life is left"
        );
    }

    #[test]
    fn without_a_living_token_time_changes_nothing() {
        assert_eq!(next_change(&snapshot(vec![]), EXPIRES), None);
        let waiting = snapshot(vec![without_token(Activity::Idle), account(Activity::Idle)]);
        assert_eq!(next_change(&waiting, EXPIRES), None);
    }
}

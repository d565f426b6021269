//! When a token is replaced unasked, and by the user.

use super::stage::{HOUR, MINUTE, SECOND, Stage, requests, served, start};
use crate::attempts::Attempts;
use crate::condition::WaitReason;
use crate::effect::{Effect, Notice};
use crate::event::{Event, Waiter};
use crate::lifetime::Granted;
use crate::outcome::Outcome;
use crate::policy::Policy;
use crate::time::WallTime;
use std::time::Duration;

#[test]
fn without_a_token_one_is_fetched_at_once_and_the_attempt_is_written_first() {
    let (_, effects) = Stage::with(Policy::default(), None, Attempts::default());
    assert!(
        matches!(&effects[..], [Effect::Persist(written), Effect::Request { .. }]
            if written.last == Some(start())),
        "{effects:?}"
    );
}

#[test]
fn nothing_is_fetched_before_what_is_saved_is_known() {
    let mut machine = crate::Machine::new(Policy::default());
    let wanted = Event::Wanted {
        waiter: Waiter(1),
        min_ttl: Duration::ZERO,
    };
    assert_eq!(machine.step(start(), wanted), []);
    assert_eq!(machine.next_wakeup(start()), None);
}

#[test]
fn a_refresh_starts_five_minutes_before_the_end() {
    let mut stage = Stage::with_token();
    let waited = stage.until_request();
    assert_eq!(waited, 55 * MINUTE + Duration::from_millis(1));
}

#[test]
fn a_threshold_longer_than_the_lifetime_does_not_loop() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    stage.grant(240);
    assert_eq!(stage.until_request(), MINUTE, "a quarter of the lifetime");
}

#[test]
fn without_auto_refresh_only_callers_cause_requests() {
    let mut stage = Stage::with_token();
    stage.tell(Event::AutoRefresh(false));
    assert!(!requests(&stage.pass(2 * HOUR)));
    assert!(requests(&stage.want(1)));
}

#[test]
fn a_refresh_inside_the_cooldown_says_until_when_it_waits_and_then_runs() {
    let mut stage = Stage::with_token();
    stage.pass(10 * SECOND);
    let effects = stage.refresh(1);
    let until = start().wall.plus(30 * SECOND);
    let told = Effect::ToldToWait {
        waiter: Waiter(1),
        until,
        reason: WaitReason::Cooldown,
    };
    assert_eq!(effects, [told]);
    assert_eq!(stage.pass(19 * SECOND), []);
    assert!(requests(&stage.pass(SECOND)));
    stage.grant(3600);
    assert_eq!(served(&stage.save()), [1]);
}

#[test]
fn a_refresh_during_a_request_gets_that_requests_result() {
    let mut stage = Stage::with_token();
    stage.until_request();
    assert_eq!(stage.refresh(1), []);
    stage.grant(3600);
    assert_eq!(served(&stage.save()), [1]);
}

#[test]
fn a_wall_clock_that_was_set_moves_no_refresh() {
    let mut stage = Stage::with_token();
    stage.pass(10 * MINUTE);
    stage.now.wall = WallTime(stage.now.wall.0 + 7_200_000);
    assert!(!requests(&stage.tell(Event::Tick)), "set forward");
    stage.now.wall = WallTime(0);
    assert!(!requests(&stage.tell(Event::Tick)), "set back");
}

#[test]
fn after_a_long_sleep_the_token_is_replaced_at_the_first_look() {
    let mut stage = Stage::with_token();
    assert!(requests(&stage.pass(8 * HOUR)));
}

#[test]
fn the_life_counts_from_before_the_request() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.pass(15 * SECOND);
    stage.grant(60);
    stage.pass(44 * SECOND);
    assert!(stage.machine.usable(stage.now).is_some());
    stage.pass(SECOND);
    assert!(stage.machine.usable(stage.now).is_none());
}

#[test]
fn an_assumed_lifetime_is_said() {
    let mut stage = Stage::quiet();
    stage.want(1);
    let effects = stage.end(Outcome::Granted(Granted::default()));
    let generation = stage.newest();
    let notice = Notice::AssumedLifetime {
        generation,
        lifetime: HOUR,
    };
    assert!(effects.contains(&Effect::Notice(notice)), "{effects:?}");
}

#[test]
fn a_result_for_older_credentials_is_dropped() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.tell(Event::CredentialsChanged);
    stage.pass(SECOND);
    let effects = stage.grant(3600);
    assert!(
        matches!(&effects[..], [Effect::ToldToWait { .. }]),
        "no token, and the next attempt after the cooldown: {effects:?}"
    );
    assert!(requests(&stage.pass(29 * SECOND)));
}

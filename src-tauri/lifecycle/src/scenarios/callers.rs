//! Who asks for a token gets one answer.

use super::stage::{HOUR, MINUTE, SECOND, Stage, requests, served, unreachable};
use crate::effect::{Effect, Refusal, Stored};
use crate::event::{Event, Waiter};
use crate::outcome::{Failure, RetryAfter, Transient};

#[test]
fn a_valid_token_is_handed_out_without_a_request() {
    let mut stage = Stage::with_token();
    let generation = stage.newest();
    let effects = stage.want(1);
    let given = Effect::HandOut {
        waiter: Waiter(1),
        generation,
        stored: Stored::Saved,
    };
    assert_eq!(effects, [given]);
}

#[test]
fn fifty_callers_cause_one_request() {
    let mut stage = Stage::quiet();
    let sent = (1..=50)
        .filter(|waiter| requests(&stage.want(*waiter)))
        .count();
    assert_eq!(sent, 1);
    stage.grant(3600);
    assert_eq!(served(&stage.save()), (1..=50).collect::<Vec<_>>());
}

#[test]
fn every_caller_of_a_failed_attempt_is_told() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.want(2);
    let why = Refusal::Failed(Failure::Transient(Transient::Unreachable));
    let effects = stage.end(unreachable());
    for waiter in [Waiter(1), Waiter(2)] {
        assert!(
            effects.contains(&Effect::Refuse { waiter, why }),
            "{effects:?}"
        );
    }
}

#[test]
fn a_need_longer_than_what_is_left_causes_a_request() {
    let mut stage = Stage::with_token();
    stage.pass(30 * MINUTE);
    let min_ttl = 40 * MINUTE;
    assert!(requests(&stage.tell(Event::Wanted {
        waiter: Waiter(1),
        min_ttl
    })));
}

#[test]
fn a_need_longer_than_any_lifetime_does_not_loop() {
    let mut stage = Stage::with_token();
    stage.pass(14 * MINUTE);
    let effects = stage.tell(Event::Wanted {
        waiter: Waiter(1),
        min_ttl: 9 * HOUR,
    });
    assert_eq!(served(&effects), [1]);
}

#[test]
fn nobody_waits_for_a_caller_who_left() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.end(unreachable());
    stage.pass(SECOND);
    stage.want(2);
    stage.tell(Event::CallerLeft { waiter: Waiter(2) });
    assert!(!requests(&stage.pass(MINUTE)));
}

#[test]
fn a_caller_is_not_kept_for_longer_than_the_cooldown() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.end(super::stage::limited(RetryAfter::In(10 * MINUTE)));
    let until = stage.now.wall.plus(10 * MINUTE);
    let why = Refusal::RetryAfter { until };
    assert_eq!(
        stage.want(2),
        [Effect::Refuse {
            waiter: Waiter(2),
            why
        }]
    );
    assert_eq!(
        stage.refresh(3),
        [Effect::Refuse {
            waiter: Waiter(3),
            why
        }]
    );
}

#[test]
fn a_deleted_token_is_replaced_for_the_next_caller() {
    let mut stage = Stage::with_token();
    stage.pass(MINUTE);
    assert!(requests(&stage.tell(Event::TokenGone)));
}

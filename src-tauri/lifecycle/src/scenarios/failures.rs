//! How failures slow down and stop attempts.

use super::stage::{
    HOUR, MINUTE, SECOND, Stage, limited, refused_by_zoom, requests, start, unreachable,
};
use crate::attempts::Attempts;
use crate::condition::SuspendReason;
use crate::effect::{Effect, Notice, Refusal};
use crate::event::{Event, Waiter};
use crate::outcome::{Local, Outcome, RetryAfter};
use crate::policy::Policy;
use std::time::Duration;

fn suspended() -> Stage {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    for _ in 0..2 {
        stage.end(refused_by_zoom());
        stage.until_request();
    }
    let effects = stage.end(refused_by_zoom());
    let notice = Effect::Notice(Notice::Suspended(SuspendReason::Refused));
    assert!(effects.contains(&notice), "{effects:?}");
    stage
}

/// The waits between attempts while every one fails.
fn waits(stage: &mut Stage, outcome: Outcome, count: usize) -> Vec<Duration> {
    let wait = |_| {
        stage.end(outcome);
        stage.until_request()
    };
    (0..count).map(wait).collect()
}

fn near(wait: Duration, goal: Duration) -> bool {
    wait.abs_diff(goal) <= goal / 10
}

#[test]
fn three_refusals_in_a_row_suspend() {
    let mut stage = suspended();
    assert_eq!(stage.machine.next_wakeup(stage.now), None);
    assert!(!requests(&stage.pass(24 * HOUR)));
    let why = Refusal::Suspended(SuspendReason::Refused);
    assert_eq!(
        stage.want(1),
        [Effect::Refuse {
            waiter: Waiter(1),
            why
        }]
    );
}

#[test]
fn a_fault_on_the_way_between_refusals_does_not_count_as_an_answer() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    for outcome in [
        refused_by_zoom(),
        unreachable(),
        refused_by_zoom(),
        unreachable(),
    ] {
        stage.end(outcome);
        stage.until_request();
    }
    stage.end(refused_by_zoom());
    assert_eq!(
        stage.machine.next_wakeup(stage.now),
        None,
        "three answers, all refusals"
    );
}

#[test]
fn a_token_between_refusals_starts_the_count_anew() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    waits(&mut stage, refused_by_zoom(), 2);
    stage.grant(60);
    stage.until_request();
    waits(&mut stage, refused_by_zoom(), 2);
}

#[test]
fn the_user_may_try_once_while_suspended() {
    let mut stage = suspended();
    stage.pass(MINUTE);
    assert!(requests(&stage.refresh(1)));
    stage.end(unreachable());
    assert!(!requests(&stage.pass(HOUR)), "still suspended");
}

#[test]
fn a_token_ends_the_suspension_and_that_is_said() {
    let mut stage = suspended();
    stage.pass(MINUTE);
    stage.refresh(1);
    assert!(
        stage
            .grant(3600)
            .contains(&Effect::Notice(Notice::Recovered))
    );
    stage.until_request();
}

#[test]
fn new_credentials_end_the_suspension_but_not_the_cooldown() {
    let mut stage = suspended();
    assert!(!requests(&stage.tell(Event::CredentialsChanged)));
    assert_eq!(stage.until_request(), 30 * SECOND);
}

#[test]
fn faults_are_retried_every_thirty_seconds_until_ten_minutes_after_the_end() {
    let mut stage = Stage::with_token();
    stage.until_request();
    let eager = waits(&mut stage, unreachable(), 30);
    assert_eq!(
        eager,
        vec![30 * SECOND; 30],
        "five minutes before to ten after"
    );
    let slow = waits(&mut stage, unreachable(), 4);
    let goals = [MINUTE, 2 * MINUTE, 5 * MINUTE, 5 * MINUTE];
    assert!(
        slow.iter().zip(goals).all(|(wait, goal)| near(*wait, goal)),
        "{slow:?}"
    );
}

#[test]
fn without_a_token_the_ten_minutes_count_from_the_first_failure() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    assert_eq!(waits(&mut stage, unreachable(), 20), vec![30 * SECOND; 20]);
    assert!(near(waits(&mut stage, unreachable(), 1)[0], MINUTE));
}

#[test]
fn a_caller_does_not_wait_for_the_back_off() {
    let mut stage = Stage::with_token();
    stage.pass(2 * HOUR);
    waits(&mut stage, unreachable(), 3);
    stage.end(unreachable());
    stage.pass(30 * SECOND);
    assert!(requests(&stage.want(1)));
}

#[test]
fn waking_and_a_returned_network_end_the_back_off_but_not_the_cooldown() {
    for event in [Event::Woke, Event::NetworkReturned] {
        let mut stage = Stage::with_token();
        stage.pass(2 * HOUR);
        waits(&mut stage, unreachable(), 3);
        stage.end(unreachable());
        stage.pass(10 * SECOND);
        assert!(!requests(&stage.tell(event)));
        assert_eq!(stage.until_request(), 20 * SECOND);
    }
}

#[test]
fn both_forms_of_retry_after_are_obeyed() {
    let date = start().wall.plus(90 * SECOND);
    for retry_after in [RetryAfter::In(90 * SECOND), RetryAfter::At(date)] {
        let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
        assert_eq!(waits(&mut stage, limited(retry_after), 1), [90 * SECOND]);
    }
}

#[test]
fn waking_does_not_end_what_zoom_asked_for() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    stage.end(limited(RetryAfter::In(10 * MINUTE)));
    stage.tell(Event::Woke);
    assert_eq!(stage.until_request(), 10 * MINUTE);
}

#[test]
fn a_failing_vault_never_suspends() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    let locked = Outcome::Local(Local::VaultLocked);
    assert_eq!(waits(&mut stage, locked, 10), vec![30 * SECOND; 10]);
}

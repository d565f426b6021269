//! What one process leaves to the next.

use super::stage::{HOUR, MINUTE, SECOND, Stage, limited, refused_by_zoom, requests, served};
use crate::attempts::Attempts;
use crate::outcome::RetryAfter;
use crate::policy::Policy;
use crate::time::WallTime;

#[test]
fn a_saved_token_is_used_by_the_next_process() {
    let (mut stage, effects) = Stage::with_token().restarted();
    assert_eq!(effects, []);
    assert_eq!(served(&stage.want(1)), [1]);
}

#[test]
fn fifty_short_commands_keep_the_cooldown() {
    let mut stage = Stage::quiet();
    stage.want(1);
    for _ in 0..50 {
        let (mut next, _) = stage.restarted();
        next.now = next.now.plus(SECOND / 2);
        let sent = requests(&next.want(1));
        assert!(
            !sent,
            "a request {:?} after the last attempt",
            super::stage::start().until(next.now)
        );
        stage = next;
    }
    assert_eq!(stage.until_request(), 5 * SECOND);
}

#[test]
fn a_clock_that_was_set_does_not_shorten_the_cooldown() {
    for wall in [0, 4_000_000_000_000] {
        let mut stage = Stage::quiet();
        stage.want(1);
        stage.now = stage.now.plus(10 * SECOND);
        stage.now.wall = WallTime(wall);
        let (mut next, _) = stage.restarted();
        assert!(!requests(&next.want(1)));
        assert!(next.until_request() >= 20 * SECOND, "wall clock at {wall}");
    }
}

#[test]
fn a_suspension_outlives_the_process() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    for _ in 0..2 {
        stage.end(refused_by_zoom());
        stage.until_request();
    }
    stage.end(refused_by_zoom());
    stage.now = stage.now.plus(HOUR);
    let (mut next, effects) = stage.restarted();
    assert_eq!(effects, []);
    assert!(!requests(&next.want(1)));
}

#[test]
fn retry_after_outlives_the_process() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    stage.end(limited(RetryAfter::In(10 * MINUTE)));
    stage.now = stage.now.plus(4 * MINUTE);
    let (mut next, _) = stage.restarted();
    assert_eq!(next.until_request(), 6 * MINUTE);
}

#[test]
fn generations_grow_although_token_and_clock_are_lost() {
    let mut stage = Stage::with_token();
    let first = stage.newest();
    stage.given = None;
    stage.now = stage.now.plus(MINUTE);
    stage.now.wall = WallTime(5);
    let (mut next, _) = stage.restarted();
    next.until_request();
    next.grant(3600);
    assert!(next.newest() > first);
}

#[test]
fn a_rejected_token_stays_rejected() {
    let mut stage = Stage::with_token();
    stage.pass(10 * MINUTE);
    stage.reject(1, stage.newest());
    let (mut next, _) = stage.restarted();
    assert!(served(&next.want(2)).is_empty());
}

//! What viewers are told.

use super::stage::{HOUR, MINUTE, SECOND, Stage, limited, refused_by_zoom, start, unreachable};
use crate::attempts::Attempts;
use crate::condition::{Activity, State, SuspendReason, WaitReason};
use crate::event::Event;
use crate::outcome::{Local, Outcome, RetryAfter};
use crate::policy::Policy;
use crate::time::WallTime;

fn activity(stage: &Stage) -> Activity {
    stage.machine.condition(stage.now).activity
}

fn waiting(reason: WaitReason, until: WallTime) -> Activity {
    Activity::Waiting { reason, until }
}

#[test]
fn a_request_shows_as_refreshing_and_a_token_as_its_life() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    assert_eq!(activity(&stage), Activity::Refreshing);
    stage.grant(3600);
    let view = stage.machine.view(stage.now);
    assert_eq!(view.condition.activity, Activity::Idle);
    assert_eq!(
        view.condition.token.unwrap().expires,
        start().wall.plus(HOUR)
    );
    assert_eq!(view.last_attempt, Some(start().wall));
    assert_eq!(view.last_refresh, Some(start().wall));
    let due = start().wall.plus(55 * MINUTE).0 + 1;
    assert_eq!(view.next_attempt, Some(WallTime(due)));
}

#[test]
fn a_wait_shows_its_cause() {
    let until = start().wall.plus(30 * SECOND);
    let cases = [
        (unreachable(), WaitReason::Offline),
        (Outcome::Local(Local::VaultLocked), WaitReason::Vault),
        (refused_by_zoom(), WaitReason::Cooldown),
        (limited(RetryAfter::In(30 * SECOND)), WaitReason::RetryAfter),
    ];
    for (outcome, reason) in cases {
        let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
        stage.end(outcome);
        assert_eq!(
            activity(&stage),
            waiting(reason, until),
            "after {outcome:?}"
        );
        assert_eq!(stage.machine.view(stage.now).next_attempt, Some(until));
        assert_eq!(stage.machine.view(stage.now).failures, 1);
    }
}

#[test]
fn a_refresh_inside_the_cooldown_shows_as_waiting() {
    let mut stage = Stage::with_token();
    stage.refresh(1);
    let until = start().wall.plus(30 * SECOND);
    assert_eq!(activity(&stage), waiting(WaitReason::Cooldown, until));
}

#[test]
fn a_fresh_token_shows_no_waiting_although_the_cooldown_runs() {
    let stage = Stage::with_token();
    assert_eq!(
        stage.machine.condition(stage.now).state(stage.now.wall),
        State::Fresh
    );
}

#[test]
fn a_rejected_token_has_no_life() {
    let mut stage = Stage::with_token();
    stage.tell(Event::AutoRefresh(false));
    stage.reject(1, stage.newest());
    assert_eq!(stage.machine.condition(stage.now).token, None);
}

#[test]
fn two_views_without_an_event_between_them_are_equal() {
    let mut stage = Stage::with_token();
    let before = stage.machine.view(stage.now);
    stage.now = stage.now.plus(MINUTE);
    stage.now.wall = WallTime(stage.now.wall.0 + 3);
    assert_eq!(stage.machine.view(stage.now), before);
}

#[test]
fn a_suspension_shows_why() {
    let (mut stage, _) = Stage::with(Policy::default(), None, Attempts::default());
    for _ in 0..2 {
        stage.end(refused_by_zoom());
        stage.until_request();
    }
    stage.end(refused_by_zoom());
    assert_eq!(
        activity(&stage),
        Activity::Suspended {
            reason: SuspendReason::Refused
        }
    );
}

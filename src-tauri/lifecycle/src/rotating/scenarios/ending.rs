//! The end of a sign-in, and what is no end of it.

use super::stage::{HOUR, MINUTE, SECOND, Stage, begins, dead, refused, served, told};
use crate::condition::{Activity, SuspendReason};
use crate::effect::Refusal;
use crate::event::Waiter;
use crate::outcome::Answered;
use crate::rotating::{Effect, Ending, SignInCause};

fn ended() -> Stage {
    let mut stage = Stage::signed_in();
    stage.ask();
    stage.end(dead());
    stage
}

#[test]
fn it_is_written_before_it_is_told_and_told_once() {
    let mut stage = Stage::signed_in();
    stage.want(1);
    stage.ask();
    let effects = stage.end(dead());
    let told_at = effects
        .iter()
        .position(|effect| matches!(effect, Effect::Notice(_)));
    let written_at = effects
        .iter()
        .position(|effect| matches!(effect, Effect::Plain(crate::Effect::Persist(_))));
    assert!(written_at < told_at, "{effects:?}");
    assert_eq!(refused(&effects), [1]);
    assert_eq!(told(&stage.pass(24 * HOUR)), None);
}

#[test]
fn nobody_makes_it_try_again() {
    let mut stage = ended();
    let waiter = Waiter(1);
    let why = Refusal::Suspended(SuspendReason::SignInAgain);
    let refusal = Effect::Plain(crate::Effect::Refuse { waiter, why });
    stage.pass(MINUTE);
    for event in [
        crate::Event::RefreshAsked { waiter },
        crate::Event::Wanted {
            waiter,
            min_ttl: SECOND,
        },
    ] {
        assert_eq!(stage.plain(event), std::slice::from_ref(&refusal));
    }
    for event in [
        crate::Event::Woke,
        crate::Event::NetworkReturned,
        crate::Event::CredentialsChanged,
    ] {
        assert!(!begins(&stage.plain(event)));
        assert!(!begins(&stage.pass(HOUR)));
    }
    let reason = SuspendReason::SignInAgain;
    let activity = stage.machine.condition(stage.now).activity;
    assert_eq!(activity, Activity::Suspended { reason });
}

#[test]
fn the_access_token_serves_to_its_end() {
    let mut stage = Stage::signed_in();
    stage.refresh();
    stage.until_attempt();
    stage.ask();
    stage.end(dead());
    assert_eq!(served(&stage.want(1)), [1]);
    stage.pass(6 * MINUTE);
    assert_eq!(refused(&stage.want(2)), [2]);
}

#[test]
fn a_vault_without_a_refresh_token_asks_for_a_sign_in_and_not_zoom() {
    let mut stage = Stage::signed_in();
    stage.grant = None;
    assert_eq!(told(&stage.read()), Some(SignInCause::Missing));
    assert!(!begins(&stage.pass(24 * HOUR)));
}

#[test]
fn other_refusals_suspend_after_three_and_the_user_may_try() {
    let mut stage = Stage::signed_in();
    for _ in 0..2 {
        stage.ask();
        stage.end(Ending::Refused(Answered::InvalidClient));
        stage.until_attempt();
    }
    stage.ask();
    stage.end(Ending::Refused(Answered::InvalidClient));
    assert_eq!(stage.machine.next_wakeup(stage.now), None);
    assert_eq!(stage.machine.sign_in_again(), None);
    stage.pass(MINUTE);
    let waiter = Waiter(1);
    assert!(begins(&stage.plain(crate::Event::RefreshAsked { waiter })));
    stage.refresh();
}

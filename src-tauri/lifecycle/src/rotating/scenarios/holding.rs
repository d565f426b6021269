//! A pair that the vault does not take.

use super::stage::{HOUR, MINUTE, SECOND, Stage, begins, refused, saved, served};
use crate::condition::{Activity, WaitReason};
use crate::effect::Refusal;
use crate::event::Waiter;
use crate::outcome::{Failure, Local};
use crate::rotating::{Effect, Notice};

#[test]
fn only_the_save_is_tried_again() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let generation = stage.grant();
    for _ in 0..1000 {
        stage.fail_to_save(generation);
        let wait = stage.machine.next_wakeup(stage.now).unwrap();
        assert_eq!(wait, 5 * SECOND);
        let effects = stage.pass(wait);
        assert_eq!(saved(&effects), Some(generation));
        assert!(!begins(&effects));
    }
    stage.save(generation);
    assert_eq!(stage.machine.unsaved(), None);
}

#[test]
fn who_waits_hears_that_the_vault_is_to_blame() {
    let mut stage = Stage::signed_in();
    stage.want(1);
    stage.ask();
    let generation = stage.grant();
    let why = Refusal::Failed(Failure::Local(Local::VaultLocked));
    let waiter = Waiter(1);
    let refused = Effect::Plain(crate::Effect::Refuse { waiter, why });
    assert!(stage.fail_to_save(generation).contains(&refused));
}

#[test]
fn it_is_told_once_and_shown_until_it_is_saved() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let generation = stage.grant();
    let why = Local::VaultLocked;
    let notice = Effect::Notice(Notice::Unsaved { generation, why });
    assert!(stage.fail_to_save(generation).contains(&notice));
    let activity = stage.machine.condition(stage.now).activity;
    let until = stage.now.plus(5 * SECOND).wall;
    let reason = WaitReason::Vault;
    assert_eq!(activity, Activity::Waiting { reason, until });
    stage.pass(5 * SECOND);
    assert!(!stage.fail_to_save(generation).contains(&notice));
}

#[test]
fn the_token_from_before_serves_meanwhile() {
    let mut stage = Stage::signed_in();
    stage.refresh();
    stage.until_attempt();
    stage.ask();
    let generation = stage.grant();
    stage.fail_to_save(generation);
    assert_eq!(served(&stage.want(1)), [1]);
    stage.pass(10 * MINUTE);
    assert!(served(&stage.want(2)).is_empty(), "it has ended");
    assert_eq!(refused(&stage.fail_to_save(generation)), [2]);
}

#[test]
fn waking_tries_at_once() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let generation = stage.grant();
    stage.fail_to_save(generation);
    stage.now = stage.now.plus(SECOND);
    assert_eq!(saved(&stage.plain(crate::Event::Woke)), Some(generation));
}

#[test]
fn a_token_that_ended_before_its_pair_was_saved_is_followed_by_another() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let generation = stage.grant();
    stage.fail_to_save(generation);
    stage.pass(2 * HOUR);
    let effects = stage.save(generation);
    assert!(begins(&effects), "{effects:?}");
    assert_eq!(stage.grant.unwrap().refresh, generation);
}

#[test]
fn new_credentials_do_not_cost_the_pair() {
    let mut stage = Stage::signed_in();
    stage.want(1);
    stage.ask();
    stage.plain(crate::Event::CredentialsChanged);
    let generation = stage.grant();
    stage.save(generation);
    assert_eq!(served(&stage.save_token()), [1]);
}

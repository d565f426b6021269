//! A new sign-in.

use super::stage::{MINUTE, SECOND, Stage, dead, saved, served};
use crate::generation::Generation;
use crate::lifetime::Granted;
use crate::rotating::{Effect, Event, Grant};

fn sign_in(stage: &mut Stage) -> (Generation, Vec<Effect>) {
    let granted = Granted {
        expires_in: Some(3600),
        token_expiry: None,
    };
    let asked = stage.now;
    let effects = stage.tell(Event::SignedIn { asked, granted });
    (
        saved(&effects).expect("the refresh token is to be saved"),
        effects,
    )
}

fn ended() -> Stage {
    let mut stage = Stage::signed_in();
    stage.ask();
    stage.end(dead());
    stage
}

#[test]
fn a_sign_in_ends_the_need_for_one_once_it_is_saved() {
    let mut stage = ended();
    let (generation, _) = sign_in(&mut stage);
    assert!(stage.machine.sign_in_again().is_some());
    let effects = stage.save(generation);
    assert!(effects.contains(&Effect::Plain(crate::Effect::Notice(
        crate::Notice::Recovered
    ))));
    assert_eq!(stage.machine.sign_in_again(), None);
    stage.save_token();
    assert_eq!(served(&stage.want(1)), [1]);
}

#[test]
fn a_sign_in_that_was_saved_before_a_kill_counts() {
    let mut stage = ended();
    let (generation, _) = sign_in(&mut stage);
    stage.grant.as_mut().unwrap().refresh = generation;
    let (mut next, _) = stage.killed();
    assert_eq!(next.machine.sign_in_again(), None);
    next.refresh();
}

#[test]
fn a_sign_in_overtakes_a_request_in_flight() {
    let mut stage = Stage::signed_in();
    stage.want(1);
    stage.ask();
    let (generation, _) = sign_in(&mut stage);
    assert_eq!(
        stage.end(dead()),
        [],
        "the old refresh token's end no longer counts"
    );
    stage.save(generation);
    assert_eq!(served(&stage.save_token()), [1]);
}

#[test]
fn a_later_sign_in_replaces_an_unsaved_pair() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let earlier = stage.grant();
    stage.fail_to_save(earlier);
    let (generation, _) = sign_in(&mut stage);
    assert!(generation > earlier);
    assert_eq!(
        stage.tell(Event::ReadBack {
            generation: earlier
        }),
        []
    );
    stage.save(generation);
    assert_eq!(stage.machine.unsaved(), None);
}

#[test]
fn an_account_found_signed_in_again_is_told_so_when_the_vault_can_be_read() {
    let mut stage = ended();
    stage.pass(MINUTE);
    let refresh = Generation(8);
    let (token, attempts) = (stage.token, stage.written.clone());
    let grant = Some(Grant {
        refresh,
        journal: None,
    });
    stage.grant = grant;
    stage.tell(Event::Loaded {
        token,
        attempts,
        grant,
    });
    assert_eq!(stage.machine.sign_in_again(), None);
    stage.now = stage.now.plus(SECOND);
    stage.refresh();
}

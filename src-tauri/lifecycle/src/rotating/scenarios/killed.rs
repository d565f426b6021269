//! What a process leaves to the next when it is killed, step by step.

use super::stage::{
    FIRST, HOUR, MINUTE, SECOND, Stage, begins, dead, granted, requests, served, told,
};
use crate::outcome::Answered;
use crate::rotating::scenarios::stage::unavailable;
use crate::rotating::{Arrival, Ending, Refresh, SignInCause};

/// The old refresh token is dead: what is told after the one try with it.
fn told_after_a_try(stage: &mut Stage) -> SignInCause {
    stage.ask();
    told(&stage.end(dead())).expect("the sign-in has ended")
}

#[test]
fn killed_before_the_journal_was_written_the_account_works() {
    let stage = Stage::signed_in();
    let (mut next, effects) = stage.killed();
    assert!(begins(&effects));
    next.refresh();
    assert_eq!(served(&next.want(1)), [1]);
}

#[test]
fn killed_before_the_request_the_one_try_succeeds() {
    let mut stage = Stage::signed_in();
    let read = stage.read();
    stage.journal(&read);
    let (mut next, effects) = stage.killed();
    assert!(begins(&effects));
    next.refresh();
    assert_eq!(next.machine.sign_in_again(), None);
}

#[test]
fn killed_before_the_save_the_time_of_the_lost_answer_is_told() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let at = stage.now.wall;
    stage.now = stage.now.plus(SECOND);
    stage.grant();
    let (mut next, _) = stage.killed();
    assert_eq!(told_after_a_try(&mut next), SignInCause::AnswerLost { at });
}

#[test]
fn killed_after_the_save_the_account_works_although_nobody_heard_of_it() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let generation = stage.grant();
    stage.grant.as_mut().unwrap().refresh = generation;
    let (mut next, _) = stage.killed();
    let entry = super::stage::journaled(&next.read()).unwrap();
    assert_eq!((entry.refresh, entry.lost), (generation, None));
}

#[test]
fn a_journal_without_an_answer_is_looked_into_at_once() {
    let mut stage = Stage::signed_in();
    stage.refresh();
    stage.pass(30 * MINUTE);
    stage.plain(crate::Event::RefreshAsked {
        waiter: crate::Waiter(1),
    });
    stage.ask();
    let (mut next, effects) = stage.killed();
    assert!(begins(&effects), "half an hour is left of the access token");
    next.ask();
    next.end(unavailable(Arrival::Never));
    assert!(
        !begins(&next.pass(10 * MINUTE)),
        "one try is enough for now"
    );
}

#[test]
fn a_lost_answer_is_remembered_through_further_tries() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let at = stage.now.wall;
    stage.end(unavailable(Arrival::Perhaps));
    for ending in [
        unavailable(Arrival::Never),
        unavailable(Arrival::Perhaps),
        Ending::Refused(Answered::InvalidClient),
    ] {
        stage.until_attempt();
        stage.ask();
        stage.end(ending);
    }
    let (mut next, _) = stage.killed();
    assert_eq!(told_after_a_try(&mut next), SignInCause::AnswerLost { at });
}

#[test]
fn answers_that_arrived_are_not_called_lost() {
    for ending in [
        unavailable(Arrival::Never),
        Ending::Refused(Answered::InvalidClient),
        granted(Refresh::Kept),
    ] {
        let mut stage = Stage::signed_in();
        stage.ask();
        stage.end(ending);
        stage.pass(2 * HOUR);
        let (mut next, _) = stage.killed();
        assert_eq!(
            told_after_a_try(&mut next),
            SignInCause::Refused,
            "{ending:?}"
        );
    }
}

#[test]
fn a_dead_refresh_token_stays_dead_in_the_next_process() {
    let mut stage = Stage::signed_in();
    stage.ask();
    assert_eq!(told(&stage.end(dead())), Some(SignInCause::Refused));
    let (mut next, effects) = stage.killed();
    assert_eq!(effects, []);
    assert!(!requests(&next.pass(24 * HOUR)));
    assert_eq!(next.machine.sign_in_again(), Some(SignInCause::Refused));
    assert_eq!(next.grant.unwrap().refresh, FIRST);
}

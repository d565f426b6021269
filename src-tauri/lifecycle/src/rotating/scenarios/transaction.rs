//! From the refresh token to the access token, where all goes well or the vault says no early.

use super::stage::{
    FIRST, SECOND, Stage, begins, granted, journaled, refused, requests, saved, served,
};
use crate::outcome::Local;
use crate::rotating::{Event, Refresh};

#[test]
fn a_request_is_made_once_the_journal_was_read_back() {
    let mut stage = Stage::signed_in();
    let read = stage.read();
    let entry = journaled(&read).unwrap();
    assert_eq!((entry.refresh, entry.asked), (FIRST, stage.now.wall));
    assert!(!requests(&read));
    assert!(requests(&stage.journal(&read)));
}

#[test]
fn a_token_is_handed_out_once_its_refresh_token_was_read_back() {
    let mut stage = Stage::signed_in();
    stage.want(1);
    stage.ask();
    let generation = stage.grant();
    assert!(generation > FIRST);
    assert!(
        served(&stage.pass(10 * SECOND)).is_empty(),
        "no patience ends this wait"
    );
    assert!(stage.machine.offered(stage.now).is_none());
    assert_eq!(stage.machine.unsaved(), Some(generation));
    stage.save(generation);
    assert_eq!(served(&stage.save_token()), [1]);
    assert_eq!(stage.machine.unsaved(), None);
}

#[test]
fn the_life_of_a_token_counts_from_before_its_request() {
    let mut stage = Stage::signed_in();
    let begun = stage.now;
    stage.now = stage.now.plus(3 * SECOND);
    stage.refresh();
    assert_eq!(stage.token.unwrap().span.issued, begun.wall);
}

#[test]
fn an_answer_without_a_refresh_token_leaves_the_old_one() {
    let mut stage = Stage::signed_in();
    stage.want(1);
    stage.ask();
    let effects = stage.end(granted(Refresh::Kept));
    assert_eq!(saved(&effects), None);
    assert_eq!(served(&stage.save_token()), [1]);
    stage.until_attempt();
    assert_eq!(journaled(&stage.read()).unwrap().refresh, FIRST);
}

#[test]
fn the_next_request_is_made_with_the_new_refresh_token() {
    let mut stage = Stage::signed_in();
    stage.ask();
    let generation = stage.grant();
    stage.save(generation);
    stage.save_token();
    stage.until_attempt();
    assert_eq!(journaled(&stage.read()).unwrap().refresh, generation);
}

#[test]
fn no_request_is_made_if_the_vault_cannot_be_written_or_read() {
    type Fails = fn(&mut Stage) -> Event;
    let unread: Fails = |stage| Event::GrantUnread {
        attempt: stage.attempt,
        why: Local::VaultLocked,
    };
    let unwritten: Fails = |stage| {
        stage.read();
        Event::JournalFailed {
            attempt: stage.attempt,
            why: Local::VaultFailed,
        }
    };
    for fails in [unread, unwritten] {
        let mut stage = Stage::signed_in();
        stage.want(1);
        let event = fails(&mut stage);
        let effects = stage.tell(event);
        assert_eq!(refused(&effects), [1]);
        assert!(!requests(&effects));
        assert_eq!(stage.until_attempt(), 30 * SECOND);
        stage.ask();
    }
}

#[test]
fn no_second_attempt_begins_while_one_is_at_work() {
    let mut stage = Stage::signed_in();
    stage.ask();
    assert!(!begins(&stage.pass(40 * SECOND)));
    stage.grant();
    assert!(!begins(&stage.pass(40 * SECOND)));
}

//! Tokens that Zoom's API rejects.

use super::stage::{HOUR, MINUTE, SECOND, Stage, requests, served};
use crate::condition::SuspendReason;
use crate::effect::{Effect, Notice, Refusal};
use crate::event::Waiter;
use crate::generation::Generation;

#[test]
fn a_valid_token_that_is_rejected_is_replaced_once_and_that_is_said() {
    let mut stage = Stage::with_token();
    stage.pass(10 * MINUTE);
    let generation = stage.newest();
    let effects = stage.reject(1, generation);
    let notice = Notice::RotatedElsewhere { generation };
    assert!(effects.contains(&Effect::Notice(notice)), "{effects:?}");
    assert!(requests(&effects));
    let again = stage.reject(2, generation);
    assert_eq!(again, [], "the same token is not news");
    stage.grant(3600);
    assert_eq!(served(&stage.save()), [1, 2]);
}

#[test]
fn who_names_an_older_token_gets_the_newer_one_without_a_request() {
    let mut stage = Stage::with_token();
    let older = Generation(stage.newest().0 - 1);
    let effects = stage.reject(1, older);
    assert_eq!(served(&effects), [1]);
    assert_eq!(effects.len(), 1);
}

#[test]
fn a_rejected_token_is_handed_to_nobody_else() {
    let mut stage = Stage::with_token();
    stage.pass(10 * SECOND);
    stage.reject(1, stage.newest());
    let effects = stage.want(2);
    assert!(
        matches!(&effects[..], [Effect::ToldToWait { .. }]),
        "{effects:?}"
    );
}

fn replaced_after(age: std::time::Duration) -> Stage {
    let mut stage = Stage::with_token();
    stage.pass(age);
    stage.reject(1, stage.newest());
    if stage.machine.next_wakeup(stage.now).is_some() {
        stage.until_request();
    }
    stage.grant(3600);
    stage.save();
    stage
}

#[test]
fn two_successive_tokens_rejected_within_a_minute_suspend() {
    let mut stage = replaced_after(40 * SECOND);
    stage.pass(59 * SECOND);
    let effects = stage.reject(2, stage.newest());
    let reason = SuspendReason::NewTokensRejected;
    assert!(
        effects.contains(&Effect::Notice(Notice::Suspended(reason))),
        "{effects:?}"
    );
    let why = Refusal::Suspended(reason);
    assert!(
        effects.contains(&Effect::Refuse {
            waiter: Waiter(2),
            why
        }),
        "{effects:?}"
    );
    assert!(!requests(&stage.pass(HOUR)));
}

#[test]
fn an_old_token_rejected_in_between_starts_the_count_anew() {
    let mut stage = replaced_after(5 * MINUTE);
    stage.pass(40 * SECOND);
    assert!(requests(&stage.reject(2, stage.newest())));
}

#[test]
fn a_token_that_lived_on_starts_the_count_anew() {
    let mut stage = replaced_after(40 * SECOND);
    stage.until_request();
    stage.grant(3600);
    stage.save();
    stage.pass(40 * SECOND);
    assert!(requests(&stage.reject(2, stage.newest())));
}

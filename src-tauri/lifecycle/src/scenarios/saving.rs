//! A token that cannot be saved is handed out all the same.

use super::stage::{SECOND, Stage, served};
use crate::effect::{Effect, Notice, Refusal, Stored};
use crate::event::{Event, Waiter};
use crate::outcome::Local;

#[test]
fn callers_get_a_new_token_once_it_is_saved() {
    let mut stage = Stage::quiet();
    stage.want(1);
    assert!(served(&stage.grant(3600)).is_empty());
    assert!(served(&stage.want(2)).is_empty());
    assert!(stage.machine.offered(stage.now).is_none());
    assert_eq!(served(&stage.save()), [1, 2]);
    assert!(stage.machine.offered(stage.now).is_some());
}

#[test]
fn a_failed_save_withholds_no_token() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.grant(3600);
    let generation = stage.newest();
    let why = Local::VaultFailed;
    let given = Effect::HandOut {
        waiter: Waiter(1),
        generation,
        stored: Stored::Unsaved,
    };
    let said = Effect::Notice(Notice::SaveFailed { generation, why });
    assert_eq!(
        stage.tell(Event::SaveFailed { generation, why }),
        [said, given]
    );
    let later = Effect::HandOut {
        waiter: Waiter(2),
        generation,
        stored: Stored::Unsaved,
    };
    assert_eq!(stage.want(2), [later]);
}

#[test]
fn a_vault_that_hangs_holds_a_token_back_for_two_seconds() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.grant(3600);
    assert_eq!(stage.machine.next_wakeup(stage.now), Some(2 * SECOND));
    assert_eq!(served(&stage.pass(2 * SECOND)), [1]);
}

#[test]
fn a_life_about_to_end_is_not_spent_on_the_save() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.grant(1);
    assert_eq!(served(&stage.pass(SECOND / 2)), [1]);
}

#[test]
fn a_token_that_ended_before_it_came_is_not_handed_out() {
    let mut stage = Stage::quiet();
    stage.want(1);
    stage.now = stage.now.plus(SECOND);
    let effects = stage.grant(1);
    let refused = Effect::Refuse {
        waiter: Waiter(1),
        why: Refusal::ShortLived,
    };
    assert!(effects.contains(&refused), "{effects:?}");
}

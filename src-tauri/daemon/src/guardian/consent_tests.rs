//! Questions and restarts, as the deliverer meets them.

use super::Event;
use super::world::World;
use claude::Consent;
use control::RestartAnswer;
use lifecycle::WallTime;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

fn waits(generation: u64, consent: Consent) -> Event {
    Event::TokenWaits {
        generation,
        consent,
        suspended: false,
    }
}

fn answered(generation: u64, answer: RestartAnswer) -> Event {
    Event::Answered { generation, answer }
}

#[test]
fn consent_given_for_always_restarts_once_a_token() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    for generation in [1, 1, 2, 1, 2] {
        world.happens(waits(generation, Consent::Always));
    }
    world.next_keeper();
    world.happens(waits(2, Consent::Always));
    assert_eq!(world.restarts, [1, 2]);
    assert_eq!(world.guardian.question(), None);
}

#[test]
fn a_question_is_asked_once_a_token_and_answered_once() {
    let table = [
        (RestartAnswer::Now, vec![7], false),
        (RestartAnswer::WhenQuit, vec![], false),
        (RestartAnswer::NotThisTime, vec![], true),
    ];
    for (answer, restarts, declined) in table {
        let mut world = World::with(&["zoom"]);
        world.starts();
        world.passes(MINUTE);
        world.happens(waits(7, Consent::Ask));
        world.passes(MINUTE);
        world.happens(waits(7, Consent::Ask));
        let question = world.guardian.question().unwrap();
        assert_eq!(
            (question.generation, question.asked_at),
            (7, WallTime(60_000)),
            "one question, asked once"
        );
        world.happens(answered(7, answer));
        world.happens(answered(7, RestartAnswer::Now));
        world.happens(waits(7, Consent::Ask));
        assert_eq!(world.guardian.question(), None, "{answer:?}");
        assert_eq!(world.restarts, restarts, "{answer:?}");
        assert_eq!(world.guardian.is_declined(7), declined, "{answer:?}");
        world.happens(waits(8, Consent::Ask));
        assert!(world.guardian.question().is_some(), "the next token's");
    }
}

#[test]
fn an_answer_to_an_older_question_is_none_to_the_new_one() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.happens(waits(1, Consent::Ask));
    world.happens(waits(2, Consent::Ask));
    world.happens(answered(1, RestartAnswer::Now));
    assert!(world.restarts.is_empty());
    assert_eq!(
        world
            .guardian
            .question()
            .map(|question| question.generation),
        Some(2)
    );
}

#[test]
fn a_question_goes_with_its_reason() {
    let reasons = [
        Event::Gone,
        Event::NothingWaits,
        Event::Restarting { generation: 1 },
        waits(1, Consent::WhenQuit),
        Event::TokenWaits {
            generation: 1,
            consent: Consent::Ask,
            suspended: true,
        },
    ];
    for reason in reasons {
        let mut world = World::with(&["zoom"]);
        world.starts();
        world.happens(waits(1, Consent::Ask));
        world.happens(reason.clone());
        assert_eq!(world.guardian.question(), None, "{reason:?}");
        world.happens(answered(1, RestartAnswer::Now));
        assert!(world.restarts.is_empty(), "{reason:?}");
    }
}

#[test]
fn while_refreshing_is_suspended_nothing_is_restarted() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.happens(Event::TokenWaits {
        generation: 1,
        consent: Consent::Always,
        suspended: true,
    });
    assert!(world.restarts.is_empty());
}

#[test]
fn a_question_nobody_answered_is_asked_again_by_the_next_keeper() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.happens(waits(1, Consent::Ask));
    world.next_keeper();
    assert_eq!(
        world.guardian.question(),
        None,
        "until the token waits there"
    );
    world.happens(waits(1, Consent::Ask));
    assert!(world.guardian.question().is_some());
    world.happens(answered(1, RestartAnswer::NotThisTime));
    world.next_keeper();
    world.happens(waits(1, Consent::Ask));
    assert_eq!(world.guardian.question(), None, "answered is answered");
}

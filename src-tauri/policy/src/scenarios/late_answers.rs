//! An answer that comes after the call was denied.

use super::stage::{MINUTE, SECOND, Stage, governing};
use crate::ledger::{Answer, Answered, Asked, Decision, Elapsed, QuestionState};
use std::time::Duration;

const ASK: &str = r#"{"t":{"approval":{}},"u":{"approval":{}}}"#;

/// A question that timed out.
fn timed_out() -> (Stage, Asked) {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", r#"{"a":1,"b":2}"#);
    stage.pass(50 * SECOND);
    (stage, asked)
}

fn allowed_late() -> Stage {
    let (mut stage, asked) = timed_out();
    let answered = stage.answer(asked.question, Answer::Allow);
    let until_ms = stage.now.wall_ms + 300_000;
    assert!(
        matches!(answered, Answered::Kept { until_ms: told } if told == until_ms),
        "{answered:?}"
    );
    stage
}

fn is_asked(stage: &mut Stage, tool: &str, arguments: &str) -> bool {
    matches!(stage.decide(tool, arguments), Decision::Ask(_))
}

#[test]
fn it_holds_for_the_identical_call_once() {
    let mut stage = allowed_late();
    let decision = stage.decide("t", r#"{"b":2,"a":1}"#);
    let Decision::Forward(pass) = decision else {
        panic!("{decision:?}");
    };
    assert!(pass.is_approved());
    assert!(is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
}

#[test]
fn it_holds_in_another_session_of_the_entry() {
    let mut stage = allowed_late();
    stage.origin.session = "s2".to_owned();
    assert!(!is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
}

#[test]
fn it_holds_for_no_other_call() {
    let changes: [fn(&mut Stage); 2] = [
        |stage| stage.origin.entry = "other".to_owned(),
        |stage| stage.origin.account = "other".to_owned(),
    ];
    for change in changes {
        let mut stage = allowed_late();
        change(&mut stage);
        assert!(is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
    }
    let mut stage = allowed_late();
    assert!(is_asked(&mut stage, "u", r#"{"a":1,"b":2}"#));
    assert!(is_asked(&mut stage, "t", r#"{"a":1,"b":3}"#));
    assert!(is_asked(&mut stage, "t", r#"{"a":1}"#));
    assert!(!is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#), "still held");
}

#[test]
fn it_holds_for_five_minutes() {
    let mut stage = allowed_late();
    stage.pass(Duration::from_millis(299_999));
    assert!(!is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
    let mut stage = allowed_late();
    stage.pass(5 * MINUTE);
    assert!(is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
}

#[test]
fn of_two_answers_the_one_that_ends_first_is_used_up() {
    let mut stage = Stage::with(ASK);
    let questions = [stage.ask("t", "{}").question, stage.ask("t", "{}").question];
    stage.pass(50 * SECOND);
    stage.answer(questions[1], Answer::Allow);
    stage.pass(4 * MINUTE);
    stage.answer(questions[0], Answer::Allow);
    assert!(!is_asked(&mut stage, "t", "{}"));
    stage.pass(4 * MINUTE);
    assert!(
        !is_asked(&mut stage, "t", "{}"),
        "the later one still holds"
    );
}

#[test]
fn a_rule_that_denies_comes_before_it_and_does_not_use_it_up() {
    let mut stage = allowed_late();
    stage.governing = governing("deny", "{}");
    stage.deny("t", r#"{"a":1,"b":2}"#);
    stage.governing = governing("deny", ASK);
    assert!(!is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
}

#[test]
fn a_late_no_closes_the_question() {
    let (mut stage, asked) = timed_out();
    let answered = stage.answer(asked.question, Answer::Deny);
    assert!(matches!(answered, Answered::Closed), "{answered:?}");
    assert!(is_asked(&mut stage, "t", r#"{"a":1,"b":2}"#));
}

#[test]
fn it_can_be_given_for_five_minutes() {
    let (mut stage, asked) = timed_out();
    let question = stage.ledger.questions().next().unwrap();
    assert_eq!(question.state(), QuestionState::TimedOut);
    assert_eq!(stage.ledger.next_wakeup(stage.now), Some(5 * MINUTE));
    assert_eq!(stage.pass(299 * SECOND), []);
    let closed = Elapsed::Closed {
        question: asked.question,
    };
    assert_eq!(stage.pass(SECOND), [closed]);
    let answered = stage.answer(asked.question, Answer::Allow);
    assert!(matches!(answered, Answered::Unknown), "{answered:?}");
    assert_eq!(stage.ledger.next_wakeup(stage.now), None);
}

#[test]
fn a_question_that_timed_out_in_sleep_can_still_be_answered() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", "{}");
    assert_eq!(stage.pass(60 * MINUTE).len(), 1);
    let answered = stage.answer(asked.question, Answer::Allow);
    assert!(matches!(answered, Answered::Kept { .. }), "{answered:?}");
}

#[test]
fn the_identical_call_takes_the_place_of_the_question_that_timed_out() {
    let (mut stage, old) = timed_out();
    let new = stage.ask("t", r#"{"a":1,"b":2}"#);
    assert_eq!(new.closes, [old.question]);
    assert_eq!(stage.ledger.questions().count(), 1);
    let answered = stage.answer(old.question, Answer::Allow);
    assert!(matches!(answered, Answered::Unknown), "{answered:?}");
    assert!(stage.ask("t", r#"{"a":9}"#).closes.is_empty());
}

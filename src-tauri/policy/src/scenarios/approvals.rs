//! A person is asked, and answers in time or not.

use super::stage::{MINUTE, SECOND, Stage, governing, of_file};
use crate::denial::{Cause, NotApproved};
use crate::ledger::{Answer, Answered, Decision, Elapsed, QuestionState, Withdrawal};
use crate::masking::Masking;
use crate::{Found, Governing, QuestionId};
use std::time::Duration;

const ASK: &str = r#"{"t":{"approval":{},
  "limits":[{"counter":"c","window":"minute","max":1,"scope":"grant"}]}}"#;

fn is_free(stage: &mut Stage) -> bool {
    stage.ledger.save(stage.now).counters.is_empty()
}

#[test]
fn an_allowed_call_is_forwarded_and_counts_from_then() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", r#"{"a":1}"#);
    assert_eq!(asked.rule.as_str(), "/tools/t/approval");
    assert!(asked.closes.is_empty());
    stage.pass(40 * SECOND);
    let Answered::Forward(pass) = stage.answer(asked.question, Answer::Allow) else {
        panic!("not forwarded");
    };
    assert!(pass.is_approved() && pass.is_counted());
    stage.ledger.forwarded(stage.now, &pass);
    assert_eq!(stage.room_in("t"), Some(60_000));
    assert_eq!(stage.ledger.questions().count(), 0);
}

#[test]
fn a_denied_call_is_given_back() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", "{}");
    assert!(!is_free(&mut stage), "held while a person is asked");
    let Answered::Deny(denial) = stage.answer(asked.question, Answer::Deny) else {
        panic!("not denied");
    };
    assert_eq!(denial.cause, Cause::NotApproved(NotApproved::Denied));
    assert_eq!(denial.rule.as_str(), "/tools/t/approval");
    assert!(is_free(&mut stage));
}

#[test]
fn no_answer_in_fifty_seconds_is_a_denial() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", "{}");
    assert_eq!(stage.ledger.next_wakeup(stage.now), Some(50 * SECOND));
    assert_eq!(stage.pass(Duration::from_millis(49_999)), []);
    let elapsed = stage.pass(Duration::from_millis(1));
    let [Elapsed::TimedOut { question, denial }] = &elapsed[..] else {
        panic!("{elapsed:?}");
    };
    assert_eq!(*question, asked.question);
    assert_eq!(denial.cause, Cause::NotApproved(NotApproved::TimedOut));
    assert!(
        denial
            .reason
            .starts_with("Nobody allowed this call within 50 s.")
    );
    assert!(is_free(&mut stage));
}

#[test]
fn the_file_may_give_less_time() {
    let mut stage = Stage::with(r#"{"t":{"approval":{"timeout_s":5}}}"#);
    stage.ask("t", "{}");
    assert_eq!(stage.ledger.next_wakeup(stage.now), Some(5 * SECOND));
    assert_eq!(stage.pass(5 * SECOND).len(), 1);
}

#[test]
fn an_action_asks_as_approval_does() {
    let mut stage = Stage::with(r#"{"t":{"action":"require_approval"}}"#);
    assert_eq!(stage.ask("t", "{}").rule.as_str(), "/tools/t/action");
    assert_eq!(stage.ledger.next_wakeup(stage.now), Some(50 * SECOND));
}

#[test]
fn a_clients_cancellation_withdraws_the_question() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", "{}");
    let withdraw = |stage: &mut Stage, id| stage.ledger.withdraw(id);
    assert_eq!(withdraw(&mut stage, asked.question), Withdrawal::Withdrawn);
    assert!(is_free(&mut stage));
    assert_eq!(withdraw(&mut stage, asked.question), Withdrawal::NotWaiting);
    let answered = stage.answer(asked.question, Answer::Allow);
    assert!(matches!(answered, Answered::Unknown), "{answered:?}");
    let _ = stage.ask("t", "{}");
}

#[test]
fn each_question_is_answered_once() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", "{}");
    stage.answer(asked.question, Answer::Deny);
    let again = stage.answer(asked.question, Answer::Allow);
    assert!(matches!(again, Answered::Unknown), "{again:?}");
}

#[test]
fn two_identical_calls_are_two_questions() {
    let mut stage = Stage::with(r#"{"t":{"approval":{}}}"#);
    let (one, two) = (stage.ask("t", "{}"), stage.ask("t", "{}"));
    assert_ne!(one.question, two.question);
    stage.answer(one.question, Answer::Deny);
    let answered = stage.answer(two.question, Answer::Allow);
    assert!(matches!(answered, Answered::Forward(_)), "{answered:?}");
}

#[test]
fn the_policy_is_asked_again_when_a_person_allows() {
    let changed = [
        (
            of_file(r#"{"version":"1","default":"deny","hide":["t"]}"#),
            Cause::Hidden,
        ),
        (
            governing("deny", r#"{"t":{"action":"deny"}}"#),
            Cause::Action,
        ),
        (Governing::of(Found::Bytes(b"{"), None), Cause::Broken),
    ];
    for (governing, cause) in changed {
        let mut stage = Stage::with(ASK);
        let asked = stage.ask("t", "{}");
        stage.governing = governing;
        let Answered::Deny(denial) = stage.answer(asked.question, Answer::Allow) else {
            panic!("forwarded although {cause:?}");
        };
        assert_eq!(denial.cause, cause);
        assert!(is_free(&mut stage));
    }
}

#[test]
fn a_limit_that_came_meanwhile_counts_the_allowed_call() {
    let mut stage = Stage::with(r#"{"t":{"approval":{}}}"#);
    let asked = stage.ask("t", "{}");
    stage.governing = governing("deny", ASK);
    let Answered::Forward(pass) = stage.answer(asked.question, Answer::Allow) else {
        panic!("not forwarded");
    };
    stage.ledger.forwarded(stage.now, &pass);
    assert_eq!(stage.room_in("t"), Some(60_000));
}

#[test]
fn only_so_many_calls_wait_for_a_person() {
    let mut stage = Stage::with(
        r#"{"t":{"approval":{},
          "limits":[{"counter":"c","window":"day","max":99,"scope":"grant"}]}}"#,
    );
    for number in 0..50 {
        stage.ask("t", &format!(r#"{{"n":{number}}}"#));
    }
    let denial = stage.deny("t", "{}");
    assert_eq!(denial.cause, Cause::NotApproved(NotApproved::TooManyWait));
    let saved = stage.ledger.save(stage.now);
    assert_eq!(saved.counters[0].calls.len(), 50, "given back");
    stage.pass(MINUTE);
    let _ = stage.ask("t", "{}");
}

#[test]
fn unanswered_questions_give_way_when_there_are_too_many() {
    let mut stage = Stage::with(r#"{"t":{"approval":{"timeout_s":1}}}"#);
    let mut closed = Vec::new();
    for number in 0..150 {
        let asked = stage.ask("t", &format!(r#"{{"n":{number}}}"#));
        closed.extend(asked.closes);
        stage.pass(SECOND);
    }
    assert_eq!(stage.ledger.questions().count(), 100);
    assert_eq!(closed.len(), 50);
}

#[test]
fn questions_show_who_asks_for_what_with_secrets_masked() {
    let mut stage = Stage::with(r#"{"t":{"approval":{}}}"#);
    let asked = stage.ask("t", r#"{"topic":"Plan","password":"p"}"#);
    let question = stage.ledger.questions().next().unwrap();
    assert_eq!(question.id, asked.question);
    assert_eq!(
        (question.tool.as_str(), question.origin.entry.as_str()),
        ("t", "zoom")
    );
    assert_eq!(question.asked_ms, stage.now.wall_ms);
    assert_eq!(question.until_ms, stage.now.wall_ms + 50_000);
    assert_eq!(question.state(), QuestionState::Waiting);
    let masking = Masking {
        sounds_secret: &|name| name == "password",
        scrub: &str::to_owned,
    };
    assert_eq!(
        question.arguments.masked(&masking).to_string(),
        r#"{"topic":"Plan","password":"<redacted>"}"#
    );
}

#[test]
fn numbers_are_typed_easily_and_never_given_twice() {
    let mut stage = Stage::with(r#"{"t":{"approval":{"timeout_s":1}}}"#);
    let mut given = Vec::new();
    for round in 0..40 {
        given.push(stage.ask("t", "{}").question);
        stage.pass(SECOND / 2);
        if round == 20 {
            stage.now.wall_ms -= 3_600_000;
        }
    }
    let mut distinct = given.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), given.len());
    let shown = QuestionId(42).to_string();
    assert_eq!(shown, "000042");
    assert_eq!(shown.parse(), Ok(QuestionId(42)));
}

#[test]
fn a_number_from_before_a_restart_is_no_other_questions_after_it() {
    let mut stage = Stage::with(r#"{"t":{"approval":{}}}"#);
    let before = stage.ask("t", "{}").question;
    stage.pass(SECOND);
    stage.restarted();
    assert_ne!(stage.ask("t", "{}").question, before);
    let answered = stage.answer(before, Answer::Allow);
    assert!(matches!(answered, Answered::Unknown), "{answered:?}");
}

#[test]
fn a_call_given_back_after_a_person_allowed_it_need_not_be_asked_again() {
    let mut stage = Stage::with(ASK);
    let asked = stage.ask("t", "{}");
    let Answered::Forward(pass) = stage.answer(asked.question, Answer::Allow) else {
        panic!("not forwarded");
    };
    stage.ledger.give_back(pass);
    let decision = stage.decide("t", "{}");
    assert!(matches!(decision, Decision::Forward(_)), "{decision:?}");
}

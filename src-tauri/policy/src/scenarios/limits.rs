//! Windows slide, and what was not made is not counted.

use super::stage::{MINUTE, SECOND, Stage, governing, of_file, origin};
use crate::denial::Cause;
use crate::ledger::Decision;

const TWO_A_MINUTE: &str =
    r#"{"t":{"limits":[{"counter":"c","window":"minute","max":2,"scope":"grant"}]},"u":{}}"#;

#[test]
fn a_full_window_tells_when_there_is_room() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let _ = stage.forward("t");
    stage.pass(20 * SECOND);
    let _ = stage.forward("t");
    stage.pass(10 * SECOND);
    assert_eq!(stage.room_in("t"), Some(30_000));
    assert_eq!(
        stage.deny("t", "{}").reason,
        "No more than 2 calls a minute through one entry are allowed. Call again in 30 s."
    );
    stage.pass(30 * SECOND);
    let _ = stage.forward("t");
    assert_eq!(stage.room_in("t"), Some(20_000));
}

#[test]
fn a_denied_call_is_not_counted() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let _ = (stage.forward("t"), stage.forward("t"));
    for _ in 0..5 {
        stage.pass(10 * SECOND);
        stage.deny("t", "{}");
    }
    stage.pass(10 * SECOND);
    let _ = (stage.forward("t"), stage.forward("t"));
}

#[test]
fn a_call_counts_from_when_it_is_forwarded_however_long_it_waited() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let passes = [stage.pass_of("t"), stage.pass_of("t")];
    assert_eq!(stage.room_in("t"), None);
    stage.pass(5 * MINUTE);
    assert_eq!(stage.room_in("t"), None, "both still wait");
    for pass in &passes {
        stage.ledger.forwarded(stage.now, pass);
    }
    assert_eq!(stage.room_in("t"), Some(60_000));
}

#[test]
fn a_call_that_never_reached_the_server_is_given_back() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let empty = stage.ledger.save(stage.now);
    let held = stage.pass_of("t");
    let forwarded = stage.forward("t");
    assert!(held.is_counted());
    stage.deny("t", "{}");
    stage.ledger.give_back(held);
    stage.ledger.give_back(forwarded);
    assert_eq!(stage.ledger.save(stage.now), empty);
}

#[test]
fn limits_are_reserved_all_or_none() {
    let file = r#"{"version":"1","default":"allow",
      "all_tools":{"limits":[{"counter":"c","window":"minute","max":1,"scope":"global"}]},
      "tools":{"t":{"limits":[{"counter":"c","window":"minute","max":5,"scope":"global"}]}}}"#;
    let mut stage = Stage::under(of_file(file));
    let _ = stage.forward("u");
    let before = stage.ledger.save(stage.now);
    assert_eq!(stage.deny("t", "{}").rule.as_str(), "/all_tools/limits/0");
    assert_eq!(stage.ledger.save(stage.now), before);
}

#[test]
fn each_scope_counts_its_own_subject() {
    let calls = [
        ("s1", "zoom", "acc"),
        ("s2", "zoom", "acc"),
        ("s3", "other", "acc"),
        ("s4", "third", "acc"),
        ("s5", "fourth", "acc2"),
    ];
    for (scope, let_through) in [("session", 5), ("grant", 4), ("account", 2), ("global", 1)] {
        let tools = TWO_A_MINUTE
            .replace("\"grant\"", &format!("\"{scope}\""))
            .replace("\"max\":2", "\"max\":1");
        let mut stage = Stage::with(&tools);
        let mut forwarded = 0;
        for (session, entry, account) in calls {
            stage.origin = origin(session, entry, account);
            if let Decision::Forward(pass) = stage.decide("t", "{}") {
                stage.ledger.forwarded(stage.now, &pass);
                forwarded += 1;
            }
        }
        assert_eq!(forwarded, let_through, "{scope}");
    }
}

#[test]
fn a_rate_limit_counts_by_session_and_seconds_or_name() {
    for window in ["60", "\"minute\""] {
        let tools = format!(r#"{{"t":{{"rate_limit":{{"max":1,"window":{window}}}}}}}"#);
        let mut stage = Stage::with(&tools);
        let _ = stage.forward("t");
        let denial = stage.deny("t", "{}");
        assert_eq!(denial.rule.as_str(), "/tools/t/rate_limit");
        assert!(
            denial.reason.contains("1 call a minute in one session"),
            "{denial}"
        );
        stage.origin.session = "s2".to_owned();
        let _ = stage.forward("t");
    }
}

#[test]
fn windows_last_as_long_as_their_names_say() {
    for (window, seconds) in [("minute", 60), ("hour", 3600), ("day", 86_400)] {
        let tools = format!(r#"{{"t":{{"rate_limit":{{"max":1,"window":"{window}"}}}}}}"#);
        let mut stage = Stage::with(&tools);
        let _ = stage.forward("t");
        assert_eq!(stage.room_in("t"), Some(seconds * 1000), "{window}");
    }
}

#[test]
fn the_same_counter_in_two_tools_counts_twice() {
    let rules = r#"{"limits":[{"counter":"c","window":"minute","max":1,"scope":"global"}]}"#;
    let mut stage = Stage::with(&format!(r#"{{"t":{rules},"u":{rules}}}"#));
    let _ = (stage.forward("t"), stage.forward("u"));
}

#[test]
fn an_edit_of_the_file_keeps_the_count() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let _ = stage.forward("t");
    stage.governing = governing("allow", &TWO_A_MINUTE.replace("\"max\":2", "\"max\":1"));
    assert_eq!(stage.room_in("t"), Some(60_000));
    stage.governing = governing("allow", "{}");
    let _ = stage.forward("t");
    stage.governing = governing("allow", TWO_A_MINUTE);
    let _ = stage.forward("t");
    assert!(matches!(stage.deny("t", "{}").cause, Cause::Limit { .. }));
}

#[test]
fn a_retry_after_the_told_seconds_succeeds() {
    let mut stage = Stage::with(&TWO_A_MINUTE.replace("\"max\":2", "\"max\":1"));
    let _ = stage.forward("t");
    stage.pass(SECOND / 4);
    let reason = stage.deny("t", "{}").reason;
    assert!(reason.ends_with("Call again in 60 s."), "{reason}");
    stage.pass(60 * SECOND);
    let _ = stage.forward("t");
}

#[test]
fn a_tool_without_limits_counts_nothing() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    assert!(!stage.forward("u").is_counted());
}

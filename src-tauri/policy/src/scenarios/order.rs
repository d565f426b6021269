//! Which rule decides first.

use super::stage::{Stage, governing, of_file};
use crate::denial::{Cause, Denial};
use crate::ledger::Decision;

/// Everything that could deny or delay, at once.
const ALL: &str = r#"{"version":"1","default":"deny","hide":["t"],
  "all_tools":{"limits":[{"counter":"c","window":"day","max":1,"scope":"global"}]},
  "tools":{"t":{"action":"deny","reason":"Ask the host.",
    "require":[{"path":"args.topic","op":"exists"}],
    "deny_if":[{"path":"args.duration","op":"gt","value":240,"on_deny":"Too long."}],
    "limits":[{"counter":"c","window":"minute","max":1,"scope":"global"}],
    "approval":{}}}}"#;

fn denied(stage: &mut Stage, arguments: &str) -> (String, Cause, String) {
    let Denial {
        rule,
        cause,
        reason,
    } = stage.deny("t", arguments);
    (rule.to_string(), cause, reason)
}

/// [`ALL`] without those of its rules that come first.
fn without(rules: &[&str]) -> Stage {
    let file = rules.iter().fold(ALL.to_owned(), |file, rule| {
        assert!(file.contains(rule), "{rule}");
        file.replace(rule, "")
    });
    Stage::under(of_file(&file))
}

const HIDE: &str = r#""hide":["t"],"#;
const ACTION: &str = r#""action":"deny","reason":"Ask the host.","#;

#[test]
fn hide_decides_before_action_and_action_before_conditions() {
    let (rule, cause, _) = denied(&mut without(&[]), "{}");
    assert_eq!((rule.as_str(), cause), ("/hide/0", Cause::Hidden));

    let (rule, cause, reason) = denied(&mut without(&[HIDE]), "{}");
    assert_eq!((rule.as_str(), cause), ("/tools/t/action", Cause::Action));
    assert_eq!(reason, "Ask the host.");
}

#[test]
fn require_decides_before_deny_if() {
    let mut stage = without(&[HIDE, ACTION]);
    let (rule, cause, reason) = denied(&mut stage, r#"{"duration":500}"#);
    assert_eq!(
        (rule.as_str(), cause),
        ("/tools/t/require/0", Cause::Require)
    );
    assert_eq!(reason, "args.topic must be given.");

    let (rule, cause, reason) = denied(&mut stage, r#"{"topic":"x","duration":500}"#);
    assert_eq!(
        (rule.as_str(), cause),
        ("/tools/t/deny_if/0", Cause::DenyIf)
    );
    assert_eq!(reason, "Too long.");
}

#[test]
fn limits_decide_before_a_person_is_asked_and_the_tools_own_before_those_of_all() {
    let clear = r#"{"topic":"x","duration":30}"#;
    let limited = Cause::Limit { retry_in: None };
    let mut stage = without(&[HIDE, ACTION]);
    stage.ask("t", clear);
    let (rule, cause, _) = denied(&mut stage, clear);
    assert_eq!(
        (rule.as_str(), cause),
        ("/tools/t/limits/0", limited.clone())
    );

    let own = r#""limits":[{"counter":"c","window":"minute","max":1,"scope":"global"}],"#;
    stage.governing = without(&[HIDE, ACTION, own]).governing;
    let (rule, cause, _) = denied(&mut stage, clear);
    assert_eq!((rule.as_str(), cause), ("/all_tools/limits/0", limited));
}

#[test]
fn a_tool_that_is_not_listed_falls_to_the_default() {
    let mut stage = Stage::with("{}");
    let (rule, cause, reason) = denied(&mut stage, "{}");
    assert_eq!((rule.as_str(), cause), ("/default", Cause::Unlisted));
    assert!(reason.contains("does not list the tool t"), "{reason}");
    stage.governing = governing("allow", "{}");
    assert!(matches!(stage.decide("t", "{}"), Decision::Forward(_)));
}

#[test]
fn a_star_hides_every_tool() {
    let file = r#"{"version":"1","default":"allow","hide":["a","*"],"tools":{"t":{}}}"#;
    let mut stage = Stage::under(of_file(file));
    assert_eq!(stage.deny("t", "{}").rule.as_str(), "/hide/1");
    assert_eq!(stage.deny("u", "{}").cause, Cause::Hidden);
    assert!(stage.governing.hides("t").is_some());
}

#[test]
fn a_tools_name_is_the_whole_name() {
    let file =
        r#"{"version":"1","default":"allow","hide":["get"],"tools":{"a/b~c":{"action":"deny"}}}"#;
    let mut stage = Stage::under(of_file(file));
    assert!(matches!(stage.decide("get_it", "{}"), Decision::Forward(_)));
    assert_eq!(
        stage.deny("a/b~c", "{}").rule.as_str(),
        "/tools/a~1b~0c/action"
    );
}

#[test]
fn what_a_condition_cannot_judge_is_denied_either_way() {
    let tools =
        |key: &str| format!(r#"{{"t":{{"{key}":[{{"path":"args.a","op":"lt","value":5}}]}}}}"#);
    for (key, cause) in [("require", Cause::Require), ("deny_if", Cause::DenyIf)] {
        let mut stage = Stage::with(&tools(key));
        let (_, found, reason) = denied(&mut stage, r#"{"a":"soon"}"#);
        assert_eq!(found, cause);
        assert!(reason.starts_with("args.a must "), "{reason}");
    }
}

#[test]
fn arguments_that_can_be_read_in_two_ways_are_denied_where_they_matter() {
    let twice = r#"{"duration":500,"duration":10}"#;
    let condition = r#"[{"path":"args.duration","op":"gt","value":240}]"#;
    for rules in [
        format!(r#"{{"deny_if":{condition}}}"#),
        format!(r#"{{"require":{condition}}}"#),
        r#"{"approval":{}}"#.to_owned(),
    ] {
        let mut stage = Stage::with(&format!(r#"{{"t":{rules}}}"#));
        let (rule, cause, reason) = denied(&mut stage, twice);
        assert_eq!(
            (rule.as_str(), cause),
            ("/tools/t", Cause::Unclear),
            "{rules}"
        );
        assert!(
            reason.contains("/duration is given more than once"),
            "{reason}"
        );
        assert_eq!(denied(&mut stage, "[1]").1, Cause::Unclear);
        assert_eq!(
            denied(&mut stage, r#"{"duration":1e999}"#).1,
            Cause::Unclear
        );
    }
    let mut stage = Stage::with(r#"{"t":{}}"#);
    assert!(matches!(stage.decide("t", twice), Decision::Forward(_)));
}

#[test]
fn a_denial_tells_rule_and_reason_and_no_value() {
    let mut stage = Stage::with(
        r#"{"t":{"deny_if":[{"path":"args.duration","op":"gt","value":240}]},"u":{"action":"deny"}}"#,
    );
    assert_eq!(
        stage.deny("t", r#"{"duration":987654}"#).to_string(),
        "Denied by the policy's rule /tools/t/deny_if/0. args.duration must not be greater than 240."
    );
    assert_eq!(
        stage.deny("u", "{}").to_string(),
        "Denied by the policy's rule /tools/u/action. Calls of the tool u are not allowed."
    );
}

//! What would become of a call, told without counting it.

use super::stage::{Stage, of_file};
use crate::explanation::Explanation;
use crate::governing::{Found, Governing};
use crate::ledger::{Answer, Answered};

const FILE: &str = r#"{"version":"1","default":"allow","tools":{
  "t":{"limits":[{"counter":"c","window":"minute","max":1,"scope":"grant"}]},
  "p":{"approval":{"timeout_s":30}},"d":{"action":"deny","reason":"Ask the host."}}}"#;

#[test]
fn each_outcome_is_told_with_its_rule() {
    let stage = Stage::under(of_file(FILE));
    for (tool, rule, told) in [
        ("t", "/tools/t", "Forwarded by /tools/t."),
        ("u", "/default", "Forwarded by /default."),
        (
            "p",
            "/tools/p/approval",
            "A person is asked and has 30 s to answer, by /tools/p/approval.",
        ),
        (
            "d",
            "/tools/d/action",
            "Denied by the policy's rule /tools/d/action. Ask the host.",
        ),
    ] {
        let explanation = stage.explain(tool, "{}");
        assert_eq!(explanation.rule().unwrap().as_str(), rule);
        assert_eq!(explanation.to_string(), told);
    }
    let stage = Stage::under(Governing::of(Found::Missing, None));
    let explanation = stage.explain("t", "{}");
    assert_eq!(explanation.rule(), None);
    assert_eq!(
        explanation.to_string(),
        "Forwarded: there is no policy file."
    );
}

#[test]
fn explaining_counts_nothing() {
    let mut stage = Stage::under(of_file(FILE));
    for _ in 0..3 {
        let explanation = stage.explain("t", "{}");
        assert!(matches!(explanation, Explanation::Forward { .. }));
    }
    let _ = stage.forward("t");
    let explanation = stage.explain("t", "{}");
    assert!(matches!(explanation, Explanation::Deny(_)), "{explanation}");
}

#[test]
fn what_a_person_allowed_is_told_as_forwarded_and_not_used_up() {
    let mut stage = Stage::under(of_file(FILE));
    let asked = stage.ask("p", "{}");
    stage.pass(super::stage::MINUTE);
    let answered = stage.answer(asked.question, Answer::Allow);
    assert!(matches!(answered, Answered::Kept { .. }));
    for _ in 0..2 {
        let explanation = stage.explain("p", "{}");
        assert!(matches!(explanation, Explanation::Forward { .. }));
    }
    let explanation = stage.explain("p", r#"{"other":1}"#);
    assert!(matches!(explanation, Explanation::Ask { .. }));
}

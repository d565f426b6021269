//! Which policy is in force after what was found.

use super::stage::{Stage, of_file};
use crate::denial::Cause;
use crate::governing::{Found, Governing, Standing};
use crate::ledger::Decision;

const GOOD: &str = r#"{"version":"1","default":"deny","hide":["h"],"tools":{"t":{}}}"#;
const BAD: &str = "{\n\"version\":\"1\",\n\"default\":\"no\"}";

#[test]
fn without_a_file_every_call_is_forwarded() {
    let mut stage = Stage::under(Governing::of(Found::Missing, None));
    let decision = stage.decide("delete_everything", "[]");
    assert!(
        matches!(&decision, Decision::Forward(pass) if !pass.is_counted()),
        "{decision:?}"
    );
    assert_eq!(stage.governing.hides("h"), None);
}

#[test]
fn a_file_with_mistakes_that_never_had_none_denies_every_call_and_names_the_line() {
    let mut stage = Stage::under(Governing::of(Found::Bytes(BAD.as_bytes()), None));
    let denial = stage.deny("t", "{}");
    assert_eq!(denial.cause, Cause::Broken);
    assert_eq!(denial.rule.as_str(), "/default");
    assert_eq!(
        denial.reason,
        "The policy file has a mistake, so every call is denied. Correct it: line 3, /default: it \
         must be \"allow\" or \"deny\", not \"no\"."
    );
    assert_eq!(stage.governing.hides("h"), None, "denied is not hidden");
}

#[test]
fn a_file_that_gets_mistakes_leaves_the_last_good_one_in_force() {
    let governing = of_file(GOOD).then(Governing::of(Found::Bytes(BAD.as_bytes()), None));
    let governing = governing.then(Governing::of(Found::Unreadable("permission denied"), None));
    let Governing::LastGood { mistakes, .. } = &governing else {
        panic!("{governing:?}");
    };
    assert_eq!(
        mistakes[0].to_string(),
        "it cannot be read (permission denied); make it readable, or delete it to forward every call"
    );
    let mut stage = Stage::under(governing);
    assert!(matches!(stage.decide("t", "{}"), Decision::Forward(_)));
    assert_eq!(stage.deny("u", "{}").cause, Cause::Unlisted);
    assert!(stage.governing.hides("h").is_some());
}

#[test]
fn a_last_good_file_of_an_earlier_process_counts_too() {
    let Governing::File(last_good) = of_file(GOOD) else {
        panic!("good");
    };
    let governing = Governing::of(Found::Bytes(BAD.as_bytes()), Some(last_good));
    assert!(matches!(governing, Governing::LastGood { .. }));
}

#[test]
fn a_corrected_file_governs_again() {
    let governing = Governing::of(Found::Bytes(BAD.as_bytes()), None);
    let governing = governing.then(Governing::of(Found::Bytes(GOOD.as_bytes()), None));
    assert!(matches!(governing, Governing::File(_)), "{governing:?}");
}

#[test]
fn a_deleted_file_is_no_last_good_one() {
    let governing = of_file(GOOD).then(Governing::of(Found::Missing, None));
    assert!(matches!(governing, Governing::Nothing));
    let governing = governing.then(Governing::of(Found::Bytes(BAD.as_bytes()), None));
    assert!(
        matches!(governing, Governing::Broken { .. }),
        "{governing:?}"
    );
}

#[test]
fn standings_tell_what_is_in_force_whatever_the_arguments() {
    let governing = of_file(
        r#"{"version":"1","default":"deny","hide":["h"],"tools":{"h":{},"a":{},
          "c":{"require":[{"path":"args.x","op":"exists"}]},"p":{"approval":{}},
          "q":{"action":"require_approval"},"d":{"action":"deny"},
          "l":{"rate_limit":{"max":1,"window":1}}}}"#,
    );
    for (tool, standing, rule) in [
        ("h", Standing::Hidden, "/hide/0"),
        ("a", Standing::Allowed, "/tools/a"),
        ("l", Standing::Allowed, "/tools/l"),
        ("c", Standing::Conditional, "/tools/c"),
        ("p", Standing::Approval, "/tools/p/approval"),
        ("q", Standing::Approval, "/tools/q/action"),
        ("d", Standing::Denied, "/tools/d/action"),
        ("unlisted", Standing::Denied, "/default"),
    ] {
        let (found, place) = governing.standing(tool);
        assert_eq!((found, place.unwrap().as_str()), (standing, rule), "{tool}");
    }
    let nothing = Governing::of(Found::Missing, None);
    assert_eq!(nothing.standing("t"), (Standing::Allowed, None));
    let broken = Governing::of(Found::Bytes(b"{"), None);
    assert_eq!(broken.standing("t").0, Standing::Denied);
}

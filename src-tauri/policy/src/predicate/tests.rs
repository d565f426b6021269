use super::*;

fn predicate(condition: &str) -> Predicate {
    let file = format!(
        r#"{{"version":"1","default":"deny","tools":{{"t":{{"require":[{condition}]}}}}}}"#
    );
    let policy = crate::Policy::parse(file.as_bytes()).unwrap();
    policy.tools["t"].require[0].clone()
}

/// What becomes of `op` and `value` for an argument `a`.
fn judged(op: &str, value: &str, given: &str) -> Truth {
    let condition = format!(r#"{{"path":"args.a","op":"{op}","value":{value}}}"#);
    let arguments = format!(r#"{{"a":{given}}}"#);
    predicate(&condition).judge(&Arguments::read(Some(&arguments)))
}

#[test]
fn each_op_judges_what_it_is_made_for() {
    for (op, value, holds, fails) in [
        ("eq", "8", "8.0", "7"),
        ("eq", "\"a\"", "\"a\"", "\"A\""),
        ("eq", "[1,{\"k\":true}]", "[1,{\"k\":true}]", "[1]"),
        ("neq", "8", "7", "\"8\""),
        ("in", "[1,\"x\"]", "\"x\"", "2"),
        ("not_in", "[1,\"x\"]", "2", "\"1\""),
        ("lt", "240", "239.9", "240"),
        ("lte", "240", "240", "240.1"),
        ("gt", "240", "241", "240"),
        ("gte", "240", "240", "239"),
        ("regex", "\"^[a-z]+$\"", "\"abc\"", "\"abc1\""),
        ("regex", "\"x\"", "\"axb\"", "\"b\""),
        (
            "contains",
            "\"@zoom\"",
            "\"a@zoom.us\"",
            "\"a@example.org\"",
        ),
        ("contains", "7", "[1,7]", "[1]"),
        ("exists", "true", "\"\"", "null"),
        ("exists", "false", "null", "0"),
    ] {
        assert_eq!(
            judged(op, value, holds),
            Truth::Holds,
            "{op} {value} {holds}"
        );
        assert_eq!(
            judged(op, value, fails),
            Truth::Fails,
            "{op} {value} {fails}"
        );
    }
}

#[test]
fn an_argument_that_is_not_given_differs_from_everything() {
    let nothing = [
        Arguments::read(None),
        Arguments::read(Some(r#"{"a":null}"#)),
    ];
    for (op, value, truth) in [
        ("eq", "1", Truth::Fails),
        ("neq", "1", Truth::Holds),
        ("in", "[1]", Truth::Fails),
        ("not_in", "[1]", Truth::Holds),
        ("lt", "1", Truth::Fails),
        ("gte", "1", Truth::Fails),
        ("regex", "\"\"", Truth::Fails),
        ("contains", "1", Truth::Fails),
        ("exists", "true", Truth::Fails),
        ("exists", "false", Truth::Holds),
    ] {
        let condition = format!(r#"{{"path":"args.a","op":"{op}","value":{value}}}"#);
        for arguments in &nothing {
            assert_eq!(predicate(&condition).judge(arguments), truth, "{condition}");
        }
    }
}

#[test]
fn an_argument_of_another_kind_is_unclear() {
    for (op, value, given) in [
        ("gt", "240", "\"four hours\""),
        ("gt", "240", "true"),
        ("lt", "240", "[1]"),
        ("lte", "240", "{}"),
        ("regex", "\"x\"", "[\"x\"]"),
        ("contains", "\"x\"", "{\"x\":1}"),
    ] {
        assert_eq!(
            judged(op, value, given),
            Truth::Unclear,
            "{op} {value} {given}"
        );
    }
}

#[test]
fn quotes_around_a_number_are_no_way_around_a_rule() {
    assert_eq!(judged("gt", "240", "\"500\""), Truth::Holds);
    assert_eq!(judged("gt", "240", "\" 5e2 \""), Truth::Holds);
    assert_eq!(judged("regex", "\"^85\"", "85746065"), Truth::Holds);
    assert_eq!(judged("contains", "\"46\"", "85746065"), Truth::Holds);
}

#[test]
fn paths_lead_through_objects_and_lists() {
    let arguments = Arguments::read(Some(r#"{"settings":{"rooms":[{"id":"x"},null]}}"#));
    for (path, truth) in [
        ("args.settings.rooms.0.id", Truth::Holds),
        ("args.settings.rooms.1", Truth::Fails),
        ("args.settings.rooms.2", Truth::Fails),
        ("args.settings.rooms.x", Truth::Fails),
        ("args.settings.rooms.0.id.deeper", Truth::Fails),
        ("args.other.rooms", Truth::Fails),
    ] {
        let condition = format!(r#"{{"path":"{path}","op":"exists"}}"#);
        assert_eq!(predicate(&condition).judge(&arguments), truth, "{path}");
    }
}

#[test]
fn a_pattern_that_backtracks_elsewhere_takes_linear_time() {
    let text = format!("\"{}!\"", "a".repeat(100_000));
    assert_eq!(judged("regex", "\"^(a+)+$\"", &text), Truth::Fails);
}

#[test]
fn conditions_say_in_words_what_must_be() {
    for (op, value, words) in [
        ("eq", "\"x\"", "be \"x\""),
        ("neq", "1", "differ from 1"),
        ("in", "[1,\"x\"]", "be one of 1, \"x\""),
        ("not_in", "[1]", "be none of 1"),
        ("lt", "1", "be less than 1"),
        ("lte", "1", "be at most 1"),
        ("gt", "1", "be greater than 1"),
        ("gte", "1", "be at least 1"),
        ("regex", "\"^x\"", "match ^x"),
        ("contains", "\"x\"", "contain \"x\""),
        ("exists", "true", "be given"),
        ("exists", "false", "be left out"),
    ] {
        let condition = format!(r#"{{"path":"args.a.b","op":"{op}","value":{value}}}"#);
        let expected = format!("args.a.b must {words}.");
        assert_eq!(predicate(&condition).required(), expected);
    }
}

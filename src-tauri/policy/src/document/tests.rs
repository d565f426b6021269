use crate::mistake::Mistake;
use crate::rules::Policy;

/// The mistakes in a document, as people are told of them.
fn mistakes(bytes: impl AsRef<[u8]>) -> Vec<String> {
    match Policy::parse(bytes.as_ref()) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(Mistake::to_string).collect(),
    }
}

/// The mistakes in one tool's rules, on line 2.
fn in_tool(rules: &str) -> Vec<String> {
    let file = format!("{{\"version\":\"1\",\"default\":\"deny\",\"tools\":{{\n\"t\":{rules}}}}}");
    mistakes(file)
}

fn in_condition(condition: &str) -> Vec<String> {
    in_tool(&format!(r#"{{"require":[{condition}]}}"#))
}

fn in_limit(limit: &str) -> Vec<String> {
    in_tool(&format!(r#"{{"limits":[{limit}]}}"#))
}

#[test]
fn everything_the_format_has_is_accepted() {
    let file = r#"{ "version": "1", "default": "deny", "hide": ["delete_meeting"],
  "all_tools": { "limits": [ { "counter": "calls", "window": "minute", "max": 120, "scope": "grant" } ],
                 "rate_limit": { "max": 5, "window": 1 } },
  "tools": {
    "zoom_refresh_token": { "limits": [ { "counter": "r", "window": "hour", "max": 10, "scope": "account" },
                                        { "counter": "r", "window": "day", "max": 100, "scope": "account" },
                                        { "counter": "r", "window": "day", "max": 100, "scope": "global" } ] },
    "create_meeting": { "require": [ { "path": "args.topic", "op": "exists" },
                                     { "path": "args.a", "op": "exists", "value": false },
                                     { "path": "args.a.0.b", "op": "eq", "value": {"x": null} },
                                     { "path": "args.a", "op": "neq", "value": 1 },
                                     { "path": "args.a", "op": "in", "value": [1, "2"] },
                                     { "path": "args.a", "op": "not_in", "value": [false] },
                                     { "path": "args.a", "op": "lt", "value": 1 },
                                     { "path": "args.a", "op": "lte", "value": 1.5 },
                                     { "path": "args.a", "op": "gte", "value": -1 },
                                     { "path": "args.a", "op": "regex", "value": "^x+$" },
                                     { "path": "args.a", "op": "contains", "value": 7 } ],
                        "deny_if": [ { "path": "args.duration", "op": "gt", "value": 240, "on_deny": "No." } ],
                        "approval": { "timeout_s": 50 } },
    "update_meeting": { "action": "deny", "reason": "Ask the host." },
    "a": { "action": "allow", "rate_limit": { "max": 10, "window": 60, "scope": "global" } },
    "b": { "action": "require_approval" }, "c": { "approval": {} }, "d": {} } }"#;
    assert_eq!(mistakes(file), Vec::<String>::new());
    assert_eq!(
        mistakes(r#"{"version":"1","default":"allow"}"#),
        Vec::<String>::new()
    );
}

#[test]
fn what_is_no_json_is_named_with_line_and_column() {
    assert_eq!(
        mistakes("{\n \"version\": \"1\",\n}"),
        ["line 3: it is not JSON at column 1 (trailing comma); correct it there"]
    );
    assert_eq!(
        mistakes(""),
        ["line 1: it is not JSON at column 0 (EOF while parsing a value); correct it there"]
    );
    assert_eq!(
        mistakes(b"\xEF\xBB\xBF{}"),
        ["line 1: it starts with a byte order mark; save it as UTF-8 without BOM"]
    );
    assert_eq!(
        mistakes(b"{\"\xFF\"}"),
        ["line 1: it is not UTF-8 from byte 2 on; save it as UTF-8"]
    );
}

#[test]
fn all_mistakes_are_named_at_once_in_the_order_of_the_file() {
    let file = r#"{
  "version": 1,
  "tools": {
    "a": { "limit": [],
           "action": "forbid" },
    "b": []
  },
  "hide": [3],
  "default": "maybe"
}"#;
    assert_eq!(
        mistakes(file),
        [
            "line 2, /version: it must be \"1\", not 1",
            "line 4, /tools/a/limit: there is no such key; here are known: action, reason, \
             require, deny_if, limits, rate_limit, approval",
            "line 5, /tools/a/action: it must be \"allow\", \"deny\" or \"require_approval\", \
             not \"forbid\"",
            "line 6, /tools/b: it must be an object, not []",
            "line 8, /hide/0: it must be a tool's name, or \"*\" for all, not 3",
            "line 9, /default: it must be \"allow\" or \"deny\", not \"maybe\"",
        ]
    );
}

#[test]
fn what_must_be_there_is_missed() {
    assert_eq!(
        mistakes("\n{}"),
        [
            "line 2, /version: it is missing; write \"1\"",
            "line 2, /default: it is missing; write \"allow\" or \"deny\"",
        ]
    );
    assert_eq!(mistakes("[]"), ["line 1: it must be an object, not []"]);
}

#[test]
fn unknown_keys_are_named_at_every_level() {
    let file = r#"{"version":"1","default":"deny","x":1,"all_tools":{"approval":{}},"tools":{"t":{
      "approval":{"timeout":1},"rate_limit":{"max":1,"window":1,"counter":"c"},
      "limits":[{"counter":"c","window":1,"max":1,"scope":"grant","increment":2}],
      "require":[{"path":"args.a","op":"exists","reason":"r"}]}}}"#;
    let places: Vec<_> = mistakes(file)
        .into_iter()
        .filter_map(|told| Some(told.split_once(": there is no such key")?.0.to_owned()))
        .collect();
    assert_eq!(
        places,
        [
            "line 1, /x",
            "line 1, /all_tools/approval",
            "line 2, /tools/t/rate_limit/counter",
            "line 2, /tools/t/approval/timeout",
            "line 3, /tools/t/limits/0/increment",
            "line 4, /tools/t/require/0/reason",
        ]
    );
}

#[test]
fn a_key_that_is_there_twice_is_a_mistake_at_the_second() {
    let file = "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\n\"a\":{\"action\":\"deny\"},\n\"a\":{}}}";
    assert_eq!(
        mistakes(file),
        ["line 3, /tools/a: it is there more than once; delete all but one"]
    );
}

#[test]
fn limits_are_checked_word_for_word() {
    let window = "it must be \"minute\", \"hour\", \"day\", or a whole number of seconds from 1 to \
                  2592000, not";
    for (limit, told) in [
        (r#"{"window":"week"}"#, format!("window: {window} \"week\"")),
        (r#"{"window":0}"#, format!("window: {window} 0")),
        (r#"{"window":1.5}"#, format!("window: {window} 1.5")),
        (r#"{"window":2592001}"#, format!("window: {window} 2592001")),
        (
            r#"{"max":0}"#,
            "max: it must be a whole number from 1 to 100000, not 0".to_owned(),
        ),
        (
            r#"{"max":"9"}"#,
            "max: it must be a whole number from 1 to 100000, not \"9\"".to_owned(),
        ),
        (
            r#"{"scope":"user"}"#,
            "scope: it must be \"session\", \"grant\", \"account\" or \"global\", not \"user\""
                .to_owned(),
        ),
        (
            "{}",
            "counter: it is missing; write a name for what is counted".to_owned(),
        ),
        (
            r#"{"counter":""}"#,
            "counter: it must be a text, not \"\"".to_owned(),
        ),
    ] {
        let told = format!("line 2, /tools/t/limits/0/{told}");
        assert!(
            in_limit(limit).contains(&told),
            "{told}\n{:#?}",
            in_limit(limit)
        );
    }
}

#[test]
fn two_limits_may_not_share_a_count() {
    let limit = r#"{"counter":"c","window":"minute","max":1,"scope":"grant"}"#;
    let other = r#"{"counter":"c","window":60,"max":2,"scope":"grant"}"#;
    assert_eq!(
        in_limit(&format!("{limit},{other}")),
        [
            "line 2, /tools/t/limits/1: /tools/t/limits/0 counts the same; give this one another \
          counter, window or scope"
        ]
    );
}

#[test]
fn conditions_are_checked_word_for_word() {
    let value = |wanted: &str, found: &str| format!("value: it must be {wanted}, not {found}");
    let plain = "a value; for an argument that is not given write \"op\": \"exists\"";
    let several = "a list of at least one value, none of them null";
    for (op, given, told) in [
        ("eq", "null", value(plain, "null")),
        ("in", "[]", value(several, "[]")),
        ("not_in", "[null]", value(several, "[null]")),
        ("in", "\"x\"", value(several, "\"x\"")),
        ("gt", "\"5\"", value("a number", "\"5\"")),
        ("regex", "5", value("a regular expression in quotes", "5")),
        (
            "regex",
            "\"(\"",
            "value: it is no regular expression that can be used: unclosed group".to_owned(),
        ),
        (
            "regex",
            "\"(?=x)\"",
            "value: it is no regular expression that can be used: look-around, \
            including look-ahead and look-behind, is not supported"
                .to_owned(),
        ),
        (
            "contains",
            "[]",
            value("a text, a number, true or false", "[]"),
        ),
        ("exists", "1", value("true or false, or left out", "1")),
        (
            "matches",
            "1",
            "op: it must be one of eq, neq, in, not_in, lt, lte, gt, gte, regex, \
            contains, exists, in quotes, not \"matches\""
                .to_owned(),
        ),
    ] {
        let condition = format!(r#"{{"path":"args.a","op":"{op}","value":{given}}}"#);
        let told = format!("line 2, /tools/t/require/0/{told}");
        assert_eq!(in_condition(&condition), [told], "{condition}");
    }
    assert_eq!(
        in_condition(r#"{"op":"lt"}"#),
        [
            "line 2, /tools/t/require/0/path: it is missing; write the argument, as in \"args.topic\"",
            "line 2, /tools/t/require/0/value: it is missing; write a number",
        ]
    );
}

#[test]
fn a_path_leads_to_an_argument() {
    for path in [
        "args",
        "args.",
        "args..a",
        "args.a.",
        "topic",
        "state.t.c",
        "",
    ] {
        let condition = format!(r#"{{"path":"{path}","op":"exists"}}"#);
        let told = in_condition(&condition);
        assert_eq!(told.len(), 1, "{path}");
        assert!(told[0].contains("it must lead to an argument"), "{told:?}");
    }
}

#[test]
fn rules_that_say_opposite_things_or_nothing_are_mistakes() {
    for (rules, told) in [
        (
            r#"{"action":"allow","approval":{}}"#,
            "/action: /tools/t/approval says otherwise; delete one of the two",
        ),
        (
            r#"{"reason":"r"}"#,
            "/reason: it is told only where \"action\" is \"deny\"; delete it, or use on_deny in a rule",
        ),
        (
            r#"{"approval":{"timeout_s":51}}"#,
            "/approval/timeout_s: it must be a whole number of seconds from 1 to 50, not 51",
        ),
    ] {
        assert_eq!(in_tool(rules), [format!("line 2, /tools/t{told}")]);
    }
    assert_eq!(
        mistakes(r#"{"version":"1","default":"deny","tools":{"*":{}}}"#),
        [
            "line 1, /tools/*: a tool's rules name one tool; use all_tools for limits, default for \
          tools not listed"
        ]
    );
}

#[test]
fn a_long_wrong_value_is_told_shortened() {
    let long = format!(r#"{{"version":"1","default":"{}"}}"#, "é".repeat(100));
    let told = &mistakes(long)[0];
    assert!(
        told.ends_with(&format!("not \"{}…", "é".repeat(39))),
        "{told}"
    );
}

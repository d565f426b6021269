use super::*;

fn patched(document: &str, value: &str) -> String {
    match result(patch(document.as_bytes(), &token(), &variable(value))) {
        Ok((text, _)) => text,
        Err(why) => why,
    }
}

fn restored(document: &[u8], original: &Original) -> Outcome {
    restore(document, &token(), original, None)
}

#[test]
fn only_the_value_changes_whatever_stands_around_it() {
    let around = [
        "{\r\n\t\"mcpServers\": {\r\n\t\t\"zoom\":  { \"command\":\"C:\\\\x.exe\" , \"env\" : {\"A\":1.0,\"ZOOM_ACCESS_TOKEN\" :  @ ,\"B\":2}}\r\n\t}\r\n}",
        "{\"n\":[1E5,12345678901234567890,-0,1.0],\"mcpServers\":{\"zürich 会议\":{},\"zoom\":{\"env\":{\"ZOOM_ACCESS_TOKEN\":@}}},\"u\":\"\\u00e9\\/\\ud83d\\ude00\"}\n\n",
        "  {\"mcpServers\":{\"zoom\":{\"env\":{\"ZOOM_\\u0041CCESS_TOKEN\":@}}}}",
        "{\"half\":\"\\ud83d\",\"big\":1e999,\"mcpServers\":{\"\\ude00\":{},\"zoom\":{\"env\":{\"ZOOM_ACCESS_TOKEN\":@}}}}",
    ];
    for document in around {
        for old in ["\"old\"", "\"\"", "\"\\u006fld\"", "\"\\ud83d\""] {
            let before = document.replace('@', old);
            assert_eq!(patched(&before, "new"), document.replace('@', "\"new\""));
            assert_eq!(
                there_and_back(&before, &token(), &variable("new")).1,
                before
            );
        }
    }
}

#[test]
fn a_value_is_escaped_as_json_wants_it() {
    let document = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":""}}}}"#;
    let odd = "q\"b\\n\nt\tu\u{1}é😀";
    let result: Json = serde_json::from_str(&patched(document, odd)).unwrap();
    assert_eq!(
        result["mcpServers"]["zoom"]["env"]["ZOOM_ACCESS_TOKEN"],
        odd
    );
}

#[test]
fn an_equal_value_is_already_so_however_it_is_written() {
    let document = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"\u006eew"}}}}"#;
    assert_eq!(patched(document, "new"), "already so");
}

#[test]
fn a_missing_variable_is_added_in_the_style_of_its_neighbours() {
    let table = [
        (
            r#"{"mcpServers":{"zoom":{"command":"x"}}}"#,
            r#"{"mcpServers":{"zoom":{"command":"x","env":{"ZOOM_ACCESS_TOKEN":"new"}}}}"#,
        ),
        (
            r#"{"mcpServers": {"zoom": {}}}"#,
            r#"{"mcpServers": {"zoom": {"env": {"ZOOM_ACCESS_TOKEN": "new"}}}}"#,
        ),
        (
            r#"{"mcpServers": {"zoom": {"env": {}}}}"#,
            r#"{"mcpServers": {"zoom": {"env": {"ZOOM_ACCESS_TOKEN": "new"}}}}"#,
        ),
        (
            r#"{"mcpServers": {"zoom": {"env": { "A": "b", "C": "d" }}}}"#,
            r#"{"mcpServers": {"zoom": {"env": { "A": "b", "C": "d", "ZOOM_ACCESS_TOKEN": "new" }}}}"#,
        ),
        (
            "{\n  \"mcpServers\": {\n    \"zoom\": {\n      \"command\": \"x\"\n    }\n  }\n}\n",
            "{\n  \"mcpServers\": {\n    \"zoom\": {\n      \"command\": \"x\",\n      \"env\": {\n        \"ZOOM_ACCESS_TOKEN\": \"new\"\n      }\n    }\n  }\n}\n",
        ),
        (
            "{\"mcpServers\": {\"zoom\": {\r\n\t\"env\": {\r\n\t\t\"A\": \"b\"\r\n\t}}}}",
            "{\"mcpServers\": {\"zoom\": {\r\n\t\"env\": {\r\n\t\t\"A\": \"b\",\r\n\t\t\"ZOOM_ACCESS_TOKEN\": \"new\"\r\n\t}}}}",
        ),
        (
            "{\"mcpServers\": {\"zoom\": {\"env\": {\n    }}}}",
            "{\"mcpServers\": {\"zoom\": {\"env\": {\n      \"ZOOM_ACCESS_TOKEN\": \"new\"\n    }}}}",
        ),
    ];
    for (before, after) in table {
        let (there, back) = there_and_back(before, &token(), &variable("new"));
        assert_eq!(there, after);
        assert_eq!(back, before, "off gives back what was there");
    }
}

#[test]
fn off_after_claude_rewrote_the_file_removes_what_was_added() {
    let before = json!({"mcpServers": {"zoom": {"command": "x", "env": {"A": "b"}}}});
    let rewritten = json!({"p": 1, "mcpServers": {"zoom":
        {"env": {"ZOOM_ACCESS_TOKEN": "new", "A": "b"}, "command": "x"}}});
    let rewritten = serde_json::to_string_pretty(&rewritten).unwrap();
    for original in [Original::KeyAbsent, Original::EnvAbsent] {
        let (back, _) = result(restored(rewritten.as_bytes(), &original)).unwrap();
        let back: Json = serde_json::from_str(&back).unwrap();
        assert_eq!(back["mcpServers"], before["mcpServers"]);
    }
}

#[test]
fn off_where_the_variable_is_gone_changes_nothing() {
    let document = br#"{"mcpServers":{"zoom":{"command":"x"}}}"#;
    assert!(matches!(
        restored(document, &Original::KeyAbsent),
        Outcome::AlreadySo {
            original: Original::EnvAbsent
        }
    ));
}

#[test]
fn off_leaves_a_variable_alone_that_somebody_else_has_set() {
    let document = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"by-hand"}}}}"#;
    for original in [Original::KeyAbsent, Original::Value(secret("\"old\""))] {
        let outcome = restore(
            document.as_bytes(),
            &token(),
            &original,
            Some(&variable("new")),
        );
        let Outcome::Refused(refusal) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(
            refusal,
            Refusal::ChangedSince {
                path: "/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN".to_owned(),
                found: "\"<redacted>\"".to_owned(),
                ours: "\"<redacted>\"".to_owned(),
            }
        );
    }
}

#[test]
fn nothing_prints_a_value() {
    let document = br#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"old-secret"}}}}"#;
    let value = variable("new-secret");
    let outcome = patch(document, &token(), &value);
    let printed = format!("{outcome:?} {value:?}");
    assert!(!printed.contains("-secret"), "{printed}");
}

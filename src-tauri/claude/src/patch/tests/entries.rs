use super::*;

const PRETTY: &str = r#"{
  "globalShortcut": "Alt+Z",
  "mcpServers": {
    "files": {
      "command": "npx"
    },
    "zoom": {
      "command": "node", "args": ["zoom.js"],
      "env": { "ZOOM_CLIENT_SECRET": "s3cret", "N": "\u00e9" }
    }
  }
}
"#;

#[test]
fn an_entry_is_replaced_in_its_own_style_and_comes_back_byte_for_byte() {
    let (there, back) = there_and_back(PRETTY, &zoom(), &relay("zoom"));
    let expected = r#"    "zoom": {
      "command": "/opt/zoomtray/zoomtrayctl",
      "args": [
        "relay",
        "zoom"
      ]
    }
"#;
    assert!(there.contains(expected), "{there}");
    assert_eq!(
        there.len() - expected.len(),
        PRETTY.find("    \"zoom\"").unwrap() + "  }\n}\n".len()
    );
    assert_eq!(back, PRETTY);
}

#[test]
fn an_entry_that_is_not_there_is_made_and_taken_away_again() {
    let one_line = r#"{"command": "/opt/zoomtray/zoomtrayctl", "args": ["relay", "zoom"]}"#;
    let table = [
        ("{}".to_owned(), format!(r#"{{"mcpServers": {{"zoom": {one_line}}}}}"#), Original::ServersAbsent),
        (
            r#" {"mcpServers": { } }"#.to_owned(),
            format!(r#" {{"mcpServers": {{"zoom": {one_line} }} }}"#),
            Original::EntryAbsent,
        ),
        (
            r#"{"mcpServers":{"a":{"command":"x"}}}"#.to_owned(),
            r#"{"mcpServers":{"a":{"command":"x"},"zoom":{"command":"/opt/zoomtray/zoomtrayctl","args":["relay","zoom"]}}}"#.to_owned(),
            Original::EntryAbsent,
        ),
        (
            "{\n\t\"mcpServers\": {\n\t\t\"a\": {\"command\": \"x\"}\n\t}\n}".to_owned(),
            format!("{{\n\t\"mcpServers\": {{\n\t\t\"a\": {{\"command\": \"x\"}},\n\t\t\"zoom\": {one_line}\n\t}}\n}}"),
            Original::EntryAbsent,
        ),
    ];
    for (before, after, original) in table {
        let kind = kind(&before);
        assert_eq!(kind, original.kind(), "{before}");
        let (there, back) = there_and_back(&before, &zoom(), &relay("zoom"));
        assert_eq!(there, after);
        assert_eq!(back, before);
    }
}

fn kind(document: &str) -> OriginalKind {
    match patch(document.as_bytes(), &zoom(), &relay("zoom")) {
        Outcome::Created { original, .. } => original.kind(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn servers_are_made_in_the_style_of_the_document() {
    let before = "{\r\n  \"preferences\": {\r\n    \"a\": 1\r\n  }\r\n}";
    let (there, back) = there_and_back(before, &zoom(), &entry(json!({"command": "x"})));
    let expected = "{\r\n  \"preferences\": {\r\n    \"a\": 1\r\n  },\r\n  \"mcpServers\": {\r\n    \"zoom\": {\r\n      \"command\": \"x\"\r\n    }\r\n  }\r\n}";
    assert_eq!(there, expected);
    assert_eq!(back, before);
}

#[test]
fn a_document_is_made_of_a_blank_one_as_claude_writes_it() {
    for blank in ["", "\n", " \r\n\t"] {
        let (there, back) = there_and_back(blank, &zoom(), &relay("zoom"));
        assert_eq!(kind(blank), OriginalKind::DocumentEmpty);
        assert_eq!(back, blank);
        let document = there.strip_suffix(blank).unwrap().replace("\r\n", "\n");
        let json: Json = serde_json::from_str(&document).unwrap();
        assert_eq!(document, serde_json::to_string_pretty(&json).unwrap());
    }
}

#[test]
fn an_equal_entry_is_already_so_however_it_is_written() {
    let document = r#"{"mcpServers":{"zoom":{"args" : [ "relay","\u007aoom"], "command":"\/opt/zoomtray/zoomtrayctl" }}}"#;
    let again = result(patch(document.as_bytes(), &zoom(), &relay("zoom")));
    assert_eq!(again.unwrap_err(), "already so");
    for other in [
        document.replace("\"args\" :", "\"command\":\"x\",\"args\":"),
        document.replace("relay", "relays"),
        document.replace("[ ", "[ 1,"),
        document.replace(" }}}", ",\"env\":{}}}}"),
    ] {
        assert!(
            result(patch(other.as_bytes(), &zoom(), &relay("zoom"))).is_ok(),
            "{other}"
        );
    }
}

#[test]
fn off_after_claude_rewrote_the_file_puts_the_entry_back() {
    let (there, original) = result(patch(PRETTY.as_bytes(), &zoom(), &relay("zoom"))).unwrap();
    let mut json: Json = serde_json::from_str(&there).unwrap();
    json["preferences"] = json!({"sidebarMode": "chat"});
    let rewritten = json.to_string();
    let restored = restore(
        rewritten.as_bytes(),
        &zoom(),
        &original,
        Some(&relay("zoom")),
    );
    let (back, _) = result(restored).unwrap();
    let before: Json = serde_json::from_str(PRETTY).unwrap();
    json["mcpServers"]["zoom"] = before["mcpServers"]["zoom"].clone();
    assert_eq!(serde_json::from_str::<Json>(&back).unwrap(), json);
    assert!(
        back.contains(r#""N": "\u00e9" }"#),
        "its bytes are the old ones: {back}"
    );
}

#[test]
fn off_takes_away_no_more_than_was_made() {
    let before = r#"{"mcpServers":{"a":{"command":"x"},"zoom":{"command":"ours"}},"p":1}"#;
    let ours = entry(json!({"command": "ours"}));
    for (original, after) in [
        (
            Original::EntryAbsent,
            r#"{"mcpServers":{"a":{"command":"x"}},"p":1}"#,
        ),
        (
            Original::ServersAbsent,
            r#"{"mcpServers":{"a":{"command":"x"}},"p":1}"#,
        ),
        (
            Original::DocumentEmpty,
            r#"{"mcpServers":{"a":{"command":"x"}},"p":1}"#,
        ),
    ] {
        let restored = restore(before.as_bytes(), &zoom(), &original, Some(&ours));
        assert_eq!(result(restored).unwrap().0, after);
    }
    let alone = r#"{"mcpServers":{"zoom":{"command":"ours"}},"p":1}"#;
    for (original, after) in [
        (Original::EntryAbsent, r#"{"mcpServers":{},"p":1}"#),
        (Original::ServersAbsent, r#"{"p":1}"#),
        (Original::FileAbsent, r#"{"p":1}"#),
    ] {
        let restored = restore(alone.as_bytes(), &zoom(), &original, Some(&ours));
        assert_eq!(result(restored).unwrap().0, after);
    }
}

#[test]
fn off_is_refused_with_both_shown_if_the_entry_was_changed_since() {
    let document = r#"{"mcpServers":{"zoom":{"command":"mine","args":["--token=k1"],
        "env":{"ZOOM_CLIENT_SECRET":"k2","A":"b"}}}}"#;
    let original = Original::Value(secret("{\"command\":\"old\"}"));
    let outcome = restore(
        document.as_bytes(),
        &zoom(),
        &original,
        Some(&relay("zoom")),
    );
    let Outcome::Refused(refusal) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        refusal,
        Refusal::ChangedSince {
            path: "/mcpServers/zoom".to_owned(),
            found: r#"{"command":"mine","args":["--token=<redacted>"],"env":{"ZOOM_CLIENT_SECRET":"<redacted>","A":"b"}}"#.to_owned(),
            ours: r#"{"command":"/opt/zoomtray/zoomtrayctl","args":["relay","zoom"]}"#.to_owned(),
        }
    );
    let forced = restore(document.as_bytes(), &zoom(), &original, None);
    assert_eq!(
        result(forced).unwrap().0,
        r#"{"mcpServers":{"zoom":{"command":"old"}}}"#
    );
}

#[test]
fn off_is_nothing_where_the_original_stands_again() {
    let document = r#"{"mcpServers":{"zoom":{"command":"old"}}}"#;
    let original = Original::Value(secret("{\"command\":\"old\"}"));
    let outcome = restore(
        document.as_bytes(),
        &zoom(),
        &original,
        Some(&relay("zoom")),
    );
    assert_eq!(result(outcome).unwrap_err(), "already so");
    for document in ["", "{}", "{\"mcpServers\":{}}"] {
        let outcome = restore(
            document.as_bytes(),
            &zoom(),
            &Original::EntryAbsent,
            Some(&relay("zoom")),
        );
        assert_eq!(result(outcome).unwrap_err(), "already so");
    }
}

#[test]
fn off_brings_an_entry_back_that_claude_has_dropped() {
    let original = Original::Value(secret("{ \"command\": \"old\" }"));
    for (document, after) in [
        ("{}", r#"{"mcpServers": {"zoom": { "command": "old" }}}"#),
        (
            r#"{"mcpServers":{}}"#,
            r#"{"mcpServers":{"zoom": { "command": "old" }}}"#,
        ),
        (
            "",
            "{\n  \"mcpServers\": {\n    \"zoom\": { \"command\": \"old\" }\n  }\n}",
        ),
    ] {
        let outcome = restore(
            document.as_bytes(),
            &zoom(),
            &original,
            Some(&relay("zoom")),
        );
        assert!(matches!(outcome, Outcome::Created { .. }), "{document}");
        assert_eq!(result(outcome).unwrap().0, after);
    }
}

#[test]
fn a_pointer_says_where_it_leads() {
    assert_eq!(Pointer::entry("a/b").path(), "/mcpServers/a~1b");
    assert_eq!(token().path(), "/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN");
    let stored = serde_json::to_string(&token()).unwrap();
    assert_eq!(serde_json::from_str::<Pointer>(&stored).unwrap(), token());
}

use super::*;
use serde_json::{Value as Json, json};

fn pointer(server: &str, key: &str) -> EnvPointer {
    EnvPointer {
        server: server.to_owned(),
        key: key.to_owned(),
    }
}

fn zoom() -> EnvPointer {
    pointer("zoom", "ZOOM_ACCESS_TOKEN")
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn text(bytes: &SecretSlice<u8>) -> String {
    String::from_utf8(bytes.expose_secret().to_vec()).unwrap()
}

/// What patching gives: the new text, or the name of another outcome.
fn patched(document: &str, value: &str) -> String {
    match patch(document.as_bytes(), &zoom(), &secret(value)) {
        Outcome::Changed { bytes, .. } | Outcome::Created { bytes, .. } => text(&bytes),
        Outcome::AlreadySo { .. } => "already so".to_owned(),
        Outcome::Refused(refusal) => format!("{refusal:?}"),
    }
}

fn refusal(bytes: &[u8]) -> Refusal {
    match patch(bytes, &zoom(), &secret("new")) {
        Outcome::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// Patches and restores; gives back both texts.
fn there_and_back(document: &str) -> (String, String) {
    let (bytes, original) = match patch(document.as_bytes(), &zoom(), &secret("new")) {
        Outcome::Changed { bytes, original } | Outcome::Created { bytes, original } => {
            (bytes, original)
        }
        other => panic!("{document}: {other:?}"),
    };
    match restore(bytes.expose_secret(), &zoom(), &original) {
        Outcome::Changed { bytes: back, .. } => (text(&bytes), text(&back)),
        other => panic!("{document}: {other:?}"),
    }
}

#[test]
fn only_the_value_changes_whatever_stands_around_it() {
    let around = [
        "{\r\n\t\"mcpServers\": {\r\n\t\t\"zoom\":  { \"command\":\"C:\\\\x.exe\" , \"env\" : {\"A\":1.0,\"ZOOM_ACCESS_TOKEN\" :  @ ,\"B\":2}}\r\n\t}\r\n}",
        "{\"n\":[1E5,12345678901234567890,-0,1.0],\"mcpServers\":{\"zürich 会议\":{},\"zoom\":{\"env\":{\"ZOOM_ACCESS_TOKEN\":@}}},\"u\":\"\\u00e9\\/\\ud83d\\ude00\"}\n\n",
        "  {\"mcpServers\":{\"zoom\":{\"env\":{\"ZOOM_\\u0041CCESS_TOKEN\":@}}}}",
    ];
    for document in around {
        for old in ["\"old\"", "\"\"", "\"\\u006fld\""] {
            assert_eq!(
                patched(&document.replace('@', old), "new"),
                document.replace('@', "\"new\"")
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
        assert_eq!(patched(before, "new"), after);
        assert_eq!(
            there_and_back(before).1,
            before,
            "off gives back what was there"
        );
    }
}

#[test]
fn off_gives_back_the_very_bytes_of_the_old_value() {
    let before = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN": "\u006f\/ld" , "B":"c"}}}}"#;
    assert_eq!(there_and_back(before).1, before);
}

#[test]
fn off_after_claude_rewrote_the_file_removes_what_was_added() {
    let before = json!({"mcpServers": {"zoom": {"command": "x", "env": {"A": "b"}}}});
    let rewritten = json!({"p": 1, "mcpServers": {"zoom":
        {"env": {"ZOOM_ACCESS_TOKEN": "new", "A": "b"}, "command": "x"}}});
    let rewritten = serde_json::to_string_pretty(&rewritten).unwrap();
    for original in [Original::KeyAbsent, Original::EnvAbsent] {
        let Outcome::Changed { bytes, .. } = restore(rewritten.as_bytes(), &zoom(), &original)
        else {
            panic!("nothing was cut");
        };
        let back: Json = serde_json::from_slice(bytes.expose_secret()).unwrap();
        assert_eq!(back["mcpServers"], before["mcpServers"]);
    }
}

#[test]
fn off_where_the_variable_is_gone_changes_nothing() {
    let document = br#"{"mcpServers":{"zoom":{"command":"x"}}}"#;
    assert!(matches!(
        restore(document, &zoom(), &Original::KeyAbsent),
        Outcome::AlreadySo {
            original: Original::EnvAbsent
        }
    ));
}

#[test]
fn what_claude_cannot_read_is_refused_by_name() {
    let whole = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"x"}}}}"#;
    let utf16: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refusal(format!("\u{feff}{whole}").as_bytes()), Refusal::Bom);
    assert_eq!(refusal(&utf16), Refusal::Utf16);
    assert_eq!(
        refusal(&[&[0xFF, 0xFE], utf16.as_slice()].concat()),
        Refusal::Utf16
    );
    assert_eq!(refusal(b"{\"a\":\"\xE9\"}"), Refusal::NotUtf8 { offset: 6 });
    assert_eq!(refusal(b""), Refusal::NotJson { line: 1, column: 0 });
    assert_eq!(refusal(&[0; 64]), Refusal::NotJson { line: 1, column: 1 });
    assert_eq!(
        refusal(b"{\n  \"a\": 1,\n}"),
        Refusal::NotJson { line: 3, column: 1 }
    );
    assert_eq!(refusal(b"{} // x"), Refusal::NotJson { line: 1, column: 4 });
    assert_eq!(refusal(b"{}\n{}"), Refusal::NotJson { line: 2, column: 1 });
    assert_eq!(
        refusal(&whole.as_bytes()[..30]),
        Refusal::NotJson {
            line: 1,
            column: 30
        }
    );
    assert_eq!(
        refusal(format!("{}{}", "[".repeat(200), "]".repeat(200)).as_bytes()),
        Refusal::TooDeep { limit: 127 }
    );
    let large = usize::try_from(MAX_BYTES).unwrap() + 1;
    assert!(matches!(
        refusal(&vec![b' '; large]),
        Refusal::TooLarge { .. }
    ));
}

#[test]
fn what_stands_in_the_way_is_refused_with_its_path() {
    let duplicate = |path: &str| Refusal::DuplicateKeys {
        path: path.to_owned(),
    };
    let no_object = |path: &str| Refusal::NotAnObject {
        path: path.to_owned(),
    };
    let no_entry = || Refusal::NoSuchEntry {
        name: "zoom".to_owned(),
    };
    let no_string = || Refusal::EnvValueNotString {
        path: "/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN".to_owned(),
    };
    let table = [
        ("null", no_object("")),
        ("[]", no_object("")),
        ("{}", no_entry()),
        (r#"{"mcpServers":{}}"#, no_entry()),
        (r#"{"mcpServers":{"Zoom":{}}}"#, no_entry()),
        (r#"{"mcpServers":null}"#, no_object("/mcpServers")),
        (r#"{"mcpServers":[]}"#, no_object("/mcpServers")),
        (
            r#"{"mcpServers":{"zoom":"x"}}"#,
            no_object("/mcpServers/zoom"),
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":null}}}"#,
            no_object("/mcpServers/zoom/env"),
        ),
        (
            r#"{"mcpServers":{},"mcpServers":{}}"#,
            duplicate("/mcpServers"),
        ),
        (
            r#"{"mcpServers":{"zoom":{},"z\u006fom":{}}}"#,
            duplicate("/mcpServers/zoom"),
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":{},"env":{}}}}"#,
            duplicate("/mcpServers/zoom/env"),
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"a","ZOOM_ACCESS_TOKEN":"b"}}}}"#,
            duplicate("/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN"),
        ),
        (
            r#"{"mcpServers":{"zoom":{"extensionId":"x","env":{}}}}"#,
            Refusal::OwnedByExtension {
                name: "zoom".to_owned(),
            },
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":1}}}}"#,
            no_string(),
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":null}}}}"#,
            no_string(),
        ),
    ];
    for (document, expected) in table {
        assert_eq!(refusal(document.as_bytes()), expected, "{document}");
    }
}

#[test]
fn duplicates_elsewhere_are_none_of_our_business() {
    let document = r#"{"a":1,"a":2,"mcpServers":{"x":{},"x":{},"zoom":{"env":{"B":"","B":"","ZOOM_ACCESS_TOKEN":"@"}}}}"#;
    assert_eq!(patched(document, "new"), document.replace('@', "new"));
}

#[test]
fn secrets_are_cut_out_and_all_else_is_kept() {
    let document = r#"{ "mcpServers": {"z": {"command": "x", "args": ["--api-key", "k1", "--token=k2", "--port", "80", "postgres://u:k3@h/d"],
  "env": {"ZOOM_CLIENT_SECRET": "k4", "zoom_access_token":"k5", "MY_KEY": "k6", "ZOOM_CLIENT_ID": "id", "PLAIN": "tok-en", "E": "esc\u0061ped"}}},
  "preferences": {"authMode": "kept", "copy": "a tok-en inside"}, "n": 1.0 }"#;
    let clean = redact(
        document.as_bytes(),
        &[&secret("tok-en"), &secret("escaped")],
    )
    .unwrap();
    let clean = String::from_utf8(clean).unwrap();
    let mut expected = document.to_owned();
    for hidden in [
        "k1",
        "--token=k2",
        "postgres://u:k3@h/d",
        "k4",
        "k5",
        "k6",
        "tok-en",
        "esc\\u0061ped",
        "a tok-en inside",
    ] {
        expected = expected.replace(&format!("\"{hidden}\""), "\"<redacted>\"");
    }
    assert_eq!(clean, expected);
}

#[test]
fn nothing_prints_a_value() {
    let document = br#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"old-secret"}}}}"#;
    let outcome = patch(document, &zoom(), &secret("new-secret"));
    assert!(!format!("{outcome:?}").contains("-secret"));
}

use super::*;

fn refused(bytes: &[u8]) -> Refusal {
    let variable = refusal(bytes, &token());
    assert_eq!(refusal(bytes, &zoom()), variable, "whatever is pointed at");
    variable
}

const WHOLE: &str = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"x"}}}}"#;

#[test]
fn what_claude_cannot_read_is_refused_by_name() {
    let utf16: Vec<u8> = WHOLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(format!("\u{feff}{WHOLE}").as_bytes()), Refusal::Bom);
    assert_eq!(refused(&utf16), Refusal::Utf16);
    assert_eq!(
        refused(&[&[0xFF, 0xFE], utf16.as_slice()].concat()),
        Refusal::Utf16
    );
    assert_eq!(refused(b"{\"a\":\"\xE9\"}"), Refusal::NotUtf8 { offset: 6 });
    let large = usize::try_from(MAX_BYTES).unwrap() + 1;
    assert!(matches!(
        refused(&vec![b' '; large]),
        Refusal::TooLarge { .. }
    ));
}

#[test]
fn what_is_not_json_is_refused_with_line_and_column() {
    let table: [(&[u8], usize, usize); 11] = [
        (&[0; 64], 1, 1),
        (b"{\n  \"a\": 1,\n}", 3, 1),
        (b"{} // x", 1, 4),
        (b"{}\n{}", 2, 1),
        (&WHOLE.as_bytes()[..30], 1, 30),
        (b"\x0c", 1, 1),
        (b"{\"a\":01}", 1, 7),
        (b"{\"a\":\"\t\"}", 1, 6),
        (b"{'a':1}", 1, 2),
        (b"[1,]", 1, 4),
        ("{\n\"é会😀\": x}".as_bytes(), 2, 8),
    ];
    for (bytes, line, column) in table {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(refused(bytes), Refusal::NotJson { line, column }, "{text}");
    }
}

#[test]
fn what_stands_in_the_way_is_refused_with_its_path() {
    let duplicate = |path: &str| Refusal::DuplicateKeys {
        path: path.to_owned(),
    };
    let no_object = |path: &str| Refusal::NotAnObject {
        path: path.to_owned(),
    };
    let table = [
        ("null", no_object("")),
        ("[]", no_object("")),
        ("1", no_object("")),
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
            r#"{"mcpServers":{"zoom":{"extensionId":"x","env":null}}}"#,
            Refusal::OwnedByExtension {
                name: "zoom".to_owned(),
            },
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":1}}}}"#,
            Refusal::EnvValueNotString {
                path: "/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN".to_owned(),
            },
        ),
    ];
    for (document, expected) in table {
        assert_eq!(refused(document.as_bytes()), expected, "{document}");
    }
}

#[test]
fn a_variable_needs_an_entry_and_a_way_to_it_without_doubt() {
    let no_entry = || Refusal::NoSuchEntry {
        name: "zoom".to_owned(),
    };
    let duplicate = |path: &str| Refusal::DuplicateKeys {
        path: path.to_owned(),
    };
    let table = [
        ("", no_entry()),
        (" \n", no_entry()),
        ("{}", no_entry()),
        (r#"{"mcpServers":{}}"#, no_entry()),
        (r#"{"mcpServers":{"Zoom":{}}}"#, no_entry()),
        (
            r#"{"mcpServers":{"zoom":{"env":{},"env":{}}}}"#,
            duplicate("/mcpServers/zoom/env"),
        ),
        (
            r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"a","ZOOM_ACCESS_TOKEN":"b"}}}}"#,
            duplicate("/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN"),
        ),
    ];
    for (document, expected) in table {
        assert_eq!(
            refusal(document.as_bytes(), &token()),
            expected,
            "{document}"
        );
    }
}

#[test]
fn an_entry_that_claude_could_not_start_is_not_replaced() {
    for odd in ["1", "null", "true", "{}"] {
        let document = format!(r#"{{"mcpServers":{{"zoom":{{"env":{{"A":"b","P/Q":{odd}}}}}}}}}"#);
        let expected = Refusal::EnvValueNotString {
            path: "/mcpServers/zoom/env/P~1Q".to_owned(),
        };
        assert_eq!(refusal(document.as_bytes(), &zoom()), expected);
        let (there, _) = there_and_back(&document, &token(), &variable("new"));
        assert!(there.contains("new"), "a variable of it can be set");
    }
}

#[test]
fn duplicates_elsewhere_are_none_of_our_business() {
    let document = r#"{"a":1,"a":2,"mcpServers":{"x":{},"x":{},"zoom":{"env":{"B":"","B":"","ZOOM_ACCESS_TOKEN":"@"}}}}"#;
    let (there, back) = there_and_back(document, &token(), &variable("new"));
    assert_eq!(there, document.replace('@', "new"));
    assert_eq!(back, document);
    let twice = r#"{"mcpServers":{"zoom":{"env":{"A":""},"env":{"A":""}}}}"#;
    assert_eq!(there_and_back(twice, &zoom(), &relay("zoom")).1, twice);
}

#[test]
fn a_value_of_the_wrong_kind_is_refused() {
    let outcome = patch(WHOLE.as_bytes(), &zoom(), &variable("new"));
    assert!(matches!(
        outcome,
        Outcome::Refused(Refusal::NotAnObject { .. })
    ));
    let outcome = patch(WHOLE.as_bytes(), &token(), &relay("zoom"));
    assert!(matches!(
        outcome,
        Outcome::Refused(Refusal::EnvValueNotString { .. })
    ));
}

#[test]
fn a_byte_order_mark_is_taken_off_what_is_fine_without_it() {
    let Stripped::Changed { bytes } = strip_bom(format!("\u{feff}{WHOLE}").as_bytes()) else {
        panic!("not stripped");
    };
    assert_eq!(text(&bytes), WHOLE);
    assert!(matches!(
        strip_bom("\u{feff}".as_bytes()),
        Stripped::Changed { .. }
    ));
    assert!(matches!(strip_bom(WHOLE.as_bytes()), Stripped::NoBom));
    assert!(matches!(strip_bom(b""), Stripped::NoBom));
    for (rest, expected) in [
        ("{,}", Refusal::NotJson { line: 1, column: 2 }),
        ("\u{feff}{}", Refusal::Bom),
    ] {
        let found = strip_bom(format!("\u{feff}{rest}").as_bytes());
        assert!(
            matches!(&found, Stripped::Refused(refusal) if *refusal == expected),
            "{found:?}"
        );
    }
}

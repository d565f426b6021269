use super::*;

const KEPT: &str = r#"{"a":1.0,"mcpServers":{"zoom":{"args":["--token","<redacted>","--id=<redacted>"],"env":{"ZOOM_CLIENT_SECRET":"<redacted>","PLAIN":"p"}}}}"#;

fn filled(kept: &str, present: Option<&str>, known: &[(&str, &str)]) -> (String, Vec<String>) {
    let ask = |path: &str| {
        let found = known.iter().find(|(place, _)| *place == path);
        found.map(|(_, secret)| SecretString::from(*secret))
    };
    let filled = fill(kept.as_bytes(), present.map(str::as_bytes), &ask).unwrap();
    let text = String::from_utf8(filled.bytes.expose_secret().to_vec()).unwrap();
    (text, filled.unfilled)
}

#[test]
fn what_stands_at_the_same_place_now_comes_back_as_it_is_written() {
    let whole = KEPT
        .replacen("<redacted>", "t\\u00e9", 1)
        .replacen("<redacted>", "42", 1)
        .replacen("<redacted>", "s\\/3", 1);
    let present = whole.replace("\"p\"", "\"changed since\"");
    assert_eq!(filled(KEPT, Some(&present), &[]), (whole, vec![]));
}

#[test]
fn what_is_not_there_now_is_asked_for_and_else_named() {
    let known = [("/mcpServers/zoom/env/ZOOM_CLIENT_SECRET", "s\"3")];
    let (text, unfilled) = filled(KEPT, Some("{}"), &known);
    assert!(text.contains(r#""ZOOM_CLIENT_SECRET":"s\"3""#), "{text}");
    assert_eq!(
        unfilled,
        ["/mcpServers/zoom/args/1", "/mcpServers/zoom/args/2"]
    );
    let (same, unfilled) = filled(KEPT, None, &[]);
    assert_eq!((same.as_str(), unfilled.len()), (KEPT, 3));
}

#[test]
fn a_part_of_a_string_is_asked_for_alone() {
    let known = [("/mcpServers/zoom/args/2", "42")];
    let (text, _) = filled(KEPT, None, &known);
    assert!(text.contains(r#""--id=42""#), "{text}");
}

#[test]
fn a_list_that_was_changed_gives_nothing_back() {
    let present = r#"{"mcpServers":{"zoom":{"args":["--other","t","--id=42"]}}}"#;
    let (text, unfilled) = filled(KEPT, Some(present), &[]);
    assert_eq!((text.as_str(), unfilled.len()), (KEPT, 3));
}

#[test]
fn a_mark_never_fills_a_mark() {
    let (text, unfilled) = filled(KEPT, Some(KEPT), &[]);
    assert_eq!((text.as_str(), unfilled.len()), (KEPT, 3));
}

#[test]
fn a_present_file_that_cannot_be_read_gives_nothing() {
    let (_, unfilled) = filled(KEPT, Some("{,}"), &[]);
    assert_eq!(unfilled.len(), 3);
}

#[test]
fn names_with_a_slash_and_hidden_names_are_told() {
    let kept = r#"{"a/b":"<redacted>","<redacted>":1}"#;
    let (_, unfilled) = filled(kept, None, &[]);
    assert_eq!(unfilled, ["/a~1b", "/<redacted>"]);
}

#[test]
fn very_deep_nesting_is_left_as_it_is() {
    let deep = format!(
        r#"{{"a":{}"<redacted>"{}}}"#,
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    let (text, unfilled) = filled(&deep, None, &[]);
    assert_eq!((text, unfilled.len()), (deep, 1));
}

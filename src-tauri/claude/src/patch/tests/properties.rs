//! For any document and any path: what changes is one value, and what stays is every other byte.

use super::model::{edited, replaced};
use super::*;
use crate::patch::tokens::Tokens;
use proptest::prelude::*;

/// Any JSON value.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<i16>().prop_map(|eighths| Json::from(f64::from(eighths) / 8.0)),
        any_text().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((name(), inner), 0..4).prop_map(object),
        ]
    })
}

fn object(members: Vec<(String, Json)>) -> Json {
    Json::Object(members.into_iter().collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-eKz\"/\\\\\n]{0,4}",
        ".{0,8}",
        any::<String>(),
        Just("--token".to_owned()),
        Just("a=b".to_owned())
    ]
}

/// Names that pointers use, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("mcpServers".to_owned()),
        Just("zoom".to_owned()),
        Just("env".to_owned()),
        Just("KEY".to_owned()),
        Just("args".to_owned()),
        ".{0,6}",
    ]
}

/// What stands under a name on the way: mostly an object, so that ways go on.
fn level(inner: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    (
        prop::collection::vec((name(), any_json()), 0..3),
        inner,
        name(),
        0..3_usize,
    )
        .prop_map(|(mut members, inner, name, at)| {
            members.insert(at.min(members.len()), (name, inner));
            object(members)
        })
}

/// A document in which pointers often lead somewhere, and often do not.
fn any_document() -> impl Strategy<Value = Json> {
    let texts = prop::collection::vec((name(), any_text().prop_map(Json::from)), 0..4);
    let named = |name: &'static str, inner: BoxedStrategy<Json>| {
        (
            inner,
            prop::collection::vec((".{0,3}", any_json()), 0..3),
            0..3_usize,
        )
            .prop_map(move |(inner, mut members, at)| {
                members.insert(at.min(members.len()), (name.to_owned(), inner));
                object(members)
            })
    };
    let env = texts.prop_map(object).boxed();
    let entry = prop_oneof![named("env", env), level(any_json())].boxed();
    let servers = prop_oneof![named("zoom", entry.clone()), level(entry)].boxed();
    prop_oneof![4 => named("mcpServers", servers), 1 => level(any_json()), 1 => any_json()]
}

fn any_change() -> impl Strategy<Value = (Pointer, NewValue)> {
    let entry = prop::collection::vec((name(), any_json()), 0..4);
    prop_oneof![
        (name(), entry).prop_map(|(server, members)| {
            (
                Pointer::entry(server),
                NewValue::Entry(members.into_iter().collect()),
            )
        }),
        (name(), name(), any_text())
            .prop_map(|(server, key, text)| { (Pointer::env(server, key), variable(&text)) }),
    ]
}

/// A document as text: compact, pretty, with white space strewn in, or with letters escaped.
fn render(value: &Json, style: u8) -> String {
    let compact = value.to_string();
    match style % 4 {
        0 => compact,
        1 => serde_json::to_string_pretty(value).unwrap(),
        2 => rewrite(&compact, style, false),
        _ => rewrite(&compact, style, true),
    }
}

/// Writes the same JSON with white space wherever it may stand, or with `\u` escapes.
fn rewrite(compact: &str, seed: u8, escape: bool) -> String {
    let blanks = ["", " ", "\t", "\r\n", "\n   "];
    let (mut quoted, mut escaped, mut count, mut out) =
        (false, false, usize::from(seed), String::new());
    for character in compact.chars() {
        let mark = !quoted && "{}[],:".contains(character) && !escape;
        let blank = blanks[count % 5];
        count = count.wrapping_mul(31).wrapping_add(7);
        let spell =
            quoted && escape && !escaped && ("mzK".contains(character) || !character.is_ascii());
        match (mark, spell) {
            (true, _) => out.extend([blank, &character.to_string(), blanks[count % 5]]),
            (_, true) => out.extend(
                character
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}")),
            ),
            _ => out.push(character),
        }
        match (escaped, character) {
            (true, _) => escaped = false,
            (false, '\\') => escaped = quoted,
            (false, '"') => quoted = !quoted,
            _ => {}
        }
    }
    out
}

fn fail(why: impl std::fmt::Debug) -> TestCaseError {
    TestCaseError::fail(format!("{why:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_result_is_the_model_edit_and_all_other_bytes_are_equal(
        document in any_document(), style in any::<u8>(), (pointer, value) in any_change(),
    ) {
        let before = render(&document, style);
        let expected = edited(&document, &pointer, &value);
        let (bytes, original) = match patch(before.as_bytes(), &pointer, &value) {
            Outcome::Changed { bytes, original } => {
                prop_assert_eq!(original.kind(), OriginalKind::Value);
                (bytes, original)
            }
            Outcome::Created { bytes, original } => {
                prop_assert_ne!(original.kind(), OriginalKind::Value);
                (bytes, original)
            }
            Outcome::AlreadySo { .. } => {
                prop_assert_eq!(expected.as_ref(), Some(&document));
                return Ok(());
            }
            Outcome::Refused(refusal) => {
                prop_assert!(expected.is_none(), "{}", refusal);
                return Ok(());
            }
        };
        let after = text(&bytes);
        prop_assert_eq!(Some(serde_json::from_str::<Json>(&after).unwrap()), expected);
        let old = if let Original::Value(raw) = &original { raw.expose_secret().len() } else { 0 };
        prop_assert!(replaced(before.as_bytes(), after.as_bytes()) <= old, "bytes beside the old value were lost");
        match restore(after.as_bytes(), &pointer, &original, Some(&value)) {
            Outcome::Changed { bytes, .. } => prop_assert_eq!(text(&bytes), before),
            other => return Err(fail(other)),
        }
    }

    #[test]
    fn any_bytes_are_patched_or_refused_and_never_panic(
        bytes in any::<Vec<u8>>(), (pointer, value) in any_change(),
    ) {
        let refused = matches!(patch(&bytes, &pointer, &value), Outcome::Refused(_));
        let read = serde_json::from_slice::<Json>(&bytes).is_ok();
        prop_assert!(refused || read || bytes.trim_ascii().is_empty());
        let _ = strip_bom(&bytes);
    }

    #[test]
    fn the_tokens_are_the_document_without_its_white_space(document in any_json(), style in 0..3_u8) {
        let text = render(&document, style);
        let tokens: String = Tokens::of(&text, 0, text.len()).map(|token| &text[token.from..token.to]).collect();
        prop_assert_eq!(tokens, document.to_string());
    }

    #[test]
    fn a_redacted_document_is_json_and_holds_no_known_secret(
        document in any_document(), style in any::<u8>(), known in "[a-eKz\"/]",
    ) {
        let clean = redact(render(&document, style).as_bytes(), &[&secret(&known)]).unwrap();
        let clean: Json = serde_json::from_slice(&clean).unwrap();
        prop_assert!(!holds(&clean, &known), "{} is still in {}", known, clean);
    }

    #[test]
    fn an_entry_taken_apart_is_put_together_byte_for_byte(
        members in prop::collection::vec((name(), any_json()), 0..6), style in any::<u8>(), known in "[a-eKz\"/]",
    ) {
        let raw = render(&object(members), style);
        let apart = Original::Value(secret(&raw)).take_apart(&[&secret(&known)]);
        let readable: Json = serde_json::from_str(&apart.readable).unwrap();
        prop_assert!(!holds(&readable, &known), "{} is still in {}", known, readable);
        match apart.put_together() {
            Some(Original::Value(back)) => prop_assert_eq!(back.expose_secret(), raw),
            other => return Err(fail(other)),
        }
    }
}

/// Whether a name or string in `json` has `text` in it, marks left out.
fn holds(json: &Json, text: &str) -> bool {
    let within = |string: &str| {
        string
            .replace("<redacted>", "")
            .replace("<secret ", "")
            .contains(text)
    };
    match json {
        Json::String(string) => within(string),
        Json::Array(elements) => elements.iter().any(|element| holds(element, text)),
        Json::Object(members) => members
            .iter()
            .any(|(name, value)| within(name) || holds(value, text)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

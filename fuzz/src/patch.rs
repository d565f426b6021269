//! Any bytes as a config: each change of it is either refused, or is the one that was asked
//! for and can be taken back to the last byte.
#![no_main]

#[path = "../../src-tauri/claude/src/patch/tests/model.rs"]
mod model;

use claude::{NewValue, Original, Outcome, Pointer, Refusal, patch, redact, restore, strip_bom};
use libfuzzer_sys::fuzz_target;
use model::{edited, replaced};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value as Json, json};

fuzz_target!(|bytes: &[u8]| {
    let Json::Object(relay) = json!({"command": "zoomtrayctl", "args": ["relay", "zoom"]}) else {
        return;
    };
    let token = NewValue::Variable(SecretString::from("a.new.token"));
    check(bytes, &Pointer::entry("zoom"), &NewValue::Entry(relay));
    check(bytes, &Pointer::env("zoom", "ZOOM_ACCESS_TOKEN"), &token);
    let _ = strip_bom(bytes);
});

fn check(before: &[u8], pointer: &Pointer, value: &NewValue) {
    let known = document(before);
    let expected = known
        .as_ref()
        .and_then(|known| edited(known, pointer, value));
    match patch(before, pointer, value) {
        Outcome::Changed { bytes, original } | Outcome::Created { bytes, original } => {
            let after = bytes.expose_secret();
            check_change(before, after, &original);
            if known.is_some() {
                assert_eq!(document(after), expected, "another change than the model's");
            }
            check_way_back(before, after, pointer, &original, value);
        }
        Outcome::AlreadySo { .. } => assert!(known.is_none() || known == expected),
        Outcome::Refused(Refusal::NotJson { .. } | Refusal::NotUtf8 { .. }) => {
            assert!(known.is_none(), "JSON is refused as if it were none");
        }
        Outcome::Refused(Refusal::DuplicateKeys { .. }) => {}
        Outcome::Refused(refusal) => assert!(expected.is_none(), "{refusal}"),
    }
}

/// The document as a value; a blank one is the empty object that is made of it. `None` for
/// what this reader does not take: deep nesting, half surrogates, immense numbers.
fn document(bytes: &[u8]) -> Option<Json> {
    let blank = bytes.iter().all(|byte| b" \t\r\n".contains(byte));
    if blank {
        return Some(json!({}));
    }
    serde_json::from_slice(bytes).ok()
}

fn check_change(before: &[u8], after: &[u8], original: &Original) {
    let old = match original {
        Original::Value(raw) => raw.expose_secret().len(),
        _ => 0,
    };
    assert!(
        replaced(before, after) <= old,
        "bytes beside the old value were lost"
    );
    redact(after, &[]).expect("a changed document can be redacted");
}

fn check_way_back(
    before: &[u8],
    after: &[u8],
    pointer: &Pointer,
    original: &Original,
    value: &NewValue,
) {
    assert!(matches!(
        patch(after, pointer, value),
        Outcome::AlreadySo { .. }
    ));
    let kept = original
        .take_apart(&[])
        .put_together()
        .expect("nothing is missing");
    match restore(after, pointer, &kept, Some(value)) {
        Outcome::Changed { bytes, .. } => assert!(bytes.expose_secret() == before, "not put back"),
        other => panic!("not put back: {other:?}"),
    }
}

//! The editor from outside: documents in, documents or refusals out.

mod apart;
mod depth;
mod entries;
mod goldens;
mod model;
mod properties;
mod refusals;
mod secrets;
mod variables;

use super::*;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value as Json, json};

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn variable(text: &str) -> NewValue {
    NewValue::Variable(secret(text))
}

/// The entry that a connected server gets.
fn relay(name: &str) -> NewValue {
    entry(json!({"command": "/opt/zoomtray/zoomtrayctl", "args": ["relay", name]}))
}

fn entry(json: Json) -> NewValue {
    match json {
        Json::Object(members) => NewValue::Entry(members),
        other => panic!("no object: {other}"),
    }
}

fn token() -> Pointer {
    Pointer::env("zoom", "ZOOM_ACCESS_TOKEN")
}

fn zoom() -> Pointer {
    Pointer::entry("zoom")
}

fn text(bytes: &SecretSlice<u8>) -> String {
    String::from_utf8(bytes.expose_secret().to_vec()).unwrap()
}

/// The new text, or what came instead.
fn result(outcome: Outcome) -> Result<(String, Original), String> {
    match outcome {
        Outcome::Changed { bytes, original } | Outcome::Created { bytes, original } => {
            Ok((text(&bytes), original))
        }
        Outcome::AlreadySo { .. } => Err("already so".to_owned()),
        Outcome::Refused(refusal) => Err(refusal.to_string()),
    }
}

/// Patches `before`, and restores it with the original that came out.
fn there_and_back(before: &str, pointer: &Pointer, value: &NewValue) -> (String, String) {
    let patched = patch(before.as_bytes(), pointer, value);
    let (after, original) = result(patched).unwrap_or_else(|why| panic!("{before}: {why}"));
    let restored = restore(after.as_bytes(), pointer, &original, Some(value));
    let (back, _) = result(restored).unwrap_or_else(|why| panic!("{after}: {why}"));
    (after, back)
}

fn refusal(bytes: &[u8], pointer: &Pointer) -> Refusal {
    let value = match pointer {
        Pointer::Entry { server } => relay(server),
        Pointer::Env { .. } => variable("new"),
    };
    match patch(bytes, pointer, &value) {
        Outcome::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

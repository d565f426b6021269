//! What is to be done at the end of a trail so that the original stands there again.

use super::original::Original;
use super::pointer::{NewValue, Pointer};
use super::refusal::Refusal;
use super::secrets::without_secrets;
use super::set::{Decision, holds, json_of, put};
use super::splice::{Content, cut, cut_document};
use super::trail::Trail;
use super::value::Value;
use secrecy::ExposeSecret;

/// Refuses to give up what stands there if it is neither `ours` nor the original.
pub fn check_ours(
    trail: &Trail<'_, '_>,
    pointer: &Pointer,
    original: &Original,
    ours: Option<&NewValue>,
) -> Result<(), Refusal> {
    let (Some((_, member)), Some(ours)) = (trail.target(), ours) else {
        return Ok(());
    };
    if holds(member.value, ours) || is_original(member.value, original) {
        return Ok(());
    }
    Err(Refusal::ChangedSince {
        path: pointer.path(),
        found: shown(pointer, member.value.raw()),
        ours: shown(pointer, json_of(ours).expose_secret()),
    })
}

/// A value as a message shows it: a variable is a secret, an entry has some.
fn shown(pointer: &Pointer, raw: &str) -> String {
    match pointer {
        Pointer::Entry { .. } => without_secrets(raw),
        Pointer::Env { .. } => "\"<redacted>\"".to_owned(),
    }
}

fn is_original(found: Value<'_>, original: &Original) -> bool {
    matches!(original, Original::Value(raw) if raw.expose_secret() == found.raw())
}

/// Brings `original` back to the end of the trail.
pub fn put_back(text: &str, trail: &Trail<'_, '_>, original: &Original) -> Decision {
    match (original, trail.target()) {
        (Original::Value(_), Some((_, member))) if is_original(member.value, original) => {
            Decision::Nothing
        }
        (Original::Value(raw), _) => put(text, trail, Content::Raw(raw.expose_secret())),
        (_, None) => Decision::Nothing,
        (_, Some(_)) => take_out(trail, original.objects()),
    }
}

/// Cuts the value, and with it every object beyond the first `kept` that holds nothing else.
fn take_out(trail: &Trail<'_, '_>, kept: usize) -> Decision {
    let made = |depth: usize| depth >= kept && trail.objects[depth].members.len() == 1;
    let mut depth = trail.keys.len() - 1;
    while depth > 0 && made(depth) {
        depth -= 1;
    }
    if depth == 0 && made(0) {
        return Decision::Replace(cut_document(trail.objects[0].value));
    }
    match trail.member(depth) {
        Some((object, member)) => Decision::Replace(cut(object, member)),
        None => Decision::Nothing,
    }
}

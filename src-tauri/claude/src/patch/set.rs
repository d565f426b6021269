//! What is to be done at the end of a trail so that a value stands there.

use super::pointer::{NewValue, Pointer};
use super::quote;
use super::refusal::Refusal;
use super::splice::{Content, Splice, append, create, replace};
use super::trail::{Trail, check_startable};
use super::value::Value;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value as Json;

/// The decision about a document.
pub enum Decision {
    /// A value gives way to another, or is cut.
    Replace(Splice),
    /// A value comes where there was none.
    Add(Splice),
    /// It is as it should be.
    Nothing,
}

/// Brings `value` to the end of the trail.
pub fn set(
    text: &str,
    trail: &Trail<'_, '_>,
    pointer: &Pointer,
    value: &NewValue,
) -> Result<Decision, Refusal> {
    check_kind(pointer, value)?;
    if let Some((_, member)) = trail.target() {
        if holds(member.value, value) {
            return Ok(Decision::Nothing);
        }
        if let Pointer::Entry { .. } = pointer {
            check_startable(member, &pointer.path())?;
        }
    }
    let json = json_of(value);
    Ok(put(text, trail, Content::Json(json.expose_secret())))
}

/// Brings `content` to the end of the trail, whatever is there.
pub fn put(text: &str, trail: &Trail<'_, '_>, content: Content<'_>) -> Decision {
    if let Some((object, member)) = trail.target() {
        return Decision::Replace(replace(object, member, content));
    }
    Decision::Add(match trail.end() {
        Some((object, names)) => append(object, names, content),
        None => create(text, &trail.keys, content),
    })
}

/// Refuses a value of a kind that the place does not take.
fn check_kind(pointer: &Pointer, value: &NewValue) -> Result<(), Refusal> {
    let path = || pointer.path();
    match (pointer, value) {
        (Pointer::Entry { .. }, NewValue::Entry(_))
        | (Pointer::Env { .. }, NewValue::Variable(_)) => Ok(()),
        (Pointer::Entry { .. }, NewValue::Variable(_)) => {
            Err(Refusal::NotAnObject { path: path() })
        }
        (Pointer::Env { .. }, NewValue::Entry(_)) => {
            Err(Refusal::EnvValueNotString { path: path() })
        }
    }
}

/// Whether `found` says the same as `value`, however it is written.
pub fn holds(found: Value<'_>, value: &NewValue) -> bool {
    match value {
        NewValue::Entry(entry) => same(found, &Json::Object(entry.clone())),
        NewValue::Variable(text) => found
            .as_str()
            .is_some_and(|found| found == text.expose_secret()),
    }
}

/// `value` as compact JSON.
pub fn json_of(value: &NewValue) -> SecretString {
    SecretString::from(match value {
        NewValue::Entry(entry) => Json::Object(entry.clone()).to_string(),
        NewValue::Variable(text) => quote(text.expose_secret()),
    })
}

/// Readers differ about an object that has a name twice, so it is the same as none.
fn same(found: Value<'_>, json: &Json) -> bool {
    match json {
        Json::Object(members) => found.as_object().is_some_and(|object| {
            let held = |(name, json): (&String, &Json)| {
                object
                    .get(name)
                    .is_some_and(|member| same(member.value, json))
            };
            object.members.len() == members.len() && members.iter().all(held)
        }),
        Json::Array(elements) => found.elements().is_some_and(|found| {
            found.len() == elements.len()
                && found
                    .iter()
                    .zip(elements)
                    .all(|(found, json)| same(*found, json))
        }),
        Json::String(text) => found.as_str().is_some_and(|found| found == text.as_str()),
        Json::Null | Json::Bool(_) | Json::Number(_) => {
            serde_json::from_str::<Json>(found.raw()).is_ok_and(|found| found == *json)
        }
    }
}

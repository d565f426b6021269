//! What a change comes to, by a model that knows JSON values and no bytes.

use super::{NewValue, Pointer};
use secrecy::ExposeSecret;
use serde_json::{Value as Json, json};

/// `document` with `value` at `pointer`; `None` if the change is to be refused.
pub fn edited(document: &Json, pointer: &Pointer, value: &NewValue) -> Option<Json> {
    let mut changed = document.clone();
    let servers = changed.as_object_mut()?;
    let servers = servers.entry("mcpServers").or_insert(json!({}));
    let servers = servers.as_object_mut()?;
    if let Some(entry) = servers.get(pointer.server()) {
        check(entry, pointer)?;
    }
    match (pointer, value) {
        (Pointer::Entry { server }, NewValue::Entry(new)) => {
            servers.insert(server.clone(), Json::Object(new.clone()));
        }
        (Pointer::Env { server, key }, NewValue::Variable(text)) => {
            let entry = servers.get_mut(server)?.as_object_mut()?;
            let env = entry.entry("env").or_insert(json!({})).as_object_mut()?;
            let old = env.insert(key.clone(), Json::from(text.expose_secret()));
            old.as_ref().is_none_or(Json::is_string).then_some(())?;
        }
        _ => return None,
    }
    Some(changed)
}

/// `None` for an entry that is not changed.
fn check(entry: &Json, pointer: &Pointer) -> Option<()> {
    let entry = entry.as_object()?;
    let strings = |env: &Json| {
        env.as_object()
            .is_some_and(|env| env.values().all(Json::is_string))
    };
    let whole = matches!(pointer, Pointer::Entry { .. });
    let startable = !whole || entry.get("env").is_none_or(strings);
    (startable && !entry.contains_key("extensionId")).then_some(())
}

/// How many bytes of `before` are neither at the start nor at the end of `after`.
pub fn replaced(before: &[u8], after: &[u8]) -> usize {
    let same = |(one, other): &(&u8, &u8)| one == other;
    let start = before.iter().zip(after).take_while(same).count();
    let rest = before.len().min(after.len()) - start;
    let backwards = before.iter().rev().zip(after.iter().rev());
    before.len() - start - backwards.take_while(same).count().min(rest)
}

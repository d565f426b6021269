//! Every entry of a config that holds a Zoom secret.

use super::arguments::{self, Argument};
use super::name::{Meaning, is_placeholder, of_variable};
use super::{ClearText, Found, Place};
use crate::patch::{Document, Member, Object, Refusal, Value};
use std::borrow::Cow;

/// The entries of the config `bytes` that hold a secret, in the order of the file.
pub fn scan(bytes: &[u8]) -> Result<Vec<Found>, Refusal> {
    let document = Document::parse(bytes)?;
    let servers = document.servers()?.map(|servers| servers.members);
    Ok(servers
        .iter()
        .flatten()
        .filter_map(entry)
        .filter(|found| !found.secrets.is_empty())
        .collect())
}

fn entry(member: &Member<'_>) -> Option<Found> {
    let name = member.name.as_deref()?;
    let fields = member.value.as_object()?;
    let mut found = Found {
        entry: Some(name.to_owned()),
        owned_by_extension: fields.get("extensionId").is_some(),
        secrets: Vec::new(),
        account_id: None,
        client_id: None,
    };
    for (key, value) in variables(&fields) {
        if let Some(meaning) = of_variable(&key) {
            found.note(meaning, &value, Place::Variable);
        }
    }
    let words = words(&fields);
    let words: Vec<Option<&str>> = words.iter().map(Option::as_deref).collect();
    for Argument { meaning, value, .. } in arguments::find(&words, is_zooms(name, &fields)) {
        found.note(meaning, value, Place::Argument);
    }
    Some(found)
}

impl Found {
    /// Takes what stands there, unless it is none yet. The first id counts.
    pub(super) fn note(&mut self, meaning: Meaning, value: &str, place: Place) {
        if is_placeholder(value) {
            return;
        }
        match meaning {
            Meaning::Secret(name) => self.secrets.push(ClearText {
                name,
                place,
                value: value.to_owned().into(),
            }),
            Meaning::AccountId => {
                self.account_id.get_or_insert_with(|| value.to_owned());
            }
            Meaning::ClientId => {
                self.client_id.get_or_insert_with(|| value.to_owned());
            }
        }
    }
}

/// The variables whose value is text.
fn variables<'a>(fields: &Object<'a>) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let env = fields.get("env").and_then(|env| env.value.as_object());
    env.into_iter()
        .flat_map(|env| env.members)
        .filter_map(|variable| Some((variable.name?, variable.value.as_str()?)))
        .collect()
}

/// The arguments; `None` for one that is no text.
pub(super) fn words<'a>(fields: &Object<'a>) -> Vec<Option<Cow<'a, str>>> {
    let args = fields.get("args").and_then(|args| args.value.elements());
    let args = args.into_iter().flatten();
    args.map(Value::as_str).collect()
}

/// Whether the entry is a Zoom server's, by anything that it says.
pub(super) fn is_zooms(name: &str, fields: &Object<'_>) -> bool {
    let mentions = |word: &str| word.to_ascii_lowercase().contains("zoom");
    let command = fields.get("command").and_then(|found| found.value.as_str());
    mentions(name)
        || command.is_some_and(|command| mentions(&command))
        || words(fields).iter().flatten().any(|word| mentions(word))
        || variables(fields)
            .iter()
            .any(|(key, _)| key.starts_with("ZOOM_"))
}

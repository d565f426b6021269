//! Secrets out of an entry of a config. Every byte outside them, and outside the commas and
//! flags that go with them, stays.

use super::arguments;
use super::name::{Meaning, of_variable};
use super::scan::{is_zooms, words};
use super::{ClearText, Place};
use crate::patch::{Document, Member, Object, Refusal, unique};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::ops::Range;

/// What is to be taken out of an entry.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The entry's name under `mcpServers`.
    pub server: String,
    /// The secrets, as they were found. One that has another value by now stays.
    pub secrets: Vec<ClearText>,
}

impl Cut {
    /// The values.
    #[must_use]
    pub fn values(&self) -> Vec<SecretString> {
        let values = self.secrets.iter().map(|secret| secret.value.clone());
        values.collect()
    }
}

/// What became of a cut.
#[derive(Debug)]
pub enum CutOutcome {
    /// They are out.
    Changed {
        /// The new document.
        bytes: SecretSlice<u8>,
    },
    /// None of them is there any more.
    NotThere,
    /// The document is left alone.
    Refused(Refusal),
}

/// The document `bytes` without what is to be taken out.
#[must_use]
pub fn cut(bytes: &[u8], cut: &Cut) -> CutOutcome {
    match spans(bytes, cut) {
        Ok((_, spans)) if spans.is_empty() => CutOutcome::NotThere,
        Ok((text, spans)) => CutOutcome::Changed {
            bytes: without(text, spans),
        },
        Err(refusal) => CutOutcome::Refused(refusal),
    }
}

fn spans<'a>(bytes: &'a [u8], cut: &Cut) -> Result<(&'a str, Vec<Range<usize>>), Refusal> {
    let document = Document::parse(bytes)?;
    let nothing = Ok((document.text, Vec::new()));
    let Some(servers) = document.servers()? else {
        return nothing;
    };
    let Some(entry) = unique(&servers, &cut.server, "/mcpServers")? else {
        return nothing;
    };
    let Some(fields) = entry.value.as_object() else {
        return nothing;
    };
    if fields.get("extensionId").is_some() {
        return Err(Refusal::OwnedByExtension {
            name: cut.server.clone(),
        });
    }
    let mut spans = in_env(&fields, &cut.secrets);
    spans.extend(in_args(&cut.server, &fields, &cut.secrets));
    Ok((document.text, spans))
}

fn in_env(fields: &Object<'_>, secrets: &[ClearText]) -> Vec<Range<usize>> {
    let Some(env) = fields.get("env").and_then(|env| env.value.as_object()) else {
        return Vec::new();
    };
    let goes = |member: &Member<'_>| {
        let meaning = member.name.as_deref().and_then(of_variable);
        let value = member.value.as_str().unwrap_or_default();
        is_one_of(secrets, Place::Variable, meaning, &value)
    };
    let parts: Vec<Part> = env
        .members
        .iter()
        .map(|member| Part {
            span: member.key.from..member.value.to,
            goes: goes(member),
        })
        .collect();
    list_spans(env.inside(), &parts)
}

fn in_args(server: &str, fields: &Object<'_>, secrets: &[ClearText]) -> Vec<Range<usize>> {
    let Some(list) = fields.get("args").map(|args| args.value) else {
        return Vec::new();
    };
    let elements = list.elements().unwrap_or_default();
    let words = words(fields);
    let words: Vec<Option<&str>> = words.iter().map(Option::as_deref).collect();
    let mut going = vec![false; elements.len()];
    for found in arguments::find(&words, is_zooms(server, fields)) {
        if is_one_of(secrets, Place::Argument, Some(found.meaning), found.value) {
            going[found.span].fill(true);
        }
    }
    let parts: Vec<Part> = elements
        .iter()
        .zip(going)
        .map(|(element, goes)| Part {
            span: element.from..element.to,
            goes,
        })
        .collect();
    list_spans(list.from + 1, &parts)
}

fn is_one_of(secrets: &[ClearText], place: Place, meaning: Option<Meaning>, value: &str) -> bool {
    secrets.iter().any(|secret| {
        secret.place == place
            && meaning == Some(Meaning::Secret(secret.name))
            && secret.value.expose_secret() == value
    })
}

/// A member or an element.
struct Part {
    span: Range<usize>,
    goes: bool,
}

/// What to take out of a list that begins behind its bracket at `inside`: each part that goes
/// takes the comma before it along; those at the head take the one behind them.
fn list_spans(inside: usize, parts: &[Part]) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let head = parts.iter().take_while(|part| part.goes).count();
    match (parts.get(head), head) {
        (_, 0) => {}
        (Some(first_kept), _) => spans.push(parts[0].span.start..first_kept.span.start),
        (None, _) => spans.push(inside..parts[head - 1].span.end),
    }
    for pair in parts[head.min(parts.len())..].windows(2) {
        if pair[1].goes {
            spans.push(pair[0].span.end..pair[1].span.end);
        }
    }
    spans
}

fn without(text: &str, mut spans: Vec<Range<usize>>) -> SecretSlice<u8> {
    spans.sort_by_key(|span| span.start);
    let mut kept = Vec::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        kept.extend_from_slice(&text.as_bytes()[at..span.start]);
        at = span.end;
    }
    kept.extend_from_slice(&text.as_bytes()[at..]);
    SecretSlice::from(kept)
}

//! A backup made whole again: what was cut out of it comes from the present file, from the same
//! place, or from whoever kept the secret. What nobody knows stays `<redacted>` and is named.

use crate::patch::{Document, Refusal, Value, child};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::ops::Range;

/// What stands in a backup for a secret.
const MARK: &str = "<redacted>";

/// No config nests its secrets deeper than this; what does is not filled.
const MAX_DEPTH: usize = 64;

/// A backup that was filled.
pub struct Filled {
    /// The document. It holds the secrets.
    pub bytes: SecretSlice<u8>,
    /// The strings that were put back, decoded.
    pub secrets: Vec<SecretString>,
    /// Where `<redacted>` still stands, as JSON pointers.
    pub unfilled: Vec<String>,
}

/// Fills `kept` from the document `present`, if there is one that can be read, else by `ask`,
/// which is given a JSON pointer and gives the secret that the mark there stands for.
pub fn fill(
    kept: &[u8],
    present: Option<&[u8]>,
    ask: &dyn Fn(&str) -> Option<SecretString>,
) -> Result<Filled, Refusal> {
    let document = Document::parse(kept)?;
    let present = present.and_then(|bytes| Document::parse(bytes).ok());
    let mut filling = Filling {
        ask,
        splices: Vec::new(),
        secrets: Vec::new(),
        unfilled: Vec::new(),
    };
    if let Some(root) = document.root()? {
        let present = present.as_ref().and_then(|document| document.root().ok()?);
        filling.walk(root.value, present.map(|root| root.value), "", 0);
    }
    Ok(Filled {
        bytes: applied(document.text, &filling.splices),
        secrets: filling.secrets,
        unfilled: filling.unfilled,
    })
}

struct Filling<'k> {
    ask: &'k dyn Fn(&str) -> Option<SecretString>,
    splices: Vec<(Range<usize>, SecretString)>,
    secrets: Vec<SecretString>,
    unfilled: Vec<String>,
}

impl Filling<'_> {
    fn walk(&mut self, kept: Value<'_>, present: Option<Value<'_>>, path: &str, depth: usize) {
        if !kept.raw().contains(MARK) {
            return;
        }
        if depth > MAX_DEPTH {
            self.unfilled.push(path.to_owned());
        } else if let Some(object) = kept.as_object() {
            let present = present.and_then(Value::as_object);
            for member in &object.members {
                let name = member.name.as_deref().unwrap_or_default();
                let path = child(path, name);
                if name.contains(MARK) {
                    self.unfilled.push(path);
                    continue;
                }
                let there = present.as_ref().and_then(|object| object.get(name));
                self.walk(
                    member.value,
                    there.map(|there| there.value),
                    &path,
                    depth + 1,
                );
            }
        } else if let Some(elements) = kept.elements() {
            let there = present.map_or_else(Vec::new, |present| alike(&elements, present));
            for (index, element) in elements.iter().enumerate() {
                let path = format!("{path}/{index}");
                self.walk(*element, there.get(index).copied(), &path, depth + 1);
            }
        } else {
            self.fill(kept, present, path);
        }
    }

    fn fill(&mut self, kept: Value<'_>, present: Option<Value<'_>>, path: &str) {
        let literal = present
            .filter(|present| is_filled(kept, *present))
            .map(|present| present.raw().to_owned())
            .or_else(|| (self.ask)(path).map(|secret| with(kept, &secret)));
        let Some(literal) = literal else {
            self.unfilled.push(path.to_owned());
            return;
        };
        let decoded = serde_json::from_str::<String>(&literal).unwrap_or_default();
        self.secrets.push(SecretString::from(decoded));
        let span = kept.from..kept.to;
        self.splices.push((span, SecretString::from(literal)));
    }
}

/// The elements of `present` if it is the same list but for what was cut out; else a secret
/// could come back behind another flag.
fn alike<'p>(kept: &[Value<'_>], present: Value<'p>) -> Vec<Value<'p>> {
    let there = present.elements().unwrap_or_default();
    let same = |(kept, there): (&Value<'_>, &Value<'p>)| {
        kept.raw() == there.raw() || is_filled(*kept, *there)
    };
    if there.len() == kept.len() && kept.iter().zip(&there).all(same) {
        there
    } else {
        Vec::new()
    }
}

/// Whether `present` is the string `kept` with something in the place of the mark, which stands
/// at its end.
fn is_filled(kept: Value<'_>, present: Value<'_>) -> bool {
    let start = kept.raw().split_once(MARK).map(|(start, _)| start);
    start.is_some_and(|start| {
        start.starts_with('"') && present.raw().starts_with(start) && !present.raw().contains(MARK)
    })
}

/// The literal `kept` with `secret` in the place of the mark.
fn with(kept: Value<'_>, secret: &SecretString) -> String {
    let quoted = serde_json::Value::from(secret.expose_secret()).to_string();
    kept.raw().replace(MARK, &quoted[1..quoted.len() - 1])
}

fn applied(text: &str, splices: &[(Range<usize>, SecretString)]) -> SecretSlice<u8> {
    let (mut bytes, mut kept) = (Vec::with_capacity(text.len()), 0);
    for (span, literal) in splices {
        bytes.extend_from_slice(&text.as_bytes()[kept..span.start]);
        bytes.extend_from_slice(literal.expose_secret().as_bytes());
        kept = span.end;
    }
    bytes.extend_from_slice(&text.as_bytes()[kept..]);
    SecretSlice::from(bytes)
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;

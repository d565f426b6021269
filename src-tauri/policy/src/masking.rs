//! Arguments as a person may see them: whole but for what looks secret.
//!
//! What looks secret is decided where all of the program decides it, and passed in.

use crate::arguments::Arguments;
use serde_json::{Map, Value};

/// What stands in a secret's place.
const MASK: &str = "<redacted>";

/// How secrets are told.
pub struct Masking<'a> {
    /// Whether what goes by this name is a secret.
    pub sounds_secret: &'a dyn Fn(&str) -> bool,
    /// A text without the secrets in it.
    pub scrub: &'a dyn Fn(&str) -> String,
}

impl Arguments {
    /// The arguments with each secret masked: everything under a name that sounds secret, and
    /// within any other text, names included, what is scrubbed.
    #[must_use]
    pub fn masked(&self, masking: &Masking<'_>) -> Value {
        masking.object(&self.object)
    }
}

impl Masking<'_> {
    fn object(&self, object: &Map<String, Value>) -> Value {
        let members = object.iter().map(|(name, value)| {
            let value = if (self.sounds_secret)(name) {
                hidden(value)
            } else {
                self.value(value)
            };
            ((self.scrub)(name), value)
        });
        Value::Object(members.collect())
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String((self.scrub)(text)),
            Value::Array(elements) => elements.iter().map(|value| self.value(value)).collect(),
            Value::Object(object) => self.object(object),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// A flag or nothing is no secret, whatever its name: `password_required` is told.
fn hidden(value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            Value::from(MASK)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_looks_secret_is_masked_at_any_depth_and_the_rest_is_shown() {
        let masking = Masking {
            sounds_secret: &|name| name.contains("password"),
            scrub: &|text| text.replace("eyJ", MASK),
        };
        let arguments = Arguments::read(Some(
            r#"{"topic":"Plan","password":"p1","duration":30,"note":"it is eyJ",
                "settings":{"password":{"inner":"p2"},"rooms":["a",{"password":[7]}]},
                "password_required":true,"eyJ":1}"#,
        ));
        let shown = json!({"topic": "Plan", "password": MASK, "duration": 30,
            "note": "it is <redacted>",
            "settings": {"password": MASK, "rooms": ["a", {"password": MASK}]},
            "password_required": true, "<redacted>": 1});
        assert_eq!(arguments.masked(&masking), shown);
    }
}

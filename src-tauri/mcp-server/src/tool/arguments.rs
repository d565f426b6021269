//! Reading a tool's arguments. What is wrong is named; no value is repeated, because a model that
//! knows another Zoom server may have sent a secret.

use crate::outcome::Failure;
use rmcp::model::JsonObject;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What names of credentials begin with in servers that take them.
const CREDENTIAL: &str = "zoom_";

/// The arguments in the form that the tool takes.
pub(super) fn read<Input: DeserializeOwned>(
    tool: &'static str,
    given: JsonObject,
) -> Result<Input, Failure> {
    serde_path_to_error::deserialize(Value::Object(given)).map_err(|error| {
        let path = error.path().to_string();
        let what = complaint(&path, &error.inner().to_string());
        Failure::new(format!("{tool} was not called: {what}"))
    })
}

/// serde's sentence without the value in it: `unknown field` and `missing field` hold names alone,
/// all others say what they found before what they expected.
fn complaint(path: &str, message: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return unknown(rest);
    }
    if message.starts_with("missing field ") {
        return format!("{message}. Add it.");
    }
    let expected = message.find("expected").and_then(|at| message.get(at..));
    let expected = expected.unwrap_or("see the tool's schema");
    format!(
        "the argument {path} is wrong, {}. Correct it.",
        in_words(expected)
    )
}

/// Without the names of Rust's types.
fn in_words(expected: &str) -> String {
    match expected.strip_prefix("expected ") {
        Some("u8" | "u16" | "u32" | "u64" | "i64") => "expected a whole number".to_owned(),
        Some(rest) if rest.starts_with("struct ") => "expected an object".to_owned(),
        _ => expected.to_owned(),
    }
}

fn unknown(rest: &str) -> String {
    let (name, accepted) = rest.split_once(", ").unwrap_or((rest, ""));
    if name.starts_with(&format!("`{CREDENTIAL}")) {
        return format!("it takes no argument {name}. Leave credentials out; Zoomtray holds them.");
    }
    match accepted.strip_prefix("expected ") {
        Some(accepted) => format!("it takes no argument {name}, but {accepted}."),
        None => format!("it takes no arguments, but got {name}. Leave it out."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::Nothing;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it is read matters")]
    struct Example {
        topic: String,
        duration: Option<u32>,
        settings: Option<Settings>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it is read matters")]
    struct Settings {
        audio: Audio,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Audio {
        Both,
        Voip,
    }

    fn refusal<Input: DeserializeOwned + std::fmt::Debug>(given: Value) -> String {
        let Value::Object(given) = given else {
            panic!("no object")
        };
        read::<Input>("make", given).unwrap_err().line().to_owned()
    }

    #[test]
    fn what_is_wrong_is_named_and_no_value_repeated() {
        for (given, line) in [
            (
                json!({"topic": "t", "duration": "secret"}),
                "make was not called: the argument duration is wrong, expected a whole number. Correct \
                 it.",
            ),
            (
                json!({"topic": "t", "settings": {"audio": "secret"}}),
                "make was not called: the argument settings.audio is wrong, expected `both` or \
                 `voip`. Correct it.",
            ),
            (
                json!({}),
                "make was not called: missing field `topic`. Add it.",
            ),
            (
                json!({"topic": "t", "subject": "secret"}),
                "make was not called: it takes no argument `subject`, but one of `topic`, \
                 `duration`, `settings`.",
            ),
            (
                json!({"topic": "t", "zoom_access_token": "secret"}),
                "make was not called: it takes no argument `zoom_access_token`. Leave credentials \
                 out; Zoomtray holds them.",
            ),
        ] {
            assert_eq!(refusal::<Example>(given.clone()), line, "{given}");
        }
    }

    #[test]
    fn a_tool_without_arguments_says_so() {
        assert_eq!(
            refusal::<Nothing>(json!({"x": 1})),
            "make was not called: it takes no arguments, but got `x`. Leave it out."
        );
    }
}

//! Schemas in the plain form that every client understands.

use rmcp::model::JsonObject;
use serde_json::Value;
use std::sync::Arc;

/// The schema of an input: an argument that may be left out needs no `null` and no default of
/// `null`, which some clients take for a required choice.
pub(super) fn input(schema: &JsonObject) -> Arc<JsonObject> {
    let mut schema = described(schema);
    for value in schema.values_mut() {
        without_null(value);
    }
    schema
        .entry("properties")
        .or_insert_with(|| Value::Object(JsonObject::new()));
    Arc::new(schema)
}

/// The schema of an output: what may be `null` may also be missing, as it is in Zoom's answers.
pub(super) fn output(schema: &JsonObject) -> Arc<JsonObject> {
    let mut schema = described(schema);
    let properties = schema.get("properties").cloned().unwrap_or_default();
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| {
            let property = name.as_str().and_then(|name| properties.get(name));
            property.is_some_and(|property| !admits_null(property))
        });
    }
    Arc::new(schema)
}

/// A schema without a type admits everything.
fn admits_null(schema: &Value) -> bool {
    let is_null = |value: &Value| value == "null";
    match (schema.get("type"), schema.get("anyOf")) {
        (Some(Value::Array(types)), _) => types.iter().any(is_null),
        (Some(one), _) => is_null(one),
        (None, Some(Value::Array(choices))) => choices.iter().any(admits_null),
        (None, _) => true,
    }
}

/// Without the name and comment of the Rust type, without formats that validators do not know, and
/// each comment on one line.
fn described(schema: &JsonObject) -> JsonObject {
    let mut schema = schema.clone();
    for name in ["title", "description"] {
        schema.shift_remove(name);
    }
    for value in schema.values_mut() {
        plain(value);
    }
    schema
}

fn plain(value: &mut Value) {
    visit(value, &mut |object| {
        let rusts = |format: &Value| format.as_str().is_some_and(|name| name.starts_with("uint"));
        if object.get("format").is_some_and(rusts) {
            object.shift_remove("format");
        }
        if let Some(Value::String(text)) = object.get_mut("description") {
            *text = text.replace('\n', " ");
        }
    });
}

fn without_null(value: &mut Value) {
    visit(value, &mut |object| {
        if object.get("default").is_some_and(Value::is_null) {
            object.shift_remove("default");
        }
        if let Some(Value::Array(types)) = object.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                object.insert("type".into(), only);
            }
        }
        if let Some(Value::Array(values)) = object.get_mut("enum") {
            values.retain(|value| !value.is_null());
        }
        lift_only_choice(object);
    });
}

/// `anyOf: [X, null]` is X.
fn lift_only_choice(object: &mut JsonObject) {
    let Some(Value::Array(choices)) = object.get_mut("anyOf") else {
        return;
    };
    choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
    if let [Value::Object(only)] = choices.as_slice() {
        let only = only.clone();
        object.shift_remove("anyOf");
        for (name, value) in only {
            object.entry(name).or_insert(value);
        }
    }
}

fn visit(value: &mut Value, change: &mut dyn FnMut(&mut JsonObject)) {
    match value {
        Value::Object(object) => {
            change(object);
            object.values_mut().for_each(|value| visit(value, change));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| visit(value, change)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::Nothing;
    use rmcp::handler::server::common::schema_for_type;
    use schemars::JsonSchema;
    use serde_json::json;

    /// Of no interest.
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is used")]
    struct Example {
        /// How many.
        number: Option<u32>,
        /// Which.
        kind: Option<Kind>,
        must: bool,
    }

    #[derive(JsonSchema)]
    #[schemars(extend("required" = ["number", "any", "must"]))]
    #[expect(dead_code, reason = "only its schema is used")]
    struct Output {
        number: Option<u32>,
        /// Anything,
        /// even nothing.
        any: Value,
        must: bool,
    }

    #[derive(JsonSchema)]
    #[schemars(inline, rename_all = "snake_case")]
    #[expect(dead_code, reason = "only its schema is used")]
    enum Kind {
        One,
        Two,
    }

    #[test]
    fn what_may_be_left_out_is_no_null() {
        let schema = Value::Object(input(&schema_for_type::<Example>()).as_ref().clone());
        assert_eq!(schema["type"], "object");
        assert!(schema.get("description").is_none(), "{schema}");
        let expected = json!({
            "number": {"description": "How many.", "type": "integer", "minimum": 0},
            "kind": {"description": "Which.", "type": "string", "enum": ["one", "two"]},
            "must": {"type": "boolean"},
        });
        assert_eq!(schema["properties"], expected);
        assert_eq!(schema["required"], json!(["must"]));
    }

    #[test]
    fn what_may_be_null_may_be_missing_from_an_output() {
        let schema = output(&schema_for_type::<Output>());
        assert_eq!(schema["required"], json!(["must"]));
        let properties = &schema["properties"];
        assert_eq!(properties["number"]["type"], json!(["integer", "null"]));
        assert_eq!(properties["any"]["description"], "Anything, even nothing.");
    }

    #[test]
    fn nothing_is_an_object_without_properties() {
        let schema = input(&schema_for_type::<Nothing>());
        assert_eq!(schema["properties"], json!({}));
        assert_eq!(schema["additionalProperties"], json!(false));
    }
}

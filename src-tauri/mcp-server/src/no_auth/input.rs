//! Inputs with credentials in them. None is ever printed.

use super::urls;
use crate::caller::Zoom;
use crate::outcome::Failure;
use rmcp::model::JsonObject;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use secrecy::SecretString;
use serde::de::{DeserializeOwned, Error, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::borrow::Cow;

/// The argument that holds the token.
const TOKEN: &str = "zoom_access_token";

/// An input, and the token to use for it.
#[derive(Debug)]
pub(crate) struct WithToken<Input> {
    token: SecretString,
    pub(crate) input: Input,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    /// The access token so far; not needed.
    #[serde(default, rename = "zoom_access_token")]
    #[schemars(with = "Option<String>")]
    _access_token: Option<IgnoredAny>,
    /// The refresh token; dead afterwards.
    #[serde(deserialize_with = "secret")]
    #[schemars(with = "String")]
    pub(super) zoom_refresh_token: SecretString,
    /// The app's client id.
    pub(super) zoom_client_id: String,
    /// The app's client secret.
    #[serde(deserialize_with = "secret")]
    #[schemars(with = "String")]
    pub(super) zoom_client_secret: SecretString,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    Ok(String::deserialize(deserializer)?.into())
}

impl<Input> WithToken<Input> {
    /// Zoom with this token.
    pub(crate) fn zoom(&self, zoom: &Zoom) -> Result<Zoom, Failure> {
        Ok(zoom.with_token(self.token.clone(), urls()?))
    }
}

impl<'de, Input: DeserializeOwned> Deserialize<'de> for WithToken<Input> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut given = JsonObject::deserialize(deserializer)?;
        let token = match given.shift_remove(TOKEN) {
            Some(Value::String(token)) if !token.is_empty() => token,
            Some(_) => return Err(D::Error::custom("expected zoom_access_token as text")),
            None => return Err(D::Error::missing_field(TOKEN)),
        };
        let input = serde_json::from_value(Value::Object(given)).map_err(D::Error::custom)?;
        Ok(Self {
            token: token.into(),
            input,
        })
    }
}

impl<Input: JsonSchema> JsonSchema for WithToken<Input> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}WithToken", Input::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Input::json_schema(generator);
        let token = json_schema!({"type": "string", "description": "The access token to use."});
        let object = schema.ensure_object();
        if let Some(Value::Object(properties)) = object.get_mut("properties") {
            properties.insert(TOKEN.into(), token.into());
        }
        let required = object
            .entry("required")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(names) = required {
            names.insert(0, TOKEN.into());
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Example {
        number: Option<u32>,
    }

    fn read(given: Value) -> Result<WithToken<Example>, String> {
        serde_json::from_value(given).map_err(|error| error.to_string())
    }

    #[test]
    fn the_token_is_taken_out_of_the_input() {
        let read = read(json!({"number": 1, "zoom_access_token": "planted"})).unwrap();
        assert_eq!(read.input.number, Some(1));
        assert!(!format!("{read:?}").contains("planted"));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_token() {
        assert_eq!(
            read(json!({})).unwrap_err(),
            "missing field `zoom_access_token`"
        );
        let wrong = read(json!({"zoom_access_token": "planted", "size": 1})).unwrap_err();
        assert!(wrong.starts_with("unknown field `size`"), "{wrong}");
        assert!(!wrong.contains("planted"), "{wrong}");
    }
}

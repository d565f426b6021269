//! The user's settings: only what differs from the defaults is stored, unknown keys survive,
//! a value that cannot be used is named with its path and the default used instead.

use crate::environment::{Environment, REFRESH_THRESHOLD};
use crate::problem::Misread;
use claude::Consent;
use control::EntryMode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What the user chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whether tokens are refreshed without being asked for.
    pub auto_refresh: bool,
    /// Refresh when fewer seconds remain.
    pub refresh_threshold_s: u64,
    /// Where secrets live.
    pub vault: VaultSetting,
    /// Whether Claude Desktop may be restarted.
    pub restart_consent: Consent,
    /// How entries of Claude's config get their token, by name; one that is not here is off.
    pub entries: BTreeMap<String, Choice>,
    /// Our ids of the accounts of which a new token ends the last.
    pub single_token: Vec<String>,
    /// Relayed entries of whose servers no two copies can live at the same time.
    pub apart: Vec<String>,
    /// Relayed entries whose servers get no token.
    pub without_token: Vec<String>,
    unknown: Map<String, Value>,
}

/// Where secrets live, by the user's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultSetting {
    /// The OS keychain.
    #[default]
    Keychain,
    /// Files in a folder only the user can enter.
    File,
}

/// How an entry of Claude's config gets its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Choice {
    /// Through Zoomtray's relay, which Claude Desktop starts in its place.
    Relay,
    /// Written into its environment.
    Inject {
        /// The variable that carries the token.
        key: String,
    },
}

impl Choice {
    /// As viewers know it.
    #[must_use]
    pub fn mode(&self) -> EntryMode {
        match self {
            Self::Relay => EntryMode::Relay,
            Self::Inject { .. } => EntryMode::Inject,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            auto_refresh: true,
            refresh_threshold_s: REFRESH_THRESHOLD,
            vault: VaultSetting::default(),
            restart_consent: Consent::Ask,
            entries: BTreeMap::new(),
            single_token: Vec::new(),
            apart: Vec::new(),
            without_token: Vec::new(),
            unknown: Map::new(),
        }
    }
}

impl Settings {
    /// Takes the settings out of the file's object.
    pub fn from_json(stored: Map<String, Value>) -> (Self, Vec<Misread>) {
        let defaults = Self::default();
        let mut reader = Reader {
            stored,
            misread: Vec::new(),
        };
        let settings = Self {
            auto_refresh: reader.take("auto_refresh", "true or false", defaults.auto_refresh),
            refresh_threshold_s: reader.take(
                "refresh_threshold_s",
                "a whole number of seconds",
                defaults.refresh_threshold_s,
            ),
            vault: reader.take("vault", "\"keychain\" or \"file\"", defaults.vault),
            restart_consent: reader.take(
                "restart_consent",
                "\"ask\", \"always\" or \"when_quit\"",
                defaults.restart_consent,
            ),
            entries: reader.take("entries", "an object of entries", defaults.entries),
            single_token: reader.take("single_token", "a list of account ids", Vec::new()),
            apart: reader.take("apart", "a list of entries' names", Vec::new()),
            without_token: reader.take("without_token", "a list of entries' names", Vec::new()),
            unknown: reader.stored,
        };
        (settings, reader.misread)
    }

    /// Every entry that Zoomtray may have written: by the settings, and the one that the
    /// environment names.
    pub(crate) fn choices(&self, environment: &Environment) -> BTreeMap<String, Choice> {
        self.choices_with(environment.claude_server.as_ref(), &environment.claude_key)
    }

    /// The same for an entry that the environment `named`, with the variable `key`.
    pub(crate) fn choices_with(
        &self,
        named: Option<&String>,
        key: &str,
    ) -> BTreeMap<String, Choice> {
        let mut choices = self.entries.clone();
        if let Some(name) = named {
            let key = key.to_owned();
            choices
                .entry(name.clone())
                .or_insert(Choice::Inject { key });
        }
        choices
    }

    /// The object to store.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let defaults = Self::default();
        let mut stored = self.unknown.clone();
        let mut put = |name: &str, value: Value, default: Value| {
            if value != default {
                stored.insert(name.to_owned(), value);
            }
        };
        put(
            "auto_refresh",
            self.auto_refresh.into(),
            defaults.auto_refresh.into(),
        );
        put(
            "refresh_threshold_s",
            self.refresh_threshold_s.into(),
            defaults.refresh_threshold_s.into(),
        );
        put("vault", json(&self.vault), json(&defaults.vault));
        put(
            "restart_consent",
            json(&self.restart_consent),
            json(&defaults.restart_consent),
        );
        put("entries", json(&self.entries), json(&defaults.entries));
        let lists = [
            ("single_token", &self.single_token),
            ("apart", &self.apart),
            ("without_token", &self.without_token),
        ];
        for (name, list) in lists {
            put(name, json(list), json::<[String]>(&[]));
        }
        stored
    }
}

/// These types have no value that JSON lacks.
fn json<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

struct Reader {
    stored: Map<String, Value>,
    misread: Vec<Misread>,
}

impl Reader {
    fn take<T: DeserializeOwned + Serialize>(&mut self, name: &str, wanted: &str, default: T) -> T {
        let Some(value) = self.stored.remove(name) else {
            return default;
        };
        serde_json::from_value(value).unwrap_or_else(|_| {
            let used = json(&default).to_string();
            self.misread
                .push(Misread::setting(&format!("/{name}"), wanted, &used));
            default
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn the_defaults_store_nothing() {
        assert!(Settings::default().to_json().is_empty());
    }

    #[test]
    fn unknown_keys_survive() {
        let stored = object(&json!({"from_the_future": [1, 2], "auto_refresh": false}));
        let (settings, misread) = Settings::from_json(stored.clone());
        assert!(misread.is_empty());
        assert!(!settings.auto_refresh);
        assert_eq!(settings.to_json(), stored);
    }

    #[test]
    fn the_modes_of_entries_come_back_as_they_were() {
        let stored = object(&json!({"entries": {
            "zoom": {"mode": "relay"},
            "other": {"mode": "inject", "key": "ZOOM_ACCESS_TOKEN"},
        }}));
        let (settings, misread) = Settings::from_json(stored.clone());
        assert!(misread.is_empty());
        assert_eq!(settings.entries["zoom"].mode(), EntryMode::Relay);
        assert_eq!(settings.entries["other"].mode(), EntryMode::Inject);
        assert_eq!(settings.to_json(), stored);
    }

    #[test]
    fn the_entry_that_the_environment_names_is_injected_unless_the_user_chose() {
        let lookup = |name: &str| match name {
            "CLAUDE_MCP_SERVER_NAME" => Some("zoom".into()),
            _ => None,
        };
        let environment = Environment::read(lookup, &[]);
        let mut settings = Settings::default();
        let chosen = settings.choices(&environment);
        assert_eq!(chosen["zoom"].mode(), EntryMode::Inject);
        settings.entries.insert("zoom".to_owned(), Choice::Relay);
        assert_eq!(settings.choices(&environment), settings.entries);
    }

    #[test]
    fn an_invalid_value_is_named_and_the_default_used() {
        let stored = object(&json!({"refresh_threshold_s": "soon"}));
        let (settings, misread) = Settings::from_json(stored);
        assert_eq!(settings.refresh_threshold_s, 300);
        assert!(
            misread[0]
                .to_string()
                .starts_with("/refresh_threshold_s in settings.json")
        );
    }
}

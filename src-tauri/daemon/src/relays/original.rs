//! What an entry of the client's config said before Zoomtray's relay stood there, as a server to
//! be started. Pure.

use crate::delivery::relay_entry::is_relay;
use gateway::ThirdParty;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The program of the bundled server.
const BUNDLED: &str = "zoomtray-mcp";

/// What an entry's text is.
pub(super) enum Named {
    /// Our own server.
    Bundled,
    /// Somebody else's.
    ThirdParty(ThirdParty),
    /// Nothing that can be started.
    Nothing,
}

#[derive(Deserialize)]
struct Text {
    command: String,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
}

/// Reads the entry `name`, whose raw JSON is `text`, with `secrets` in it.
pub(super) fn read(
    name: &str,
    text: &str,
    secrets: Vec<SecretString>,
    token_variable: Option<String>,
) -> Named {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Named::Nothing;
    };
    if is_relay(&value, name) {
        return Named::Bundled;
    }
    let Ok(entry) = Text::deserialize(value) else {
        return Named::Nothing;
    };
    if is_bundled(&entry.command) {
        return Named::Bundled;
    }
    let variables = entry.env.into_iter();
    Named::ThirdParty(ThirdParty {
        program: entry.command,
        arguments: entry.args,
        variables: variables
            .map(|(name, value)| (name, value.into()))
            .collect(),
        token_variable,
        secrets,
    })
}

fn is_bundled(command: &str) -> bool {
    let file = command.rsplit(['/', '\\']).next().unwrap_or_default();
    file == BUNDLED || file.eq_ignore_ascii_case("zoomtray-mcp.exe")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Named {
        read("zoom", text, Vec::new(), Some("TOKEN".to_owned()))
    }

    #[test]
    fn a_third_party_is_started_as_the_client_would() {
        let text = r#"{"command": "npx", "args": ["-y", "zoom"], "env": {"A": "1"}, "x": 0}"#;
        let Named::ThirdParty(server) = named(text) else {
            panic!("not read");
        };
        assert_eq!(
            (server.program.as_str(), server.arguments.len()),
            ("npx", 2)
        );
        assert_eq!(server.variables.len(), 1);
        assert_eq!(server.token_variable.as_deref(), Some("TOKEN"));
    }

    #[test]
    fn our_own_programs_are_the_bundled_server() {
        for text in [
            r#"{"command": "/opt/zoomtray/zoomtray-mcp"}"#,
            r#"{"command": "C:\\Z\\Zoomtray-MCP.EXE", "args": []}"#,
            r#"{"command": "/opt/zoomtrayctl", "args": ["relay", "zoom"]}"#,
        ] {
            assert!(matches!(named(text), Named::Bundled), "{text}");
        }
    }

    #[test]
    fn what_names_no_program_is_nothing() {
        for text in ["", "[]", r#"{"url": "https://x"}"#, r#"{"command": 1}"#] {
            assert!(matches!(named(text), Named::Nothing), "{text}");
        }
    }
}

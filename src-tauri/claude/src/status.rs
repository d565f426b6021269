//! What `claude status` shows: the config file, its entries, and whether Claude runs.

use crate::config::{ConfigError, ConfigFile, Entry};
use crate::locate::{Located, Surroundings, locate};
use crate::process::{Claude, Running};
use serde::{Deserialize, Serialize};

/// Claude Desktop as it is found now. Holds no value of any variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaudeStatus {
    /// Its config file.
    pub config: Located,
    /// What is in it.
    pub contents: Contents,
    /// Whether it runs.
    pub presence: Presence,
}

/// What the config file in use holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Contents {
    /// No file in use.
    None,
    /// Its MCP servers.
    Entries {
        /// In the order of the file.
        entries: Vec<Entry>,
    },
    /// It cannot be used.
    Unusable {
        /// What is wrong and what to do.
        message: String,
    },
}

/// Whether Claude runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Presence {
    /// No process of it.
    NotRunning,
    /// It runs.
    Running {
        /// Its main processes.
        pids: Vec<u32>,
    },
    /// The processes cannot be listed.
    Unknown,
}

impl ClaudeStatus {
    /// Looks at everything now. Reads; changes nothing.
    pub fn gather(around: &Surroundings<'_>, claude: &Claude) -> Self {
        let config = locate(around);
        let contents = match &config {
            Located::InUse { path, .. } => contents(ConfigFile::look(path)),
            Located::Ambiguous { .. } | Located::Missing { .. } => Contents::None,
        };
        let presence = match claude.running() {
            Running::No => Presence::NotRunning,
            Running::Yes { main, .. } => Presence::Running { pids: main },
            Running::Unknown => Presence::Unknown,
        };
        Self {
            config,
            contents,
            presence,
        }
    }
}

fn contents(read: Result<crate::config::Reading, ConfigError>) -> Contents {
    match read {
        Ok(reading) => Contents::Entries {
            entries: reading.entries,
        },
        Err(error) => Contents::Unusable {
            message: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::FileSystem;
    use crate::platform::Platform;
    use std::path::Path;

    /// The status with `content` as the config that is named, and a Claude that is nowhere.
    fn status(folder: &Path, content: Option<&str>) -> ClaudeStatus {
        let config = folder.join("c.json");
        if let Some(content) = content {
            fs_err::write(&config, content).unwrap();
        }
        let env = |name: &str| match name {
            "CLAUDE_CONFIG_FILE" => Some(config.clone().into_os_string()),
            "CLAUDE_APP_PATH" => Some(folder.join("nowhere").into_os_string()),
            _ => None,
        };
        let around = Surroundings {
            platform: Platform::current(),
            env: &env,
            home: folder,
            disk: &FileSystem,
        };
        ClaudeStatus::gather(&around, &Claude::new(&env, folder, Some(&config)))
    }

    #[test]
    fn entries_are_listed_without_values() {
        let folder = tempfile::tempdir().unwrap();
        let content = r#"{"mcpServers":{"zoom":{"command":"x","env":{"K":"s3cret"}},"ext":{"extensionId":"e"}}}"#;
        let status = status(folder.path(), Some(content));
        let entry = |name: &str, command: Option<&str>, owned_by_extension, variables: &[&str]| {
            let command = command.map(str::to_owned);
            let variables = variables.iter().map(|name| (*name).to_owned()).collect();
            Entry {
                name: name.to_owned(),
                command,
                owned_by_extension,
                variables,
            }
        };
        let entries = vec![
            entry("zoom", Some("x"), false, &["K"]),
            entry("ext", None, true, &[]),
        ];
        assert_eq!(status.contents, Contents::Entries { entries });
        assert_eq!(status.presence, Presence::NotRunning);
        assert!(!serde_json::to_string(&status).unwrap().contains("s3cret"));
    }

    #[test]
    fn an_unusable_config_says_where_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let Contents::Unusable { message } = status(folder.path(), Some("{,}")).contents else {
            panic!("it was used");
        };
        assert!(
            message.contains("line 1, column 2; correct it there"),
            "{message}"
        );
    }

    #[test]
    fn a_missing_config_has_no_contents() {
        let folder = tempfile::tempdir().unwrap();
        let status = status(folder.path(), None);
        assert!(
            matches!(status.config, Located::Missing { .. }),
            "{status:?}"
        );
        assert_eq!(status.contents, Contents::None);
    }
}

//! What was looked at on this machine, before anything is made of it.

use super::policy;
use claude::process::{Install, ProfileLock};
use claude::{Claude, Located, Platform, installs_here, locate_here};
use secrecy::SecretSlice;
use std::io;
use std::path::Path;

/// What was looked at.
pub(super) struct Looked {
    pub(super) platform: Platform,
    pub(super) located: Located,
    pub(super) installs: Vec<Install>,
    /// The config in use.
    pub(super) config: Option<Config>,
    pub(super) lock: ProfileLock,
    /// Whether an organisation forbids servers of the config.
    pub(super) servers_forbidden: bool,
    /// The container of an app that this process is in.
    pub(super) container: Option<String>,
}

/// The config in use and its folder.
pub(super) struct Config {
    pub(super) bytes: io::Result<SecretSlice<u8>>,
    /// Whether file or folder let nobody write.
    pub(super) read_only: bool,
    pub(super) folder_is_link: bool,
    /// Whether `config.json` beside it has servers.
    pub(super) servers_in_config_json: bool,
    /// The names of installed extensions.
    pub(super) extensions: Vec<String>,
}

impl Looked {
    pub(super) fn here() -> Self {
        let located = locate_here();
        let env = |name: &str| std::env::var_os(name);
        let home = std::env::home_dir().unwrap_or_default();
        let lock = Claude::new(&env, &home, located.in_use()).lock();
        Self {
            platform: Platform::current(),
            config: located.in_use().map(Config::at),
            installs: installs_here(),
            lock,
            servers_forbidden: policy::servers_forbidden(),
            container: policy::container(),
            located,
        }
    }
}

impl Config {
    fn at(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(path);
        let read_only = |path| fs_err::metadata(path).is_ok_and(|it| it.permissions().readonly());
        // The mark of a folder on Windows says something else: that it has a look of its own.
        let folder_counts = Platform::current() != Platform::Windows;
        Self {
            bytes: fs_err::read(path).map(SecretSlice::from),
            read_only: read_only(path) || (folder_counts && read_only(folder)),
            folder_is_link: fs_err::symlink_metadata(folder).is_ok_and(|it| it.is_symlink()),
            servers_in_config_json: has_servers(&folder.join("config.json")),
            extensions: names(&folder.join("Claude Extensions")),
        }
    }
}

fn has_servers(path: &Path) -> bool {
    let Ok(bytes) = fs_err::read(path) else {
        return false;
    };
    let value: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    value.is_some_and(|value| value.get("mcpServers").is_some())
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(listing) = fs_err::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = listing
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

//! A place where Claude may keep its config, and why it is one.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// Why a path is a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// `CLAUDE_CONFIG_FILE` names it.
    Named,
    /// The place on macOS.
    MacOs,
    /// The private folder of the Windows package, which the app sees before any other.
    WindowsPackage {
        /// The package family, such as `Claude_pzs8sxrjxfjjc`.
        family: String,
    },
    /// `%APPDATA%`: the older Windows installer, and what the package falls back to.
    WindowsRoaming,
    /// Under `XDG_CONFIG_HOME`.
    XdgConfigHome,
    /// Under `~/.config`.
    DotConfig,
    /// The sibling folder of third-party mode.
    ThirdParty,
    /// A running Claude was started with this `--user-data-dir`.
    UserDataDir,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named => f.write_str("CLAUDE_CONFIG_FILE names it"),
            Self::MacOs => f.write_str("Claude's folder on macOS"),
            Self::WindowsPackage { family } => write!(f, "the package {family} reads it first"),
            Self::WindowsRoaming => f.write_str("Claude's folder under APPDATA"),
            Self::XdgConfigHome => f.write_str("Claude's folder under XDG_CONFIG_HOME"),
            Self::DotConfig => f.write_str("Claude's folder under ~/.config"),
            Self::ThirdParty => f.write_str("Claude's folder in third-party mode"),
            Self::UserDataDir => f.write_str("a running Claude names its folder"),
        }
    }
}

/// A place where Claude may keep its config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The file.
    pub path: PathBuf,
    /// Why it is looked at.
    pub why: Why,
    /// Whether it is there.
    pub exists: bool,
}

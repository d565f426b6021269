//! Which `claude_desktop_config.json` Claude Desktop reads, and why.
//!
//! Pure over [`Surroundings`]. Where two files could be the one in use, none is chosen.

use crate::platform::Platform;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

const FILE_NAME: &str = "claude_desktop_config.json";

/// What the search looks at.
pub struct Surroundings<'a> {
    /// Whose rules apply.
    pub platform: Platform,
    /// An environment variable by name.
    pub env: &'a dyn Fn(&str) -> Option<OsString>,
    /// The user's home folder.
    pub home: &'a Path,
    /// The file system.
    pub disk: &'a dyn Disk,
}

/// The two questions the search asks of a file system.
pub trait Disk {
    /// Whether anything is at `path`, links followed.
    fn exists(&self, path: &Path) -> bool;
    /// The names in the folder `path`; empty if it cannot be listed.
    fn names(&self, path: &Path) -> Vec<String>;
}

/// The real file system.
pub struct FileSystem;

impl Disk for FileSystem {
    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn names(&self, path: &Path) -> Vec<String> {
        let Ok(listing) = fs_err::read_dir(path) else {
            return Vec::new();
        };
        listing
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    }
}

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

/// What the search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Located {
    /// The file that Claude reads.
    InUse {
        /// The file.
        path: PathBuf,
        /// Why this one.
        why: Why,
    },
    /// Several files could be the one: nothing is written until `CLAUDE_CONFIG_FILE` names one.
    Ambiguous {
        /// Those that exist.
        candidates: Vec<Candidate>,
    },
    /// None of the candidates exists.
    Missing {
        /// Where it was looked for, the likeliest first.
        candidates: Vec<Candidate>,
    },
}

/// Finds the config file that Claude Desktop reads.
///
/// `CLAUDE_CONFIG_FILE` wins over everything, also when that file is missing.
#[must_use]
pub fn locate(around: &Surroundings<'_>) -> Located {
    let candidates = candidates(around);
    let existing: Vec<&Candidate> = candidates.iter().filter(|found| found.exists).collect();
    match existing.as_slice() {
        [] => Located::Missing { candidates },
        [only] => Located::InUse {
            path: only.path.clone(),
            why: only.why.clone(),
        },
        [first, ..] if is_clear(around, &existing) => Located::InUse {
            path: first.path.clone(),
            why: first.why.clone(),
        },
        several => Located::Ambiguous {
            candidates: several.iter().copied().cloned().collect(),
        },
    }
}

/// Every place where the config may be, the one that Claude looks at first coming first.
fn candidates(around: &Surroundings<'_>) -> Vec<Candidate> {
    let places = match named(around) {
        Some(path) => vec![(path, Why::Named)],
        None => match around.platform {
            Platform::MacOs => vec![(
                around
                    .home
                    .join("Library")
                    .join("Application Support")
                    .join("Claude"),
                Why::MacOs,
            )],
            Platform::Windows => windows(around),
            Platform::Linux => vec![linux(around)],
        }
        .into_iter()
        .map(|(folder, why)| (folder.join(FILE_NAME), why))
        .collect(),
    };
    places
        .into_iter()
        .map(|(path, why)| Candidate {
            exists: around.disk.exists(&path),
            path,
            why,
        })
        .collect()
}

fn named(around: &Surroundings<'_>) -> Option<PathBuf> {
    let value = (around.env)("CLAUDE_CONFIG_FILE")?;
    if value.is_empty() {
        return None;
    }
    let path = PathBuf::from(value);
    match path.strip_prefix("~") {
        Ok(rest) => Some(around.home.join(rest)),
        Err(_) => Some(path),
    }
}

/// A relative `XDG_CONFIG_HOME` is ignored, as the base directory specification says.
fn linux(around: &Surroundings<'_>) -> (PathBuf, Why) {
    match (around.env)("XDG_CONFIG_HOME").map(PathBuf::from) {
        Some(base) if base.has_root() => (base.join("Claude"), Why::XdgConfigHome),
        _ => (around.home.join(".config").join("Claude"), Why::DotConfig),
    }
}

fn windows(around: &Surroundings<'_>) -> Vec<(PathBuf, Why)> {
    let packages = local_app_data(around).join("Packages");
    let mut families: Vec<String> = around
        .disk
        .names(&packages)
        .into_iter()
        .filter(|name| name.to_ascii_lowercase().starts_with("claude_"))
        .collect();
    families.sort();
    let mut places: Vec<(PathBuf, Why)> = families
        .into_iter()
        .map(|family| {
            let cache = packages.join(&family).join("LocalCache");
            (
                cache.join("Roaming").join("Claude"),
                Why::WindowsPackage { family },
            )
        })
        .collect();
    let roaming = folder(around, "APPDATA", &["AppData", "Roaming"]);
    places.push((roaming.join("Claude"), Why::WindowsRoaming));
    places
}

fn local_app_data(around: &Surroundings<'_>) -> PathBuf {
    folder(around, "LOCALAPPDATA", &["AppData", "Local"])
}

fn folder(around: &Surroundings<'_>, variable: &str, below_home: &[&str]) -> PathBuf {
    match (around.env)(variable) {
        Some(value) if !value.is_empty() => PathBuf::from(value),
        _ => below_home
            .iter()
            .fold(around.home.to_path_buf(), |path, name| path.join(name)),
    }
}

/// A package's private file hides the one under `APPDATA` from the packaged app, so the two
/// are no doubt, unless the older installer's app is there too and reads the other.
fn is_clear(around: &Surroundings<'_>, existing: &[&Candidate]) -> bool {
    let packaged = existing
        .iter()
        .filter(|found| matches!(found.why, Why::WindowsPackage { .. }))
        .count();
    packaged == 1
        && !around
            .disk
            .exists(&local_app_data(around).join("AnthropicClaude"))
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;

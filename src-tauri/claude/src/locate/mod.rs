//! Which `claude_desktop_config.json` Claude Desktop reads, and why.
//!
//! Pure over [`Surroundings`]. Where two files could be the one in use, none is chosen. What
//! runs counts more than what is installed, and that more than which files there are.

mod candidate;
mod disk;
mod evidence;
mod here;
mod located;
mod mode;
mod places;
mod running;
mod search;

pub use candidate::{Candidate, Why};
pub use disk::{Disk, FileSystem};
pub use here::{installs_here, locate_here};
pub use located::{Doubt, Located};
use places::installed;
pub use running::Instance;

use crate::platform::Platform;
use search::Search;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

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
    /// Claude's processes, of whatever profile.
    pub running: &'a [Instance],
}

/// Finds the config file that Claude Desktop reads.
///
/// `CLAUDE_CONFIG_FILE` wins over everything, also when that file is missing.
#[must_use]
pub fn locate(around: &Surroundings<'_>) -> Located {
    match around.named() {
        Some(path) => named(around, path),
        None => Search::new(around).conclude(),
    }
}

fn named(around: &Surroundings<'_>, path: PathBuf) -> Located {
    let exists = around.disk.exists(&path);
    let candidates = vec![Candidate {
        path: path.clone(),
        why: Why::Named,
        exists,
    }];
    if exists {
        return Located::InUse {
            path,
            why: Why::Named,
            candidates,
        };
    }
    let folder = path
        .parent()
        .is_some_and(|folder| around.disk.exists(folder));
    Located::Missing {
        create: folder.then_some(path),
        candidates,
    }
}

impl Surroundings<'_> {
    fn named(&self) -> Option<PathBuf> {
        let path = self.folder("CLAUDE_CONFIG_FILE")?;
        Some(match path.strip_prefix("~").map(Path::to_str) {
            Ok(Some(rest)) => self.at_home(&[rest]),
            Ok(None) | Err(_) => path,
        })
    }

    /// The path in this variable, if it has a value.
    fn folder(&self, variable: &str) -> Option<PathBuf> {
        (self.env)(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    fn at_home(&self, names: &[&str]) -> PathBuf {
        self.platform.below(self.home, names)
    }
}

#[cfg(test)]
mod tests;

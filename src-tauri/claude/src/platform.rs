//! The three platforms, as a value: decisions take it as a parameter, so that each platform's
//! rules are tested on all of them. Paths are put together and compared by its rules too, not
//! by those of the platform that the program runs on.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Where Claude Desktop runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Linux: the official package, the unofficial one, an `AppImage`.
    Linux,
    /// macOS: `Claude.app`.
    MacOs,
    /// Windows: the MSIX package or the older Squirrel installer.
    Windows,
}

impl Platform {
    /// The platform this program was built for.
    #[must_use]
    pub const fn current() -> Self {
        if cfg!(target_os = "macos") {
            Self::MacOs
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Linux
        }
    }

    /// The path of `names`, one below the other, in the folder `base`.
    #[must_use]
    pub fn below(self, base: &Path, names: &[&str]) -> PathBuf {
        let separator = if self == Self::Windows { "\\" } else { "/" };
        let mut path = base.as_os_str().to_owned();
        for name in names {
            if !path.to_string_lossy().ends_with(['/', '\\']) {
                path.push(separator);
            }
            path.push(name);
        }
        path.into()
    }

    /// Whether both name the same folder, as far as text can tell.
    #[must_use]
    pub fn same_folder(self, one: &str, other: &str) -> bool {
        self.plain(one) == self.plain(other)
    }

    fn plain(self, path: &str) -> String {
        match self {
            Self::Windows => path
                .strip_prefix(r"\\?\")
                .unwrap_or(path)
                .replace('/', "\\")
                .trim_end_matches('\\')
                .to_lowercase(),
            Self::Linux | Self::MacOs => path.trim_end_matches('/').to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_by_the_rules_of_their_platform() {
        let table = [
            (Platform::Linux, "/home/u", "/home/u/a/b"),
            (Platform::MacOs, "/Users/u/", "/Users/u/a/b"),
            (Platform::Windows, r"C:\Users\u", r"C:\Users\u\a\b"),
            (Platform::Windows, r"C:\", r"C:\a\b"),
        ];
        for (platform, base, joined) in table {
            let path = platform.below(Path::new(base), &["a", "b"]);
            assert_eq!(path.as_os_str(), joined, "{platform:?}");
        }
    }

    #[test]
    fn folders_are_compared_by_the_rules_of_their_platform() {
        let table = [
            (Platform::Linux, "/a/b/", "/a/b", true),
            (Platform::Linux, "/a/B", "/a/b", false),
            (Platform::Windows, r"C:\A\b\", "c:/a/B", true),
            (Platform::Windows, r"\\?\C:\A", r"c:\a", true),
            (Platform::Windows, r"C:\A", r"C:\A\b", false),
        ];
        for (platform, one, other, same) in table {
            assert_eq!(platform.same_folder(one, other), same, "{one} {other}");
        }
    }
}

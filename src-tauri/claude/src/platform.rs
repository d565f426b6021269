//! The three platforms, as a value: decisions take it as a parameter, so that each platform's
//! rules are tested on all of them.

use serde::{Deserialize, Serialize};

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
}

//! What the search for the config comes to.

use super::candidate::{Candidate, Why};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

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
        /// Every place that was looked at.
        candidates: Vec<Candidate>,
    },
    /// Several files could be the one: nothing is written until `CLAUDE_CONFIG_FILE` names one.
    Ambiguous {
        /// Why it cannot be told.
        doubt: Doubt,
        /// Those that it may be.
        candidates: Vec<Candidate>,
    },
    /// Claude's config is not there.
    Missing {
        /// Where Claude will look for it, if that is certain and the folder is there.
        create: Option<PathBuf>,
        /// Where it was looked for, the likeliest first.
        candidates: Vec<Candidate>,
    },
}

/// Why it cannot be told which config Claude reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Several installs, each with a config of its own, and none or all of them run.
    SeveralInstalls,
    /// The only Claude that runs was started with a `--user-data-dir` of its own.
    OtherProfile,
    /// Third-party mode has a config of its own, and nothing says whether it is on.
    ThirdParty,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SeveralInstalls => {
                "Claude Desktop is installed more than once and each reads its own"
            }
            Self::OtherProfile => {
                "the Claude Desktop that runs was started with a --user-data-dir of its own"
            }
            Self::ThirdParty => "nothing says whether Claude Desktop is in third-party mode",
        })
    }
}

impl Located {
    /// The file that Claude reads, if it is there and certain.
    #[must_use]
    pub fn in_use(&self) -> Option<&Path> {
        match self {
            Self::InUse { path, .. } => Some(path),
            Self::Ambiguous { .. } | Self::Missing { .. } => None,
        }
    }

    /// The file that may be written: the one in use, or the one that Claude will look for.
    #[must_use]
    pub fn writable(&self) -> Option<&Path> {
        match self {
            Self::InUse { path, .. } => Some(path),
            Self::Missing { create, .. } => create.as_deref(),
            Self::Ambiguous { .. } => None,
        }
    }

    /// The places that were looked at, the likeliest first.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Self::InUse { candidates, .. }
            | Self::Ambiguous { candidates, .. }
            | Self::Missing { candidates, .. } => candidates,
        }
    }

    /// Why there is no file in use, and what to do about it.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        match self {
            Self::InUse { .. } => None,
            Self::Missing { candidates, .. } => {
                let place = candidates.first().map_or_else(String::new, |candidate| {
                    format!(" at {}", candidate.path.display())
                });
                Some(format!(
                    "Claude Desktop's config was not found{place}. Install and start Claude \
                     Desktop, or set CLAUDE_CONFIG_FILE."
                ))
            }
            Self::Ambiguous { doubt, candidates } => {
                let places: Vec<_> = candidates
                    .iter()
                    .map(|candidate| candidate.path.display().to_string())
                    .collect();
                Some(format!(
                    "Several files could be Claude Desktop's config: {}; {doubt}. Set \
                     CLAUDE_CONFIG_FILE to the one it reads.",
                    places.join(", ")
                ))
            }
        }
    }
}

//! Which of Claude's processes run and which folder each names, whatever its profile.

use crate::process::{Install, Ours, Processes, Role, Seen, Verdict, identify, user_data_dir};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A process of this user's Claude Desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Where it is installed.
    pub install: Install,
    /// Which part of it this is.
    pub role: Role,
    /// Its `--user-data-dir`. Electron hands the folder in use to its helpers, so theirs tells
    /// it also where the main process was started without one.
    pub user_data_dir: Option<PathBuf>,
}

impl Instance {
    /// Every one that runs; none where processes cannot be listed.
    pub(super) fn all(env: &dyn Fn(&str) -> Option<OsString>, home: &Path) -> Vec<Self> {
        let ours = Ours::of_this_user(env, home, None);
        let mut found = Vec::new();
        if let Some(processes) = Processes::list() {
            processes.seen(|seen| found.extend(instance(seen, &ours)));
        }
        found
    }
}

/// The instance that a listed process is, if it is one of Claude's: all that counts for
/// [`identify`] counts here, the profile alone does not.
pub(super) fn instance(seen: &Seen<'_>, ours: &Ours) -> Option<Instance> {
    let of_any_profile = Seen {
        holds_profile: true,
        ..*seen
    };
    let Verdict::Claude { role, install } = identify(&of_any_profile, ours) else {
        return None;
    };
    Some(Instance {
        install,
        role,
        user_data_dir: user_data_dir(seen.argv, ours.platform).map(PathBuf::from),
    })
}

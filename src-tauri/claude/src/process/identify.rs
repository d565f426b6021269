//! Whether a process is Claude Desktop's, and which part of it.
//!
//! Pure, and strict: a path that cannot be read, another user, another session and another
//! profile are never matched. The command line tool `claude`, also the one in Claude's own
//! data folder and on Windows under the very same file name, is another program.

use super::install::Paths;
use crate::platform::Platform;
use serde::{Deserialize, Serialize};

/// A process as it was listed.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its executable's absolute path, if it can be read.
    pub exe: Option<&'a str>,
    /// Its arguments, the program's name first; empty if they cannot be read.
    pub argv: &'a [String],
    /// Its user: a number on Unix, a SID on Windows.
    pub user: Option<&'a str>,
    /// Its logon session. Windows only; elsewhere a session is a terminal's, not a user's.
    pub session: Option<u32>,
}

/// What the process must agree with.
#[derive(Clone, Debug)]
pub struct Ours {
    /// Whose rules apply.
    pub platform: Platform,
    /// The user's home folder.
    pub home: String,
    /// `%LOCALAPPDATA%`; unused elsewhere.
    pub local_app_data: String,
    /// The folder of the config in use: Claude's user data folder.
    pub profile: Option<String>,
    /// `CLAUDE_APP_PATH`, links resolved: then this executable alone is Claude.
    pub app_path: Option<String>,
    /// This user.
    pub user: Option<String>,
    /// This logon session, on Windows.
    pub session: Option<u32>,
}

/// Where Claude is installed, as far as starting it needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Install {
    /// `CLAUDE_APP_PATH` names the executable.
    Named {
        /// The executable.
        executable: String,
    },
    /// A macOS app bundle.
    MacApp {
        /// The folder `Claude.app`.
        bundle: String,
    },
    /// The Windows package.
    WindowsPackage {
        /// Its family, such as `Claude_pzs8sxrjxfjjc`.
        family: String,
    },
    /// The older Windows installer.
    WindowsSquirrel {
        /// The program that starts the newest version.
        stub: String,
    },
    /// A Linux package.
    LinuxPackage {
        /// Its command under `/usr/bin`.
        command: String,
    },
    /// A mounted `AppImage`: its path is gone once it has quit.
    LinuxAppImage,
}

/// Which part of Claude a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The one to ask to quit.
    Main,
    /// Renderer, GPU process and their like; also a process of Claude's executable whose
    /// arguments cannot be read. Waited for, never signalled.
    Helper,
}

/// Whether a process is Claude Desktop's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Claude {
        /// Which part.
        role: Role,
        /// Of which install.
        install: Install,
    },
    /// It is not, or it is not proven.
    Not(WhyNot),
}

/// Why a process is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Its executable's path cannot be read.
    PathUnreadable,
    /// Its executable is none of Claude Desktop's.
    OtherProgram,
    /// It belongs to somebody else, or its owner cannot be read.
    OtherUser,
    /// It runs in another logon session.
    OtherSession,
    /// It runs with another `--user-data-dir`.
    OtherProfile,
}

/// Decides about one process.
#[must_use]
pub fn identify(seen: &Seen<'_>, ours: &Ours) -> Verdict {
    let Some(exe) = seen.exe.filter(|path| !path.is_empty()) else {
        return Verdict::Not(WhyNot::PathUnreadable);
    };
    // Linux marks an executable that was replaced by an update.
    let exe = exe.strip_suffix(" (deleted)").unwrap_or(exe);
    let Some((install, part)) = Paths::new(ours).install(exe, seen.argv) else {
        return Verdict::Not(WhyNot::OtherProgram);
    };
    if ours.user.is_none() || seen.user != ours.user.as_deref() {
        return Verdict::Not(WhyNot::OtherUser);
    }
    if ours.platform == Platform::Windows && seen.session != ours.session {
        return Verdict::Not(WhyNot::OtherSession);
    }
    if !same_profile(seen.argv, ours) {
        return Verdict::Not(WhyNot::OtherProfile);
    }
    let helps = seen.argv.is_empty() || seen.argv.iter().any(|word| word.starts_with("--type="));
    let role = if helps { Role::Helper } else { part };
    Verdict::Claude { role, install }
}

/// Chromium takes the switch in this form only.
fn same_profile(argv: &[String], ours: &Ours) -> bool {
    let named = argv
        .iter()
        .find_map(|word| word.strip_prefix("--user-data-dir="));
    match (named, &ours.profile) {
        (None, _) => true,
        (Some(named), Some(profile)) => same_folder(named, profile, ours.platform),
        (Some(_), None) => false,
    }
}

fn same_folder(one: &str, other: &str, platform: Platform) -> bool {
    let plain = |path: &str| match platform {
        Platform::Windows => path
            .replace('/', "\\")
            .trim_end_matches('\\')
            .to_lowercase(),
        Platform::Linux | Platform::MacOs => path.trim_end_matches('/').to_owned(),
    };
    plain(one) == plain(other)
}

#[cfg(test)]
#[path = "identify_tests.rs"]
mod tests;

//! Whether a process is Claude Desktop's, and which part of it.
//!
//! Pure, and strict: a path that cannot be read, another user, another session and another
//! profile are never matched. The command line tool `claude`, also the one in Claude's own
//! data folder and on Windows under the very same file name, is another program. Only a process
//! that is proven to be a main process is ever signalled; what may be Claude's is waited for.

use super::paths::{Part, Paths, Place};
use super::profile::{is_helper, same_profile};
use crate::platform::Platform;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A process as it was listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    /// Its executable's absolute path, if it can be read.
    pub exe: Option<&'a str>,
    /// Its arguments, the program's name first; empty if they cannot be read.
    pub argv: &'a [String],
    /// Its user: a number on Unix, a SID on Windows.
    pub user: Option<&'a str>,
    /// Its logon session. Windows only; elsewhere a session is a terminal's, not a user's.
    pub session: Option<u32>,
    /// Who started it, unless that process is gone.
    pub parent: Option<Parent<'a>>,
    /// Whether the lock of the profile in use names it.
    pub holds_profile: bool,
}

/// The process that started another.
#[derive(Clone, Copy, Debug)]
pub struct Parent<'a> {
    /// Its executable's absolute path, if it can be read.
    pub exe: Option<&'a str>,
    /// Its arguments, the program's name first.
    pub argv: &'a [String],
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
    /// The folders in which the lock of that profile can be.
    pub lock_folders: Vec<PathBuf>,
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
    /// Renderer, GPU process and their like, and programs of the install that Claude started;
    /// also a process of Claude's executable whose arguments cannot be read. Waited for, never
    /// asked to quit.
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
    /// A program of the install that Claude does not run, or no longer: its service, the
    /// messaging host of a browser, what outlived Claude.
    NotRunByClaude,
}

/// Decides about one process.
#[must_use]
pub fn identify(seen: &Seen<'_>, ours: &Ours) -> Verdict {
    let Some(exe) = seen.exe.and_then(executable) else {
        return Verdict::Not(WhyNot::PathUnreadable);
    };
    let paths = Paths::new(ours);
    let above = above(seen, &paths);
    let Some(place) = paths
        .place(exe, seen.argv)
        .or_else(|| of_the_same_executable(exe, seen, above.as_ref()))
    else {
        return Verdict::Not(WhyNot::OtherProgram);
    };
    if ours.user.is_none() || seen.user != ours.user.as_deref() {
        return Verdict::Not(WhyNot::OtherUser);
    }
    if ours.platform == Platform::Windows && seen.session != ours.session {
        return Verdict::Not(WhyNot::OtherSession);
    }
    if !same_profile(seen, ours, above.is_some()) {
        return Verdict::Not(WhyNot::OtherProfile);
    }
    match role(seen, ours, &place, above.as_ref()) {
        Some(role) => Verdict::Claude {
            role,
            install: place.install,
        },
        None => Verdict::Not(WhyNot::NotRunByClaude),
    }
}

/// Linux marks an executable that was replaced by an update.
fn executable(path: &str) -> Option<&str> {
    let path = path.strip_suffix(" (deleted)").unwrap_or(path);
    (!path.is_empty()).then_some(path)
}

fn above(seen: &Seen<'_>, paths: &Paths<'_>) -> Option<Place> {
    let parent = seen.parent?;
    paths.place(executable(parent.exe?)?, parent.argv)
}

/// A helper of a shared Electron need not name the archive: it is what its parent is.
fn of_the_same_executable(exe: &str, seen: &Seen<'_>, above: Option<&Place>) -> Option<Place> {
    let parent = executable(seen.parent?.exe?)?;
    above.filter(|_| parent == exe).cloned()
}

fn role(seen: &Seen<'_>, ours: &Ours, place: &Place, above: Option<&Place>) -> Option<Role> {
    let above = above.filter(|above| above.install == place.install);
    let helps = seen.argv.is_empty() || is_helper(seen.argv, ours.platform);
    match place.part {
        Part::Inside => above.map(|_| Role::Helper),
        Part::Helper => Some(Role::Helper),
        Part::Main if helps => Some(Role::Helper),
        // Claude runs servers and tools by its own executable, as a bare Node.
        Part::Main if above.is_some_and(|above| above.part == Part::Main) => Some(Role::Helper),
        Part::Main => Some(Role::Main),
    }
}

#[cfg(test)]
#[path = "identify_tests/mod.rs"]
mod tests;

//! Claude Desktop of this user, as one thing that runs.

use super::identify::Ours;
use super::list::Processes;
use super::lock::ProfileLock;
use super::lock_folders::UserData;
use super::outcome::Running;
use super::profile::is_default;
use crate::locate::{Disk, FileSystem};
use crate::package;
use crate::platform::Platform;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Claude Desktop of this user.
#[derive(Clone, Debug)]
pub struct Claude {
    pub(super) ours: Ours,
}

impl Claude {
    /// Claude of the user with this `home`; `config` is the config file in use, whose folder is
    /// its profile. Reads `CLAUDE_APP_PATH`, `APPDATA` and `LOCALAPPDATA` from `env`.
    pub fn new(env: &dyn Fn(&str) -> Option<OsString>, home: &Path, config: Option<&Path>) -> Self {
        let profile = config.and_then(profile_of);
        Self {
            ours: Ours::of_this_user(env, home, profile.as_deref()),
        }
    }

    /// Its profile: the folder where it keeps its config.
    #[must_use]
    pub fn profile(&self) -> Option<&Path> {
        self.ours.profile.as_deref().map(Path::new)
    }

    /// The folders in which the lock of its profile can be; the profile is the first.
    pub(crate) fn lock_folders(&self) -> &[PathBuf] {
        &self.ours.lock_folders
    }

    /// Which of its processes run now.
    ///
    /// A list takes its time: a process that starts another and ends meanwhile can be missed
    /// together with it, as in an update. So that nothing runs is believed when a second list
    /// says so too.
    #[must_use]
    pub fn running(&self) -> Running {
        match self.listed() {
            Running::No => self.listed(),
            running => running,
        }
    }

    fn listed(&self) -> Running {
        match Processes::list() {
            None => Running::Unknown,
            Some(list) => list.parts(&self.ours).map_or(Running::No, Running::Yes),
        }
    }

    /// Who holds its profile; free if the processes cannot be listed.
    #[must_use]
    pub fn lock(&self) -> ProfileLock {
        Processes::list().map_or(ProfileLock::Free, |list| list.lock(&self.ours))
    }
}

impl Ours {
    /// What this user's processes must agree with, for the profile in the folder `profile`.
    pub(crate) fn of_this_user(
        env: &dyn Fn(&str) -> Option<OsString>,
        home: &Path,
        profile: Option<&Path>,
    ) -> Self {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let (user, session) = Processes::list().map_or((None, None), |list| list.own());
        let platform = Platform::current();
        let data = home.join("AppData");
        let local = env("LOCALAPPDATA").map_or_else(|| data.join("Local"), PathBuf::from);
        let roaming = env("APPDATA").map_or_else(|| data.join("Roaming"), PathBuf::from);
        let app_path = env("CLAUDE_APP_PATH")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from);
        Self {
            platform,
            home: text(home),
            local_app_data: text(&local),
            profile: profile.map(text),
            lock_folders: profile
                .map_or_else(Vec::new, |profile| lock_folders(profile, &roaming, &local)),
            app_path: app_path.map(|path| text(&executable(path, platform))),
            user,
            session,
        }
    }
}

/// The folders in which the lock of `profile` can be, with the packages that this user has.
fn lock_folders(profile: &Path, roaming: &Path, local: &Path) -> Vec<PathBuf> {
    let platform = Platform::current();
    let mut packages = match platform {
        Platform::Windows => FileSystem.names(&package::families(local)),
        Platform::Linux | Platform::MacOs => Vec::new(),
    };
    packages.retain(|family| package::named(family).is_some());
    let user = UserData {
        platform,
        roaming,
        local,
        packages: &packages,
    };
    user.lock_folders(profile)
}

/// The folder of the config, as Claude names it: behind a link, if that alone leads to a folder
/// that a Claude without arguments uses.
fn profile_of(config: &Path) -> Option<PathBuf> {
    let named = config.parent()?;
    let is_usual = |folder: &Path| is_default(&folder.to_string_lossy(), Platform::current());
    let behind = fs_err::canonicalize(config).ok();
    let behind = behind.as_deref().and_then(Path::parent);
    let folder = behind.filter(|behind| is_usual(behind) && !is_usual(named));
    Some(folder.unwrap_or(named).to_path_buf())
}

/// The executable that `CLAUDE_APP_PATH` means: itself, or the one in the bundle, links resolved
/// as a process list shows them.
fn executable(path: PathBuf, platform: Platform) -> PathBuf {
    let bundled = platform == Platform::MacOs && path.extension().is_some_and(|end| end == "app");
    let path = if bundled {
        path.join("Contents").join("MacOS").join("Claude")
    } else {
        path
    };
    fs_err::canonicalize(&path).unwrap_or(path)
}

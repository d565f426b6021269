//! The folders Zoomtray keeps its files in, as a pure function of its surroundings.
//!
//! Every process of a user must come to the same folders, or there would be two keepers.
//! What Claude starts gets almost no environment, so only `ZOOMTRAY_HOME` is read from it
//! (the relay is given the same folder as an argument); `HOME` and the `XDG_` variables
//! are not.

use crate::private::{PrivateError, private_folder};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The longest path a socket may have, in bytes. Unix limits it to 104 (macOS) or 108.
pub const SOCKET_PATH_LIMIT: usize = 100;

/// The variable that puts everything under one folder.
const HOME_VARIABLE: &str = "ZOOMTRAY_HOME";
/// Hexadecimal digits of a home's hash: enough to tell one user's homes apart, short
/// enough for the name of a keychain item.
const TAG_DIGITS: usize = 12;

/// The systems whose rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux and other systems that follow freedesktop.org.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl Platform {
    /// The system this program was built for.
    #[must_use]
    pub const fn current() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }
}

/// All that decides which folders are used.
pub struct Surroundings<'a> {
    /// Whose rules apply.
    pub platform: Platform,
    /// Looks an environment variable up.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
    /// The user's home: from the password database, or the Windows profile.
    pub home: Option<PathBuf>,
    /// The user's number; 0 on Windows, where it is not used.
    pub user: u32,
    /// Windows: the known folder `RoamingAppData`.
    pub roaming: Option<PathBuf>,
    /// Windows: the known folder `LocalAppData`.
    pub local: Option<PathBuf>,
    /// Whether a folder exists and belongs to the user.
    pub is_ours: &'a dyn Fn(&Path) -> bool,
}

/// The folders of one user, or of one `ZOOMTRAY_HOME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// `settings.json` and the policy.
    pub config: PathBuf,
    /// Accounts, journal, backups, the file vault.
    pub data: PathBuf,
    /// Locks and the control socket.
    pub run: PathBuf,
    /// Logs.
    pub logs: PathBuf,
    /// A short hash of `ZOOMTRAY_HOME`, which keeps keychain items, autostart entries and
    /// pipes of several homes apart. `None` without one.
    pub home_tag: Option<String>,
}

/// Why the folders cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FoldersError {
    /// The system names no home for this user.
    #[error("this user has no home folder; set {HOME_VARIABLE} to a folder to use instead")]
    NoHome,
    /// The home was not an absolute path.
    #[error("{HOME_VARIABLE} is `{}`, a relative path; give an absolute one", .0.display())]
    RelativeHome(PathBuf),
    /// The socket's path would be cut off by the system.
    #[error(
        "the path of the control socket, `{}`, has {} bytes, and more than {SOCKET_PATH_LIMIT} \
         do not work everywhere; set {HOME_VARIABLE} to a shorter path",
        path.display(), path.as_os_str().len()
    )]
    SocketPath {
        /// What was asked for.
        path: PathBuf,
    },
    /// A folder could not be made, or is open to others.
    #[error(transparent)]
    Private(#[from] PrivateError),
}

impl Folders {
    /// The folders that `surroundings` lead to. Nothing is created.
    pub fn find(surroundings: &Surroundings<'_>) -> Result<Self, FoldersError> {
        match (surroundings.variable)(HOME_VARIABLE) {
            Some(home) if !home.is_empty() => Self::under(Path::new(&home)),
            _ => match surroundings.platform {
                Platform::Linux => Self::on_linux(surroundings),
                Platform::MacOs => Self::on_macos(surroundings),
                Platform::Windows => Self::on_windows(surroundings),
            },
        }
    }

    /// The folders of `ZOOMTRAY_HOME=home`, as the relay's `--home` gives them too.
    pub fn under(home: &Path) -> Result<Self, FoldersError> {
        if !home.is_absolute() {
            return Err(FoldersError::RelativeHome(home.to_owned()));
        }
        // Drops a trailing separator and `.`, so that one folder has one tag.
        let home: PathBuf = home.components().collect();
        Ok(Self {
            config: home.join("config"),
            data: home.join("data"),
            run: home.join("run"),
            logs: home.join("logs"),
            home_tag: Some(tag(&home)),
        })
    }

    /// The control socket's path in the run folder. Windows uses a pipe instead.
    pub fn socket(&self) -> Result<PathBuf, FoldersError> {
        let path = self.run.join("control.sock");
        if path.as_os_str().len() > SOCKET_PATH_LIMIT {
            return Err(FoldersError::SocketPath { path });
        }
        Ok(path)
    }

    /// Makes the four folders where they are missing and checks that they are only ours.
    pub fn create(&self) -> Result<(), FoldersError> {
        for folder in [&self.config, &self.data, &self.run, &self.logs] {
            private_folder(folder)?;
        }
        Ok(())
    }

    fn on_linux(surroundings: &Surroundings<'_>) -> Result<Self, FoldersError> {
        let home = surroundings.home.as_deref().ok_or(FoldersError::NoHome)?;
        let state = home.join(".local/state/zoomtray");
        let session = PathBuf::from(format!("/run/user/{}", surroundings.user));
        let run = if (surroundings.is_ours)(&session) {
            session.join("zoomtray")
        } else {
            state.join("run")
        };
        Ok(Self {
            config: home.join(".config/zoomtray"),
            data: home.join(".local/share/zoomtray"),
            run,
            logs: state.join("logs"),
            home_tag: None,
        })
    }

    fn on_macos(surroundings: &Surroundings<'_>) -> Result<Self, FoldersError> {
        let library = surroundings
            .home
            .as_ref()
            .ok_or(FoldersError::NoHome)?
            .join("Library");
        let support = library.join("Application Support/Zoomtray");
        Ok(Self {
            config: support.join("config"),
            data: support.join("data"),
            run: support.join("run"),
            logs: library.join("Logs/Zoomtray"),
            home_tag: None,
        })
    }

    fn on_windows(surroundings: &Surroundings<'_>) -> Result<Self, FoldersError> {
        let roaming = surroundings
            .roaming
            .as_ref()
            .ok_or(FoldersError::NoHome)?
            .join("Zoomtray");
        let local = surroundings
            .local
            .as_ref()
            .ok_or(FoldersError::NoHome)?
            .join("Zoomtray");
        Ok(Self {
            config: roaming,
            data: local.join("data"),
            run: local.join("run"),
            logs: local.join("logs"),
            home_tag: None,
        })
    }
}

/// The first digits of the path's SHA-256.
fn tag(home: &Path) -> String {
    let digest = Sha256::digest(home.to_string_lossy().as_bytes());
    let mut digits = format!("{digest:x}");
    digits.truncate(TAG_DIGITS);
    digits
}

#[cfg(test)]
mod tests;

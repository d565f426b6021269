//! Where Claude Desktop's executables stand on each platform. Pure, over text: a path of any
//! platform is taken apart on every platform.

mod linux;
mod macos;
mod windows;

use super::identify::{Install, Ours};
use crate::platform::Platform;

/// What an executable is to Claude, by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The install that it belongs to.
    pub install: Install,
    /// What it is in it.
    pub part: Part,
}

/// What an executable is in an install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The main process's, and with `--type=` most helpers'.
    Main,
    /// A helper's own, or the stub that starts the newest version.
    Helper,
    /// Any other program in the install's folder: Claude's only while Claude is its parent.
    Inside,
}

/// The rules for paths of one platform and user.
pub(super) struct Paths<'o> {
    ours: &'o Ours,
}

impl<'o> Paths<'o> {
    /// The rules for `ours`.
    pub fn new(ours: &'o Ours) -> Self {
        Self { ours }
    }

    /// What `exe`, started with `argv`, is. The command line tool `claude` is nothing, wherever
    /// it stands.
    pub fn place(&self, exe: &str, argv: &[String]) -> Option<Place> {
        if let Some(named) = &self.ours.app_path {
            return self.named(exe, named);
        }
        match self.ours.platform {
            Platform::MacOs => macos::place(exe, &self.ours.home),
            Platform::Windows => windows::place(exe, &self.ours.local_app_data),
            Platform::Linux => linux::place(exe, argv),
        }
    }

    /// The one executable that `CLAUDE_APP_PATH` names, with its bundle on macOS; of an
    /// `AppImage` what runs is in its mount.
    fn named(&self, exe: &str, named: &str) -> Option<Place> {
        let platform = self.ours.platform;
        let install = Install::Named {
            executable: named.to_owned(),
        };
        match platform {
            Platform::MacOs => macos::named(exe, named, install),
            Platform::Linux if is_app_image(named) => linux::image(exe, named),
            Platform::Linux | Platform::Windows => {
                platform.same_folder(exe, named).then_some(Place {
                    install,
                    part: Part::Main,
                })
            }
        }
    }
}

/// Whether the path is that of an `AppImage` file.
pub(super) fn is_app_image(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".appimage")
}

//! The folders in which Claude keeps its user data, and what is installed, by platform. Pure.
//!
//! Each [`Profile`] belongs to one thing that reads it: on Windows the package and the older
//! installer read different files although both ask for the same one.

use super::Surroundings;
use super::candidate::Why;
use crate::package;
use crate::platform::Platform;
use crate::process::Install;
use std::path::PathBuf;

/// The name of the config in its folder.
const FILE_NAME: &str = "claude_desktop_config.json";

/// A folder that may hold the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder.
    pub(super) folder: PathBuf,
    /// Why it is looked at.
    pub(super) why: Why,
}

/// Where one install of Claude keeps its user data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Profile {
    /// The install, where it decides about the folder.
    pub(super) install: Option<Install>,
    /// The usual folders; the first one whose config exists is read. A new one is made in the
    /// first.
    pub(super) usual: Vec<Place>,
    /// The folder of third-party mode.
    pub(super) third_party: Place,
}

impl Place {
    /// The config in it.
    pub(super) fn file(&self, around: &Surroundings<'_>) -> PathBuf {
        around.platform.below(&self.folder, &[FILE_NAME])
    }
}

impl Profile {
    /// All its folders.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Place> {
        self.usual.iter().chain([&self.third_party])
    }
}

/// Every install's profile. At least one, of an install that is not known if there is none.
pub(super) fn profiles(around: &Surroundings<'_>) -> Vec<Profile> {
    match around.platform {
        Platform::MacOs => vec![mac(around)],
        Platform::Linux => linux(around),
        Platform::Windows => windows(around),
    }
}

fn mac(around: &Surroundings<'_>) -> Profile {
    let support = around.at_home(&["Library", "Application Support"]);
    sole(around, &support, Why::MacOs)
}

/// The folder `Claude` below `base`, with its sibling.
fn sole(around: &Surroundings<'_>, base: &std::path::Path, why: Why) -> Profile {
    Profile {
        install: None,
        usual: vec![Place {
            folder: around.platform.below(base, &["Claude"]),
            why,
        }],
        third_party: Place {
            folder: around.platform.below(base, &["Claude-3p"]),
            why: Why::ThirdParty,
        },
    }
}

/// Official and unofficial packages share one folder, so only one of them can run. A relative
/// `XDG_CONFIG_HOME` is ignored, as the base directory specification says.
fn linux(around: &Surroundings<'_>) -> Vec<Profile> {
    let dotted = sole(around, &around.at_home(&[".config"]), Why::DotConfig);
    let moved = around
        .folder("XDG_CONFIG_HOME")
        .filter(|base| base.has_root())
        .map(|base| sole(around, &base, Why::XdgConfigHome))
        .filter(|moved| moved.usual[0].folder != dotted.usual[0].folder);
    moved.into_iter().chain([dotted]).collect()
}

fn windows(around: &Surroundings<'_>) -> Vec<Profile> {
    let platform = around.platform;
    let roaming = around
        .folder("APPDATA")
        .unwrap_or_else(|| around.at_home(&["AppData", "Roaming"]));
    let real = Place {
        folder: platform.below(&roaming, &["Claude"]),
        why: Why::WindowsRoaming,
    };
    let profile = |install: Option<Install>, usual: Vec<Place>| Profile {
        install,
        usual,
        third_party: Place {
            folder: platform.below(&local_app_data(around), &["Claude-3p"]),
            why: Why::ThirdParty,
        },
    };
    let installs = installed(around);
    let mut profiles: Vec<Profile> = installs
        .iter()
        .filter_map(|install| match install {
            Install::WindowsPackage { family } => {
                let own = private(around, family);
                Some(profile(Some(install.clone()), vec![own, real.clone()]))
            }
            Install::WindowsSquirrel { .. } => {
                Some(profile(Some(install.clone()), vec![real.clone()]))
            }
            _ => None,
        })
        .collect();
    if profiles.is_empty() {
        profiles.push(profile(None, vec![real]));
    }
    profiles
}

/// Files that the package makes go here, and what is here hides the real folder from it. A real
/// file that was there first is written where it is, as long as there is none here.
fn private(around: &Surroundings<'_>, family: &str) -> Place {
    Place {
        folder: package::private(&local_app_data(around), family, "Roaming", "Claude"),
        why: Why::WindowsPackage {
            family: family.to_owned(),
        },
    }
}

fn local_app_data(around: &Surroundings<'_>) -> PathBuf {
    around
        .folder("LOCALAPPDATA")
        .unwrap_or_else(|| around.at_home(&["AppData", "Local"]))
}

/// Every Claude Desktop that is installed where one is known to be.
pub(super) fn installed(around: &Surroundings<'_>) -> Vec<Install> {
    match around.platform {
        Platform::MacOs => mac_installs(around),
        Platform::Linux => linux_installs(around),
        Platform::Windows => windows_installs(around),
    }
}

fn mac_installs(around: &Surroundings<'_>) -> Vec<Install> {
    [
        PathBuf::from("/Applications"),
        around.at_home(&["Applications"]),
    ]
    .iter()
    .map(|folder| around.platform.below(folder, &["Claude.app"]))
    .filter(|bundle| around.disk.exists(bundle))
    .map(|bundle| Install::MacApp {
        bundle: bundle.to_string_lossy().into_owned(),
    })
    .collect()
}

fn linux_installs(around: &Surroundings<'_>) -> Vec<Install> {
    ["claude-desktop", "claude-desktop-unofficial"]
        .into_iter()
        .filter(|name| {
            let library = PathBuf::from(format!("/usr/lib/{name}"));
            around.disk.exists(&library)
        })
        .map(|name| Install::LinuxPackage {
            command: format!("/usr/bin/{name}"),
        })
        .collect()
}

/// A package that has never been run is left out if another one has been. The older installer
/// leaves its folder behind when it is removed, but not the program in it.
fn windows_installs(around: &Surroundings<'_>) -> Vec<Install> {
    let local = local_app_data(around);
    let mut families = around.disk.names(&package::families(&local));
    families.retain(|name| package::named(name).is_some());
    families.sort();
    let has_run = |family: &String| around.disk.exists(&private(around, family).folder);
    if families.iter().any(has_run) {
        families.retain(has_run);
    }
    let stub = around
        .platform
        .below(&local, &["AnthropicClaude", "claude.exe"]);
    let squirrel = around.disk.exists(&stub).then(|| Install::WindowsSquirrel {
        stub: stub.to_string_lossy().into_owned(),
    });
    families
        .into_iter()
        .map(|family| Install::WindowsPackage { family })
        .chain(squirrel)
        .collect()
}

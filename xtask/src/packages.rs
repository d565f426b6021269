//! The system packages that building and testing need, and which of them are missing.

use std::collections::BTreeSet;
use std::process::Command;

/// Libraries the app is linked with, and what links it (Debian's names).
const BUILD: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libdbus-1-dev",
    "build-essential",
    "pkg-config",
];

/// Programs that make the private desktop of tests and demo (Debian's names).
const DESKTOP: &[&str] = &[
    "xvfb",
    "xauth",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "dunst",
    "xfce4-panel",
    "xfconf",
    "webkit2gtk-driver",
    "imagemagick",
    "x11-utils",
    "adwaita-icon-theme",
    "fonts-dejavu-core",
    "libglib2.0-bin",
];

/// What the clients that others wrote need beside Node (Debian's names).
const CLIENTS: &[&str] = &["python3-venv"];

/// Room that all of them take on a slim Debian 12, rounded up.
pub const MEGABYTES: u32 = 900;

/// Which packages are not installed.
#[derive(Debug, PartialEq, Eq)]
pub enum Missing {
    /// None, or nobody here could say.
    Nothing,
    /// These Debian packages.
    Packages(Vec<&'static str>),
    /// A system without `apt`: what is to be installed, in words.
    ByHand(String),
}

/// Looks at this system.
pub fn missing() -> Missing {
    match std::env::consts::OS {
        "linux" => missing_on_linux(),
        "macos" => missing_on_macos(),
        _ => Missing::Nothing,
    }
}

fn missing_on_linux() -> Missing {
    let query = Command::new("dpkg-query")
        .args(["-W", "-f=${Package} ${Status}\n"])
        .output();
    match query {
        Ok(answer) => not_in(&installed(&String::from_utf8_lossy(&answer.stdout))),
        Err(_) if has_library("webkit2gtk-4.1") && has_program("Xvfb") => Missing::Nothing,
        Err(_) => Missing::ByHand(format!(
            "This system has no apt. Install what these Debian packages have, then run this \
             again:\n  {}\n  {}\n  {}",
            BUILD.join(" "),
            DESKTOP.join(" "),
            CLIENTS.join(" ")
        )),
    }
}

fn missing_on_macos() -> Missing {
    let tools = Command::new("xcode-select").arg("-p").output();
    if tools.is_ok_and(|answer| answer.status.success()) {
        return Missing::Nothing;
    }
    Missing::ByHand("Install Apple's command line tools: xcode-select --install".to_owned())
}

fn has_library(name: &str) -> bool {
    Command::new("pkg-config")
        .args(["--exists", name])
        .status()
        .is_ok_and(|it| it.success())
}

fn has_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Names of the installed packages in `dpkg-query`'s answer. One that was removed but for
/// its settings is still listed there.
fn installed(answer: &str) -> BTreeSet<&str> {
    let lines = answer.lines().filter_map(|line| line.split_once(' '));
    lines
        .filter(|(_, status)| status.ends_with(" ok installed"))
        .map(|(name, _)| name)
        .collect()
}

fn not_in(installed: &BTreeSet<&str>) -> Missing {
    let wanted = BUILD.iter().chain(DESKTOP).chain(CLIENTS).copied();
    let packages: Vec<_> = wanted.filter(|name| !installed.contains(name)).collect();
    if packages.is_empty() {
        Missing::Nothing
    } else {
        Missing::Packages(packages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wholly_installed_counts() {
        let answer = "xvfb install ok installed\ndunst deinstall ok config-files\n";
        let Missing::Packages(packages) = not_in(&installed(answer)) else {
            panic!("none")
        };
        assert!(packages.contains(&"dunst") && !packages.contains(&"xvfb"));
        assert!(packages.contains(&"libwebkit2gtk-4.1-dev"));
    }

    #[test]
    fn a_prepared_system_lacks_nothing() {
        let all = BUILD.iter().chain(DESKTOP).chain(CLIENTS);
        let all: BTreeSet<_> = all.copied().collect();
        assert_eq!(not_in(&all), Missing::Nothing);
    }
}

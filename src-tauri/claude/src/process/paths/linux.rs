//! Linux: the packages, a shared Electron that was given a package's archive, an `AppImage`.

use super::{Part, Place};
use crate::process::identify::Install;

/// The official package and the unofficial one; both names also name the executable.
const PACKAGES: [&str; 2] = ["claude-desktop", "claude-desktop-unofficial"];

/// Electron as npm installs it.
const ELECTRON: &str = "node_modules/electron/dist/electron";

/// The mounts of an `AppImage` that kept its name.
const MOUNT: &str = "claude";

/// What `exe` is.
pub(super) fn place(exe: &str, argv: &[String]) -> Option<Place> {
    package(exe, argv)
        .or_else(|| shared_electron(exe, argv))
        .or_else(|| mounted(exe, MOUNT))
}

/// What `exe` is to the `AppImage` at `file`. Its mount begins with six letters of its name.
pub(super) fn image(exe: &str, file: &str) -> Option<Place> {
    let name: String = file_name(file).chars().take(6).collect();
    mounted(exe, &name.to_ascii_lowercase())
}

fn package(exe: &str, argv: &[String]) -> Option<Place> {
    let (package, inside) = in_package(exe)?;
    let electron = inside.ends_with(ELECTRON) && (names_archive(argv) || is_helper(argv));
    let part = if PACKAGES.contains(&inside) || electron {
        Part::Main
    } else if is_tool(exe) {
        return None;
    } else {
        Part::Inside
    };
    let install = install(package);
    Some(Place { install, part })
}

/// An Electron that other programs use too: Claude's by the archive that it was given.
fn shared_electron(exe: &str, argv: &[String]) -> Option<Place> {
    let system = exe.starts_with("/usr/lib/electron") && file_name(exe) == "electron";
    if !system && !exe.ends_with(&format!("/{ELECTRON}")) {
        return None;
    }
    let (package, _) = archive(argv)?;
    Some(Place {
        install: install(package),
        part: Part::Main,
    })
}

fn mounted(exe: &str, prefix: &str) -> Option<Place> {
    let mounted = exe.strip_prefix("/tmp/.mount_")?;
    let (mount, inside) = mounted.split_once('/')?;
    if prefix.is_empty() || !mount.to_ascii_lowercase().starts_with(prefix) || is_tool(inside) {
        return None;
    }
    let file = file_name(inside);
    let main = PACKAGES.contains(&file) || file == "electron";
    Some(Place {
        install: Install::LinuxAppImage,
        part: if main { Part::Main } else { Part::Inside },
    })
}

/// The package that the path is in, and the path within it.
fn in_package(path: &str) -> Option<(&'static str, &str)> {
    PACKAGES.into_iter().find_map(|package| {
        let inside = path.strip_prefix("/usr/lib/")?.strip_prefix(package)?;
        Some((package, inside.strip_prefix('/')?))
    })
}

/// The package whose archive these arguments name: as the program to run, or, in a helper, as
/// the app's path.
fn archive(argv: &[String]) -> Option<(&'static str, &str)> {
    let words = argv.iter().skip(1);
    let mut paths = words.map(|word| word.strip_prefix("--app-path=").unwrap_or(word));
    paths.find_map(|path| in_package(path).filter(|(_, inside)| inside.ends_with("app.asar")))
}

fn names_archive(argv: &[String]) -> bool {
    argv.iter().any(|word| word.ends_with("app.asar"))
}

fn is_helper(argv: &[String]) -> bool {
    argv.iter().any(|word| word.starts_with("--type="))
}

fn install(package: &str) -> Install {
    Install::LinuxPackage {
        command: format!("/usr/bin/{package}"),
    }
}

/// The command line tool, in whichever folder.
fn is_tool(path: &str) -> bool {
    file_name(path) == "claude"
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

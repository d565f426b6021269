//! Windows: the package of the store, and the older installer in the user's folder.

use super::{Part, Place};
use crate::package;
use crate::process::identify::Install;

/// The length of a publisher's hash, which ends a package's name.
const PUBLISHER: usize = 13;

/// What `exe` is, for the user with this `%LOCALAPPDATA%`.
pub(super) fn place(exe: &str, local_app_data: &str) -> Option<Place> {
    let exe = exe.strip_prefix(r"\\?\").unwrap_or(exe).replace('/', "\\");
    package(&exe).or_else(|| squirrel(&exe, local_app_data))
}

/// `…\WindowsApps\Claude_1.2.3.0_x64__pzs8sxrjxfjjc\app\Claude.exe`; an update moves what still
/// runs to `…\WindowsApps\Deleted\…`, with letters after the name.
fn package(exe: &str) -> Option<Place> {
    let names: Vec<&str> = exe.split('\\').collect();
    let store = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case("WindowsApps"))?;
    let inside = match names.get(store + 1..)? {
        [deleted, inside @ ..] if deleted.eq_ignore_ascii_case("Deleted") => inside,
        inside => inside,
    };
    let [package, app, file @ ..] = inside else {
        return None;
    };
    let family = family(package).filter(|_| app.eq_ignore_ascii_case("app"))?;
    Some(Place {
        install: Install::WindowsPackage { family },
        part: part(file)?,
    })
}

/// The family of the package in a folder of this name.
fn family(folder: &str) -> Option<String> {
    let (name, rest) = package::named(folder)?;
    let publisher = rest.rsplit_once("__")?.1.get(..PUBLISHER)?;
    Some(format!("{name}_{}", publisher.to_ascii_lowercase()))
}

/// `%LOCALAPPDATA%\AnthropicClaude\app-1.2.3\claude.exe`, and the stub beside `app-…`.
fn squirrel(exe: &str, local_app_data: &str) -> Option<Place> {
    let folder = format!("{}\\AnthropicClaude", local_app_data.trim_end_matches('\\'));
    let lower = exe.to_lowercase();
    let inside = lower
        .strip_prefix(&folder.to_lowercase())?
        .strip_prefix('\\')?;
    let part = match inside.split('\\').collect::<Vec<_>>().as_slice() {
        ["claude.exe"] => Part::Helper,
        [version, file @ ..] if version.starts_with("app-") => part(file)?,
        _ => return None,
    };
    let stub = format!("{folder}\\claude.exe");
    Some(Place {
        install: Install::WindowsSquirrel { stub },
        part,
    })
}

/// Below the folder of a version: `claude.exe` itself is the app, one in a folder further down
/// is the command line tool.
fn part(file: &[&str]) -> Option<Part> {
    match file {
        [] => None,
        [name] if name.eq_ignore_ascii_case("claude.exe") => Some(Part::Main),
        [.., name] if name.eq_ignore_ascii_case("claude.exe") => None,
        _ => Some(Part::Inside),
    }
}

//! Which profile a process belongs to. Pure.
//!
//! Chromium knows its profile by a switch or by default. A helper that was not given the switch
//! has the profile of its parent.

use super::identify::{Ours, Seen};
use crate::platform::Platform;

/// The folders that a Claude without the switch may use: its own, and that of third-party
/// inference.
const DEFAULTS: [&str; 2] = ["Claude", "Claude-3p"];

/// Whether `seen` belongs to the profile in use, or to one that cannot be told from it.
/// `child`: its parent is Claude's too.
pub(super) fn same_profile(seen: &Seen<'_>, ours: &Ours, child: bool) -> bool {
    if seen.holds_profile {
        return true;
    }
    match (named(seen, ours.platform, child), &ours.profile) {
        (Some(named), Some(profile)) => ours.platform.same_folder(named, profile),
        (Some(_), None) => false,
        (None, Some(profile)) => ours.app_path.is_some() || is_default(profile, ours.platform),
        (None, None) => true,
    }
}

/// The folder that decides. A child of the main process has its profile, also where that has no
/// name; a zygote's child is told its own.
fn named<'a>(seen: &Seen<'a>, platform: Platform, child: bool) -> Option<&'a str> {
    let own = user_data_dir(seen.argv, platform);
    let Some(parent) = seen.parent.filter(|_| child) else {
        return own;
    };
    let above = user_data_dir(parent.argv, platform);
    if is_helper(parent.argv, platform) {
        own.or(above)
    } else {
        above
    }
}

/// The folder that `--user-data-dir` names in these arguments.
pub(crate) fn user_data_dir(argv: &[String], platform: Platform) -> Option<&str> {
    argv.iter()
        .find_map(|word| switch(word, "user-data-dir=", platform))
}

/// Whether these arguments are those of a helper.
pub(super) fn is_helper(argv: &[String], platform: Platform) -> bool {
    argv.iter()
        .any(|word| switch(word, "type=", platform).is_some())
}

/// What follows the switch `name` in `word`: `--name`, `-name`, and `/name` on Windows, where
/// the case of a switch does not matter.
fn switch<'w>(word: &'w str, name: &str, platform: Platform) -> Option<&'w str> {
    let windows = platform == Platform::Windows;
    let slash = || word.strip_prefix('/').filter(|_| windows);
    let bare = word
        .strip_prefix("--")
        .or_else(|| word.strip_prefix('-'))
        .or_else(slash)?;
    let (begin, rest) = bare.split_at_checked(name.len())?;
    let same = begin == name || (windows && begin.eq_ignore_ascii_case(name));
    same.then_some(rest)
}

/// Whether a Claude without the switch may use the folder `profile`.
pub(super) fn is_default(profile: &str, platform: Platform) -> bool {
    let folder = profile.trim_end_matches(['/', '\\']);
    let name = folder.rsplit(['/', '\\']).next().unwrap_or(folder);
    DEFAULTS.iter().any(|default| match platform {
        Platform::Windows | Platform::MacOs => name.eq_ignore_ascii_case(default),
        Platform::Linux => name == *default,
    })
}

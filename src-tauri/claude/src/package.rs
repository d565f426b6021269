//! Claude Desktop's packages on Windows: the names they are known by, and the folders of their
//! own that hide the user's from them. Pure, over text.

use crate::platform::Platform;
use std::path::{Path, PathBuf};

/// What Claude's packages are called. The second name was seen beside the first.
const NAMES: [&str; 2] = ["Claude", "Anthropic.ClaudeDesktop"];

/// The package's name, and what follows it, in the name of a family (`Claude_pzs8sxrjxfjjc`) or
/// of a program folder (`Claude_1.2.3.0_x64__pzs8sxrjxfjjc`); nothing if it is not Claude's.
pub(crate) fn named(folder: &str) -> Option<(&'static str, &str)> {
    let (name, rest) = folder.split_once('_')?;
    let known = NAMES
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name))?;
    Some((known, rest))
}

/// Whether the package of this family, as in `Claude_pzs8sxrjxfjjc`, is Claude Desktop's.
#[must_use]
pub fn is_claude_package(family: &str) -> bool {
    named(family).is_some()
}

/// The folder below `%LOCALAPPDATA%` that has a folder for each family.
pub(crate) fn families(local_app_data: &Path) -> PathBuf {
    Platform::Windows.below(local_app_data, &["Packages"])
}

/// Where the package of `family` makes what it means to make in the folder `name` of the user's
/// `Roaming` or `Local` folder, which `base` names.
pub(crate) fn private(local_app_data: &Path, family: &str, base: &str, name: &str) -> PathBuf {
    let below = [family, "LocalCache", base, name];
    Platform::Windows.below(&families(local_app_data), &below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_and_program_folders_are_known_by_their_name() {
        let table = [
            ("Claude_pzs8sxrjxfjjc", Some(("Claude", "pzs8sxrjxfjjc"))),
            ("CLAUDE_x", Some(("Claude", "x"))),
            (
                "Claude_1.2.3.0_x64__pzs8sxrjxfjjc",
                Some(("Claude", "1.2.3.0_x64__pzs8sxrjxfjjc")),
            ),
            (
                "anthropic.claudedesktop_h6f0761",
                Some(("Anthropic.ClaudeDesktop", "h6f0761")),
            ),
            ("Anthropic.ClaudeCode_h6f0761", None),
            ("ClaudeCode_x", None),
            ("NotClaude_x", None),
            ("Claude", None),
            ("", None),
        ];
        for (folder, expected) in table {
            assert_eq!(named(folder), expected, "{folder}");
        }
    }
}

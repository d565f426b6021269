//! The folders in which the lock of the profile in use can be. Pure.
//!
//! A Windows package sees the user's folder and its own as one, and makes new files in its own:
//! its config may be the user's file while its lock is not beside that.

use crate::package;
use crate::platform::Platform;
use std::path::{Path, PathBuf};

/// What decides about the folders.
pub(super) struct UserData<'a> {
    /// Whose rules apply.
    pub platform: Platform,
    /// `%APPDATA%`; unused elsewhere.
    pub roaming: &'a Path,
    /// `%LOCALAPPDATA%`; unused elsewhere.
    pub local: &'a Path,
    /// The families of Claude's packages that are installed for the user.
    pub packages: &'a [String],
}

impl UserData<'_> {
    /// Where the lock of `profile` can be: in it, and where a package would make it instead.
    pub fn lock_folders(&self, profile: &Path) -> Vec<PathBuf> {
        let mut folders = vec![profile.to_owned()];
        if let Some((base, name)) = self.hidden(profile) {
            let families = self.packages.iter();
            folders.extend(families.map(|it| package::private(self.local, it, base, name)));
        }
        folders
    }

    /// The user's folder that `profile` is, if packages have one of their own for it: which
    /// base, and its name below it.
    fn hidden(&self, profile: &Path) -> Option<(&'static str, &'static str)> {
        let usual = [
            (self.roaming, ("Roaming", "Claude")),
            (self.local, ("Local", "Claude-3p")),
        ];
        let is = |base: &Path, name: &str| {
            let folder = self.platform.below(base, &[name]);
            let (folder, profile) = (folder.to_string_lossy(), profile.to_string_lossy());
            self.platform == Platform::Windows && self.platform.same_folder(&folder, &profile)
        };
        let found = usual.into_iter().find(|(base, (_, name))| is(base, name));
        found.map(|(_, folder)| folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REAL: &str = r"C:\Users\u\AppData\Roaming\Claude";
    const THIRD_PARTY: &str = r"C:\Users\u\AppData\Local\Claude-3p";
    const OWN: &str =
        r"C:\Users\u\AppData\Local\Packages\Claude_pzs8sxrjxfjjc\LocalCache\Roaming\Claude";
    const OWN_THIRD_PARTY: &str =
        r"C:\Users\u\AppData\Local\Packages\Claude_pzs8sxrjxfjjc\LocalCache\Local\Claude-3p";

    fn folders(platform: Platform, profile: &str, packages: &[&str]) -> Vec<PathBuf> {
        let packages: Vec<String> = packages.iter().map(ToString::to_string).collect();
        let user = UserData {
            platform,
            roaming: Path::new(r"C:\Users\u\AppData\Roaming"),
            local: Path::new(r"C:\Users\u\AppData\Local"),
            packages: &packages,
        };
        user.lock_folders(Path::new(profile))
    }

    #[test]
    fn a_package_that_reads_the_users_file_locks_its_own_folder() {
        const FAMILY: &str = "Claude_pzs8sxrjxfjjc";
        let verbatim = format!(r"\\?\{REAL}");
        let other_case = REAL.to_lowercase();
        let table: [(&str, &[&str], &[&str]); 8] = [
            (REAL, &[FAMILY], &[REAL, OWN]),
            (&verbatim, &[FAMILY], &[&verbatim, OWN]),
            (&other_case, &[FAMILY], &[&other_case, OWN]),
            (THIRD_PARTY, &[FAMILY], &[THIRD_PARTY, OWN_THIRD_PARTY]),
            // The older installer locks the folder that it reads.
            (REAL, &[], &[REAL]),
            // The package's own file has the lock beside it.
            (OWN, &[FAMILY], &[OWN]),
            // A folder of the user's choice is nobody's private one.
            (r"D:\work", &[FAMILY], &[r"D:\work"]),
            (
                REAL,
                &[FAMILY, "Anthropic.ClaudeDesktop_h6f0761"],
                &[
                    REAL,
                    OWN,
                    r"C:\Users\u\AppData\Local\Packages\Anthropic.ClaudeDesktop_h6f0761\LocalCache\Roaming\Claude",
                ],
            ),
        ];
        for (profile, packages, expected) in table {
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            let found = folders(Platform::Windows, profile, packages);
            assert_eq!(found, expected, "{profile} {packages:?}");
        }
    }

    #[test]
    fn elsewhere_the_lock_is_in_the_profile() {
        for (platform, profile) in [
            (Platform::Linux, "/home/u/.config/Claude"),
            (
                Platform::MacOs,
                "/Users/u/Library/Application Support/Claude",
            ),
        ] {
            let found = folders(platform, profile, &["Claude_pzs8sxrjxfjjc"]);
            assert_eq!(found, [PathBuf::from(profile)], "{platform:?}");
        }
    }
}

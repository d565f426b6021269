//! Whether Zoomtray's program stands where it will still stand tomorrow. Claude's config names it
//! by its path, so a path that goes away would break the entry.
//!
//! Pure over path and platform, as text: every platform's rules are tested on every platform.

use claude::Platform;

/// Why the program's place is not to be written into a config, and where to put the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UnfitPlace {
    /// In a disk image, which is gone once it is ejected.
    #[error(
        "Zoomtray runs from a disk image, which goes away when it is ejected. Drag Zoomtray into \
         the Applications folder, open it from there, then connect again"
    )]
    DiskImage,
    /// macOS runs a downloaded app from a random place until it was moved.
    #[error(
        "macOS runs Zoomtray from a temporary copy, because it was not moved since the download. \
         Move Zoomtray into the Applications folder with the Finder, open it from there, then \
         connect again"
    )]
    Translocated,
    /// In a folder that the system empties.
    #[error("Zoomtray runs from a temporary folder, which the system empties. {}, then connect again", stays(*.0))]
    Temporary(Platform),
}

/// Where an app stays, in words.
fn stays(platform: Platform) -> &'static str {
    match platform {
        Platform::MacOs => "Move Zoomtray into the Applications folder and open it from there",
        Platform::Windows => {
            "Run Zoomtray's installer, or move the folder to %LOCALAPPDATA%\\Programs and start \
             it there"
        }
        Platform::Linux => {
            "Install Zoomtray's package, or move its folder to ~/.local/opt and start it there"
        }
    }
}

/// Checks where `program` is. `temporary` are the folders that the environment names as such.
pub(crate) fn check_place(
    platform: Platform,
    program: &str,
    temporary: &[String],
) -> Result<(), UnfitPlace> {
    let path = plain(platform, program);
    if platform == Platform::MacOs {
        if path.contains("/apptranslocation/") {
            return Err(UnfitPlace::Translocated);
        }
        if path.starts_with("/volumes/") {
            return Err(UnfitPlace::DiskImage);
        }
    }
    let named = temporary.iter().map(|folder| plain(platform, folder));
    let known = known_temporary(platform).iter().map(|&it| it.to_owned());
    let within = |folder: String| lies_within(&path, &folder);
    if named.chain(known).any(within) || has_temporary_part(platform, &path) {
        return Err(UnfitPlace::Temporary(platform));
    }
    Ok(())
}

/// Where the system itself says that things are temporary.
fn known_temporary(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::MacOs => &[
            "/tmp",
            "/private/tmp",
            "/private/var/folders",
            "/var/folders",
        ],
        Platform::Windows => &["c:/windows/temp"],
        Platform::Linux => &["/tmp", "/var/tmp", "/dev/shm"],
    }
}

/// Windows' temporary folder of a user, also where no variable names it: an archive that is
/// opened by a double click is unpacked there.
fn has_temporary_part(platform: Platform, path: &str) -> bool {
    platform == Platform::Windows && path.contains("/appdata/local/temp/")
}

/// A root or an empty value would make every folder temporary.
fn lies_within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    let is_root = folder.is_empty() || folder.ends_with(':');
    !is_root
        && path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// One separator; lower case where the file system's names have no case.
fn plain(platform: Platform, path: &str) -> String {
    match platform {
        Platform::Linux => path.to_owned(),
        Platform::MacOs => path.to_lowercase(),
        Platform::Windows => path
            .trim_start_matches(r"\\?\")
            .replace('\\', "/")
            .to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Platform::{Linux, MacOs, Windows};
    use UnfitPlace::{DiskImage, Temporary, Translocated};

    fn check(platform: Platform, program: &str, temporary: &[&str]) -> Option<UnfitPlace> {
        let temporary: Vec<String> = temporary.iter().map(|&it| it.to_owned()).collect();
        check_place(platform, program, &temporary).err()
    }

    #[test]
    fn a_place_that_stays_is_fit() {
        for (platform, program) in [
            (
                MacOs,
                "/Applications/Zoomtray.app/Contents/MacOS/zoomtrayctl",
            ),
            (
                MacOs,
                "/Users/ann/Applications/Zoomtray.app/Contents/MacOS/zoomtrayctl",
            ),
            (MacOs, "/opt/homebrew/bin/zoomtrayctl"),
            (Windows, r"C:\Program Files\Zoomtray\zoomtrayctl.exe"),
            (
                Windows,
                r"C:\Users\Ann\AppData\Local\Zoomtray\zoomtrayctl.exe",
            ),
            (Windows, r"D:\Temperature\zoomtrayctl.exe"),
            (Linux, "/usr/bin/zoomtrayctl"),
            (Linux, "/home/ann/.local/opt/zoomtray/zoomtrayctl"),
            (Linux, "/tmpfiles/zoomtrayctl"),
            (Linux, "/Volumes/data/zoomtrayctl"),
        ] {
            assert_eq!(check(platform, program, &[]), None, "{program}");
        }
    }

    #[test]
    fn a_place_that_goes_away_is_named_for_what_it_is() {
        let cases = [
            (
                MacOs,
                "/Volumes/Zoomtray 1.0/Zoomtray.app/Contents/MacOS/zoomtrayctl",
                DiskImage,
            ),
            (
                MacOs,
                "/private/var/folders/xy/T/AppTranslocation/0F-1/d/Zoomtray.app/Contents/MacOS/zoomtrayctl",
                Translocated,
            ),
            (
                MacOs,
                "/private/var/folders/xy/abc/T/Zoomtray.app/Contents/MacOS/zoomtrayctl",
                Temporary(MacOs),
            ),
            (MacOs, "/tmp/zoomtrayctl", Temporary(MacOs)),
            (
                Windows,
                r"C:\Users\Ann\AppData\Local\Temp\Temp1_zoomtray.zip\zoomtrayctl.exe",
                Temporary(Windows),
            ),
            (
                Windows,
                r"\\?\C:\USERS\ANN\APPDATA\LOCAL\TEMP\x\zoomtrayctl.exe",
                Temporary(Windows),
            ),
            (
                Windows,
                r"C:\Windows\Temp\zoomtrayctl.exe",
                Temporary(Windows),
            ),
            (
                Linux,
                "/tmp/.mount_zoomtrAbC/usr/bin/zoomtrayctl",
                Temporary(Linux),
            ),
            (Linux, "/var/tmp/zoomtrayctl", Temporary(Linux)),
            (Linux, "/dev/shm/x/zoomtrayctl", Temporary(Linux)),
        ];
        for (platform, program, unfit) in cases {
            assert_eq!(check(platform, program, &[]), Some(unfit), "{program}");
        }
    }

    #[test]
    fn a_folder_that_the_environment_names_counts_too() {
        let own = check(
            Linux,
            "/home/ann/scratch/z/zoomtrayctl",
            &["/home/ann/scratch/"],
        );
        assert_eq!(own, Some(Temporary(Linux)));
        let on_windows = check(Windows, r"E:\tmp\zoomtrayctl.exe", &[r"e:\TMP"]);
        assert_eq!(on_windows, Some(Temporary(Windows)));
    }

    #[test]
    fn a_root_named_as_temporary_makes_nothing_temporary() {
        assert_eq!(check(Linux, "/usr/bin/zoomtrayctl", &["/", ""]), None);
        assert_eq!(
            check(Windows, r"C:\Zoomtray\zoomtrayctl.exe", &[r"C:\"]),
            None
        );
    }

    #[test]
    fn each_says_where_to_put_the_app() {
        for (unfit, place) in [
            (DiskImage, "Applications folder"),
            (Translocated, "Applications folder"),
            (Temporary(MacOs), "Applications folder"),
            (Temporary(Windows), "%LOCALAPPDATA%\\Programs"),
            (Temporary(Linux), "~/.local/opt"),
        ] {
            assert!(unfit.to_string().contains(place), "{unfit}");
        }
    }
}

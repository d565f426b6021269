//! `lockfile`, which Chromium keeps open on Windows for as long as any of its processes lives.

use super::Found;
use fs_err::os::windows::fs::OpenOptionsExt;
use std::io;
use std::path::Path;

/// What the folder holds. A file that can be opened by this process alone is nobody's; every
/// refusal counts as held, also that of a file whose deletion is still going on.
pub(super) fn find(profile: &Path) -> Found {
    let path = profile.join("lockfile");
    let opened = fs_err::OpenOptions::new()
        .read(true)
        .write(true)
        .share_mode(0)
        .open(&path);
    match opened {
        Ok(_) => Found::Nothing,
        Err(error) if is_absent(&error) => Found::Nothing,
        Err(_) => Found::Open {
            path: path.display().to_string(),
        },
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_held_for_as_long_as_somebody_keeps_it_open() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(find(folder.path()), Found::Nothing);
        let path = folder.path().join("lockfile");
        let holder = fs_err::OpenOptions::new()
            .create(true)
            .write(true)
            .share_mode(0)
            .open(&path)
            .unwrap();
        assert!(matches!(find(folder.path()), Found::Open { .. }));
        drop(holder);
        assert_eq!(find(folder.path()), Found::Nothing);
    }
}

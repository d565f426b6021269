//! `SingletonLock`, the link that Chromium makes on Unix.

use super::Found;
use crate::process::SINGLETON_LOCK;
use std::path::Path;

/// What the folder holds; a link that cannot be read counts as none.
pub(super) fn find(profile: &Path) -> Found {
    let path = profile.join(SINGLETON_LOCK);
    let made = fs_err::symlink_metadata(&path).and_then(|data| data.modified());
    match (fs_err::read_link(&path), made) {
        (Ok(target), Ok(made)) => Found::Link {
            target: target.to_string_lossy().into_owned(),
            made,
        },
        _ => Found::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn the_link_is_read_and_anything_else_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(find(folder.path()), Found::Nothing);
        let lock = folder.path().join(SINGLETON_LOCK);
        fs_err::write(&lock, "host-1").unwrap();
        assert_eq!(find(folder.path()), Found::Nothing);
        fs_err::remove_file(&lock).unwrap();
        fs_err::os::unix::fs::symlink("host-1", &lock).unwrap();
        let Found::Link { target, made } = find(folder.path()) else {
            panic!("not found")
        };
        assert_eq!(target, "host-1");
        assert!(made <= SystemTime::now());
    }
}

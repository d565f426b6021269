//! What a replaced file, its folder and its readers look like.

use super::*;

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs_err::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<String> = fs_err::read_dir(folder)
        .unwrap()
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_made_and_replaced_and_nothing_else_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    for content in ["first", "a second, longer one", ""] {
        replace(&path, content.as_bytes(), Mode::Private).unwrap();
        assert_eq!(fs_err::read_to_string(&path).unwrap(), content);
    }
    assert_eq!(names(folder.path()), ["state.json"]);
}

#[test]
fn a_file_that_cannot_be_replaced_is_named_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    fs_err::create_dir_all(path.join("inside")).unwrap();
    let error = replace(&path, b"content", Mode::Private).unwrap_err();
    assert!(
        error.to_string().contains("state.json` was not changed"),
        "{error}"
    );
    assert_eq!(names(folder.path()), ["state.json"]);
    assert!(path.join("inside").is_dir());
}

#[test]
fn a_missing_folder_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    assert!(replace(&folder.path().join("none/state.json"), b"x", Mode::Private).is_err());
    assert!(names(folder.path()).is_empty());
}

#[test]
fn leftovers_are_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let leftover = temporary_beside(&path).unwrap();
    for name in [
        &leftover,
        &path,
        &folder.path().join(".hidden"),
        &folder.path().join("a.zoomtray-new"),
    ] {
        fs_err::write(name, "x").unwrap();
    }
    fs_err::create_dir_all(folder.path().join(".d.zoomtray-new")).unwrap();
    assert_eq!(sweep(folder.path()).unwrap(), 1);
    assert_eq!(
        names(folder.path()),
        [".d.zoomtray-new", ".hidden", "a.zoomtray-new", "state.json"]
    );
}

#[test]
fn a_reader_never_sees_a_part() {
    const ROUNDS: usize = if cfg!(windows) { 10 } else { 100 };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let contents = [vec![b'a'; 200_000], vec![b'b'; 100_000]];
    replace(&path, &contents[0], Mode::Private).unwrap();
    let write = |count: usize| replace(&path, &contents[count % 2], Mode::Private).is_ok();
    let replaced = std::thread::scope(|scope| {
        let writer = scope.spawn(|| (0..ROUNDS).map(&write).filter(|written| *written).count());
        while !writer.is_finished() {
            if let Some(seen) = read_unless_refused(&path) {
                assert!(
                    contents.contains(&seen),
                    "a part of {} bytes was seen",
                    seen.len()
                );
            }
        }
        writer.join().unwrap()
    });
    // Where a rename cannot pass an open file, this reader leaves hardly a gap.
    let least = if cfg!(windows) { 1 } else { ROUNDS };
    assert!(replaced >= least, "replaced {replaced} times of {ROUNDS}");
}

/// On Windows a reader can meet the instant of the rename and be refused.
fn read_unless_refused(path: &Path) -> Option<Vec<u8>> {
    match fs_err::read(path) {
        Err(_) if cfg!(windows) => None,
        read => Some(read.unwrap()),
    }
}

#[test]
fn passing_troubles_of_windows_are_told_from_lasting_ones() {
    for (code, passing) in [
        (5, true),
        (32, true),
        (33, true),
        (2, false),
        (3, false),
        (112, false),
    ] {
        assert_eq!(is_passing(Some(code)), passing, "error {code}");
    }
    assert!(!is_passing(None));
}

#[test]
fn a_refused_rename_is_tried_a_bounded_time() {
    let (mut attempts, mut paused) = (0, Duration::ZERO);
    let refuse = || {
        attempts += 1;
        Err(std::io::Error::from_raw_os_error(32))
    };
    let outcome = try_often(RENAMES, refuse, |pause| paused += pause);
    assert_eq!(outcome.unwrap_err().raw_os_error(), Some(32));
    assert_eq!(attempts, RENAMES);
    let second = Duration::from_secs(1);
    assert!((second..second * 2).contains(&paused), "{paused:?}");
}

#[test]
fn a_rename_that_cannot_succeed_is_tried_once() {
    let missing = || Err(std::io::Error::from_raw_os_error(2));
    let outcome = try_often(RENAMES, missing, |_| panic!("waited"));
    assert_eq!(outcome.unwrap_err().raw_os_error(), Some(2));
}

#[cfg(windows)]
#[test]
fn a_file_held_open_for_a_moment_is_replaced_after_it() {
    use std::os::windows::fs::OpenOptionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (new, path) = (folder.path().join("new"), folder.path().join("state.json"));
    fs_err::write(&new, "new").unwrap();
    fs_err::write(&path, "old").unwrap();
    // Shared for reading only: nobody may rename over it meanwhile.
    let mut held = std::fs::OpenOptions::new()
        .read(true)
        .share_mode(1)
        .open(&path)
        .ok();
    try_often(RENAMES, || rename_once(&new, &path), |_| drop(held.take())).unwrap();
    assert!(
        held.is_none(),
        "the file held open did not hinder the rename"
    );
    assert_eq!(fs_err::read_to_string(&path).unwrap(), "new");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn mode_of(path: &Path) -> u32 {
        fs_err::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn modes_are_as_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.json");
        replace(&path, b"1", Mode::Keep).unwrap();
        assert_eq!(mode_of(&path), 0o600, "a new file is private");
        for mode in [0o644, 0o640, 0o400] {
            fs_err::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            replace(&path, b"2", Mode::Keep).unwrap();
            assert_eq!(mode_of(&path), mode, "the mode is kept");
        }
        fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        replace(&path, b"3", Mode::Private).unwrap();
        assert_eq!(mode_of(&path), 0o600, "a private file is closed");
    }

    #[test]
    fn a_link_stays_and_its_target_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link, chain) = (
            folder.path().join("dotfiles/config.json"),
            folder.path().join("config.json"),
            folder.path().join("chain.json"),
        );
        fs_err::create_dir_all(real.parent().unwrap()).unwrap();
        symlink("dotfiles/config.json", &link).unwrap();
        symlink("config.json", &chain).unwrap();
        replace(&link, b"made", Mode::Keep).unwrap();
        assert_eq!(
            fs_err::read(&real).unwrap(),
            b"made",
            "a target that did not exist is made"
        );
        replace(&chain, b"replaced", Mode::Keep).unwrap();
        assert_eq!(fs_err::read(&real).unwrap(), b"replaced");
        assert!(
            fs_err::symlink_metadata(&link)
                .unwrap()
                .file_type()
                .is_symlink()
        );
        assert!(
            fs_err::symlink_metadata(&chain)
                .unwrap()
                .file_type()
                .is_symlink()
        );
    }

    #[test]
    fn links_in_a_circle_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loop.json");
        symlink("loop.json", &path).unwrap();
        let error = replace(&path, b"x", Mode::Keep).unwrap_err();
        assert!(error.to_string().contains("too many links"), "{error}");
    }
}

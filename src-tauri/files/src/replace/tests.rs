//! What a replaced file, its folder and its readers look like.

use super::rename::{RENAMES, is_passing, to_new, try_often};
use super::staged::temporary_beside;
use super::*;
use std::io::ErrorKind;
use std::time::Duration;

pub(super) fn names(folder: &Path) -> Vec<String> {
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
fn only_the_leftovers_of_one_file_are_swept_in_a_folder_with_other_writers() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
    for file in [&mine, &other] {
        fs_err::write(temporary_beside(file).unwrap(), "x").unwrap();
    }
    assert_eq!(sweep_beside(&mine).unwrap(), 1);
    let left = names(folder.path());
    assert!(
        left.len() == 1 && left[0].starts_with(".b.json."),
        "{left:?}"
    );
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let put = |content: &[u8]| {
        Staged::write(&path, content, Mode::Keep, undisturbed)
            .unwrap()
            .put_new(undisturbed)
    };
    put(b"first").unwrap();
    let error = put(b"second").unwrap_err();
    assert_eq!(error.source.kind(), ErrorKind::AlreadyExists, "{error}");
    assert!(!error.replaced());
    assert_eq!(fs_err::read(&path).unwrap(), b"first");
    assert_eq!(names(folder.path()), ["state.json"]);
}

#[test]
fn a_rename_that_is_no_link_looks_first() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    fs_err::create_dir(&from).unwrap();
    to_new(&from, &to).unwrap();
    assert!(
        to.is_dir(),
        "a folder has no second name, so it was renamed"
    );
    fs_err::create_dir(&from).unwrap();
    let error = to_new(&from, &to).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
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
    try_often(
        RENAMES,
        || super::rename::once(&new, &path),
        |_| drop(held.take()),
    )
    .unwrap();
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
    fn a_group_is_kept_and_one_that_cannot_be_gets_no_more_than_others() {
        use super::super::access_unix::for_another_group;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.json");
        fs_err::write(&path, "1").unwrap();
        let groups = rustix::process::getgroups().unwrap();
        let root = rustix::process::geteuid().is_root();
        let group = groups.first().map_or(0, |group| group.as_raw());
        let group = if root { 4242 } else { group };
        std::os::unix::fs::chown(&path, None, Some(group)).unwrap();
        replace(&path, b"2", Mode::Keep).unwrap();
        assert_eq!(fs_err::metadata(&path).unwrap().gid(), group);
        for (mode, without) in [
            (0o640, 0o600),
            (0o664, 0o644),
            (0o600, 0o600),
            (0o666, 0o666),
        ] {
            assert_eq!(for_another_group(mode), without, "{mode:o}");
        }
    }

    #[test]
    fn an_owner_is_kept_where_that_is_allowed() {
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.json");
        fs_err::write(&path, "1").unwrap();
        std::os::unix::fs::chown(&path, Some(4242), None).unwrap();
        replace(&path, b"2", Mode::Keep).unwrap();
        assert_eq!(fs_err::metadata(&path).unwrap().uid(), 4242);
    }

    #[test]
    fn a_file_system_that_cannot_sync_a_folder_is_told_from_a_disk_that_fails() {
        use super::super::access_unix::is_no_such_call;
        let kind = |code| std::io::Error::from_raw_os_error(code).kind();
        let table = [(22, true), (38, true), (95, true), (5, false), (28, false)];
        for (code, expected) in table {
            assert_eq!(is_no_such_call(kind(code)), expected, "error {code}");
        }
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

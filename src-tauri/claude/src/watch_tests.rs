use super::*;
use crate::patch::{NewValue, Pointer};
use secrecy::SecretString;
use tempfile::TempDir;

const CONFIG: &str = r#"{"mcpServers":{"zoom":{"env":{"K":"old"}}}}"#;

fn place() -> (TempDir, ConfigFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claude_desktop_config.json");
    fs_err::write(&path, CONFIG).unwrap();
    let file = ConfigFile::new(path, &folder.path().join("data"));
    (folder, file)
}

fn set_ours(file: &ConfigFile) {
    let ours = NewValue::Variable(SecretString::from("ours"));
    file.set(&Pointer::env("zoom", "K"), &ours).unwrap();
}

fn content(text: &str) -> ForeignChange {
    ForeignChange::Content(Fingerprint::of(text.as_bytes()))
}

/// The next report. The limit is no expectation; it makes a missing report a failure.
async fn next(reports: &mut mpsc::Receiver<ForeignChange>) -> Option<ForeignChange> {
    timeout(Duration::from_secs(30), reports.recv())
        .await
        .expect("no report came")
}

#[tokio::test]
async fn our_own_write_is_no_foreign_change_and_the_next_one_is() {
    let (_folder, file) = place();
    let (_watcher, mut reports) = Watcher::start(&file).unwrap();
    set_ours(&file);
    fs_err::write(file.path(), "theirs").unwrap();
    // Reports come in order: had our own write been one, it would be the first.
    assert_eq!(next(&mut reports).await, Some(content("theirs")));
}

#[tokio::test]
async fn a_stale_copy_that_comes_back_is_a_foreign_change() {
    let (_folder, file) = place();
    let (_watcher, mut reports) = Watcher::start(&file).unwrap();
    set_ours(&file);
    fs_err::write(file.path(), CONFIG).unwrap();
    assert_eq!(next(&mut reports).await, Some(content(CONFIG)));
}

#[tokio::test]
async fn a_replaced_and_a_removed_file_are_reported() {
    let (folder, file) = place();
    let (_watcher, mut reports) = Watcher::start(&file).unwrap();
    let beside = folder.path().join("new.json");
    fs_err::write(&beside, "{}").unwrap();
    fs_err::rename(&beside, file.path()).unwrap();
    assert_eq!(next(&mut reports).await, Some(content("{}")));
    fs_err::remove_file(file.path()).unwrap();
    assert_eq!(next(&mut reports).await, Some(ForeignChange::Removed));
    fs_err::write(file.path(), "{}").unwrap();
    assert_eq!(next(&mut reports).await, Some(content("{}")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_change_behind_a_link_is_reported() {
    let (folder, _) = place();
    let elsewhere = tempfile::tempdir().unwrap();
    let real = elsewhere.path().join("dotfiles.json");
    fs_err::write(&real, CONFIG).unwrap();
    let link = folder.path().join("link.json");
    fs_err::os::unix::fs::symlink(&real, &link).unwrap();
    let file = ConfigFile::new(link, &folder.path().join("data"));
    let (_watcher, mut reports) = Watcher::start(&file).unwrap();
    fs_err::write(&real, "theirs").unwrap();
    assert_eq!(next(&mut reports).await, Some(content("theirs")));
}

#[tokio::test]
async fn a_dropped_watcher_ends_its_reports() {
    let (_folder, file) = place();
    let (watcher, mut reports) = Watcher::start(&file).unwrap();
    drop(watcher);
    assert_eq!(next(&mut reports).await, None);
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let (folder, _) = place();
    let file = ConfigFile::new(folder.path().join("none/c.json"), folder.path());
    let Err(error) = Watcher::start(&file) else {
        panic!("it is watched")
    };
    assert!(error.to_string().contains("none"), "{error}");
}

#[test]
fn reading_the_file_and_changes_beside_it_are_no_news() {
    use notify::event::{CreateKind, ModifyKind, RemoveKind};
    let file = || PathBuf::from("/c/claude_desktop_config.json");
    let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
    let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
    let table = [
        (
            EventKind::Access(AccessKind::Open(AccessMode::Any)),
            file(),
            false,
        ),
        (read, file(), false),
        (closed, file(), true),
        (EventKind::Create(CreateKind::File), file(), true),
        (EventKind::Modify(ModifyKind::Any), file(), true),
        (EventKind::Remove(RemoveKind::File), file(), true),
        (closed, PathBuf::from("/c/config.json"), false),
    ];
    for (kind, path, expected) in table {
        let event = Event::new(kind).add_path(path);
        assert_eq!(concerns(&event, &[file()]), expected, "{event:?}");
    }
}

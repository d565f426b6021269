//! A failure at each step leaves the old content or the new, and nothing beside it.

use super::tests::names;
use super::*;
use std::io::{Error, ErrorKind, Result};

/// Replaces `old` by `new` and fails at `step`.
fn fails_at(step: Step) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    fs_err::write(&path, "old").unwrap();
    let error = disturbed(&path, step, |staged, before| staged.put(before)).unwrap_err();
    assert_eq!(
        (error.step, error.source.kind()),
        (step, ErrorKind::StorageFull)
    );
    let replaced = step == Step::SyncFolder;
    assert_eq!(error.replaced(), replaced);
    assert_eq!(
        error.to_string().contains("was not changed"),
        !replaced,
        "{error}"
    );
    let now = if replaced { "new" } else { "old" };
    assert_eq!(fs_err::read_to_string(&path).unwrap(), now);
    assert_eq!(names(folder.path()), ["state.json"]);
}

fn disturbed(
    path: &Path,
    step: Step,
    put: impl FnOnce(Staged, &dyn Fn(Step) -> Result<()>) -> std::result::Result<(), ReplaceError>,
) -> std::result::Result<(), ReplaceError> {
    let before = |reached: Step| {
        if reached == step {
            return Err(Error::from(ErrorKind::StorageFull));
        }
        Ok(())
    };
    let staged = Staged::write(path, b"new", Mode::Keep, before)?;
    put(staged, &before)
}

#[test]
fn at_the_making_of_the_temporary_file() {
    fails_at(Step::Create);
}

#[test]
fn at_the_writing() {
    fails_at(Step::Write);
}

#[test]
fn at_the_giving_of_mode_and_owner() {
    fails_at(Step::Access);
}

#[test]
fn at_the_sync_of_the_file() {
    fails_at(Step::SyncFile);
}

#[test]
fn at_the_rename() {
    fails_at(Step::Rename);
}

#[test]
fn at_the_sync_of_the_folder() {
    fails_at(Step::SyncFolder);
}

#[test]
fn at_each_step_of_a_file_that_was_not_there() {
    for step in Step::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let put = |staged: Staged, before: &dyn Fn(Step) -> Result<()>| staged.put_new(before);
        let error = disturbed(&path, step, put).unwrap_err();
        let left: &[&str] = if error.replaced() {
            &["state.json"]
        } else {
            &[]
        };
        assert_eq!(names(folder.path()), left, "{step:?}");
    }
}

#[test]
fn every_step_is_taken_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let taken = std::cell::RefCell::new(Vec::new());
    let note = |step| {
        taken.borrow_mut().push(step);
        Ok(())
    };
    let staged = Staged::write(&path, b"new", Mode::Private, note).unwrap();
    staged.put(note).unwrap();
    assert_eq!(*taken.borrow(), Step::ALL);
}

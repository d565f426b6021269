//! A failure at each step: the file is the old one or the new one, nothing lies beside it, and
//! the ring of backups is readable.

use super::tests::{CONFIG, Place, pointer, value};
use super::*;
use WriteStep::{BackUp, Check, Lock, PutBack, Read, ReadBack, Replace, Sweep};
use files::Step::{Access, Create, Rename, SyncFile, SyncFolder, Write};
use std::io::ErrorKind;

/// What the file holds after the failure.
#[derive(Clone, Copy, PartialEq)]
enum Left {
    Old,
    New,
}

/// Lets `step` fail, as a full disk would, in a write to a file that had one before.
fn fails_at(step: WriteStep, left: Left) {
    let place = Place::with(CONFIG);
    let file = place.file();
    file.set(&pointer(), &value("first")).unwrap();
    // The second backup differs from the first, so that there is one to be written.
    let old = place.text().replace("\"x\"", "\"y\"");
    fs_err::write(place.config(), &old).unwrap();
    let error = file
        .set_with(&pointer(), &value("second"), failing(step))
        .unwrap_err();
    let expected = match left {
        Left::Old => old.clone(),
        Left::New => old.replace("first", "second"),
    };
    assert_eq!(place.text(), expected, "{error}");
    let unsynced = matches!(error, ConfigError::NotSynced { .. });
    assert_eq!(unsynced, left == Left::New, "{error}");
    assert!(!error.to_string().contains("-token"), "{error}");
    is_tidy(&place);
    // What failed once may work the next time.
    file.set(&pointer(), &value("third")).unwrap();
    assert_eq!(place.text(), old.replace("first", "third"));
}

fn failing(step: WriteStep) -> impl Fn(WriteStep) -> io::Result<()> {
    move |reached| {
        if reached == step {
            return Err(ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

fn is_tidy(place: &Place) {
    assert_eq!(place.beside(), ["claude_desktop_config.json"]);
    let ring = fs_err::read_dir(place.data().join("claude-backups")).unwrap();
    let backups = place.file().backups().unwrap();
    assert_eq!(
        ring.count(),
        backups.len(),
        "nothing but backups in the ring"
    );
    for backup in backups {
        Reading::of(&fs_err::read(backup.path).unwrap()).unwrap();
    }
}

macro_rules! fails_at {
    ($($name:ident: $step:expr => $left:ident;)*) => {
        $(#[test]
        fn $name() {
            fails_at($step, Left::$left);
        })*
    };
}

fails_at! {
    the_lock: Lock => Old;
    the_removal_of_leftovers: Sweep => Old;
    the_reading: Read => Old;
    the_making_of_the_backup: BackUp(Create) => Old;
    the_writing_of_the_backup: BackUp(Write) => Old;
    the_mode_of_the_backup: BackUp(Access) => Old;
    the_sync_of_the_backup: BackUp(SyncFile) => Old;
    the_rename_of_the_backup: BackUp(Rename) => Old;
    the_sync_of_the_ring: BackUp(SyncFolder) => Old;
    the_making_of_the_new_file: Replace(Create) => Old;
    the_writing_of_the_new_file: Replace(Write) => Old;
    the_mode_of_the_new_file: Replace(Access) => Old;
    the_sync_of_the_new_file: Replace(SyncFile) => Old;
    the_last_look: Check => Old;
    the_rename: Replace(Rename) => Old;
    the_sync_of_the_folder: Replace(SyncFolder) => New;
    the_reading_back: ReadBack => Old;
}

#[test]
fn the_steps_above_are_all_that_a_write_takes() {
    let place = Place::with(CONFIG);
    let taken = std::cell::RefCell::new(Vec::new());
    let before = |step| {
        taken.borrow_mut().push(step);
        Ok(())
    };
    place
        .file()
        .set_with(&pointer(), &value("new"), before)
        .unwrap();
    assert_eq!(*taken.borrow(), WriteStep::all());
}

/// Damages the file whenever it is read back, and lets `step` fail.
fn damaged(place: &Place, step: Option<WriteStep>) -> ConfigError {
    let before = |reached| {
        if reached == ReadBack {
            fs_err::write(place.config(), "\0\0\0\0").unwrap();
        }
        if Some(reached) == step {
            return Err(ErrorKind::StorageFull.into());
        }
        Ok(())
    };
    place
        .file()
        .set_with(&pointer(), &value("new"), before)
        .unwrap_err()
}

#[test]
fn a_file_that_reads_back_damaged_is_put_back() {
    let place = Place::with(CONFIG);
    let error = damaged(&place, None);
    assert!(matches!(error, ConfigError::NotAsWritten { .. }), "{error}");
    assert_eq!(place.text(), CONFIG);
    is_tidy(&place);
}

macro_rules! putting_back_fails_at {
    ($($name:ident: $step:expr;)*) => {
        $(#[test]
        fn $name() {
            let place = Place::with(CONFIG);
            let error = damaged(&place, Some(PutBack($step)));
            assert!(matches!(error, ConfigError::Damaged { .. }), "{error}");
            // The one case in which only the backup is whole: the disk fails twice.
            is_tidy(&place);
            assert_eq!(place.file().backups().unwrap().len(), 1);
        })*
    };
}

putting_back_fails_at! {
    the_making_of_the_old_file: Create;
    the_writing_of_the_old_file: Write;
    the_mode_of_the_old_file: Access;
    the_sync_of_the_old_file: SyncFile;
    the_rename_of_the_old_file: Rename;
}

#[test]
fn the_sync_after_putting_back_is_told() {
    let place = Place::with(CONFIG);
    let error = damaged(&place, Some(PutBack(SyncFolder)));
    assert!(matches!(error, ConfigError::Damaged { .. }), "{error}");
    assert_eq!(place.text(), CONFIG);
}

#[test]
fn the_removal_of_a_file_that_was_made_here() {
    let place = Place::with("");
    fs_err::remove_file(place.config()).unwrap();
    let file = place.file();
    let (pointer, ours) = (crate::patch::Pointer::entry("zoom"), super::tests::entry());
    file.set(&pointer, &ours).unwrap();
    let made = place.text();
    let absent = crate::patch::Original::FileAbsent;
    let before = failing(WriteStep::Remove);
    file.restore_with(&pointer, &absent, Some(&ours), before)
        .unwrap_err();
    assert_eq!(place.text(), made);
    is_tidy(&place);
}

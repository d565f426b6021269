//! A file that was not there, made and taken away again.

use super::tests::{Place, entry};
use super::*;
use crate::patch::{NewValue, Original, Pointer};

fn nothing_there() -> Place {
    let place = Place::with("");
    fs_err::remove_file(place.config()).unwrap();
    place
}

fn original_of(written: Written) -> Original {
    match written {
        Written::Created {
            original,
            backup: None,
        } => original,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_entry_makes_the_file_and_off_takes_it_away() {
    let place = nothing_there();
    let (file, pointer) = (place.file(), Pointer::entry("zoom"));
    let dry = file.original(&pointer, &entry()).unwrap();
    assert!(matches!(dry, Original::FileAbsent), "{dry:?}");
    assert!(place.beside().is_empty(), "a look makes nothing");
    let original = original_of(file.set(&pointer, &entry()).unwrap());
    assert!(matches!(original, Original::FileAbsent), "{original:?}");
    assert!(place.text().contains("/opt/relay"));
    assert_eq!(file.foreign_change(), None, "our own");
    file.restore(&pointer, &original, Some(&entry())).unwrap();
    assert!(place.beside().is_empty(), "{:?}", place.beside());
    assert_eq!(file.foreign_change(), None, "our own");
    let again = file.restore(&pointer, &original, Some(&entry())).unwrap();
    assert!(matches!(again, Written::AlreadySo { .. }), "{again:?}");
}

#[test]
fn an_empty_file_gets_its_no_bytes_back() {
    let place = Place::with("");
    let (file, pointer) = (place.file(), Pointer::entry("zoom"));
    let original = original_of(file.set(&pointer, &entry()).unwrap());
    assert!(matches!(original, Original::DocumentEmpty), "{original:?}");
    file.restore(&pointer, &original, Some(&entry())).unwrap();
    assert_eq!(place.text(), "");
}

#[test]
fn what_claude_wrote_into_it_meanwhile_stays() {
    let place = nothing_there();
    let (file, pointer) = (place.file(), Pointer::entry("zoom"));
    let original = original_of(file.set(&pointer, &entry()).unwrap());
    let NewValue::Entry(ours) = entry() else {
        panic!("an entry")
    };
    let theirs = serde_json::json!({"mcpServers": {"zoom": ours}, "preferences": {}});
    fs_err::write(place.config(), format!("{theirs:#}")).unwrap();
    file.restore(&pointer, &original, Some(&entry())).unwrap();
    let left: serde_json::Value = serde_json::from_str(&place.text()).unwrap();
    assert_eq!(left, serde_json::json!({"preferences": {}}));
}

#[test]
fn one_that_appears_at_that_moment_is_taken_in() {
    let place = nothing_there();
    let once = std::cell::Cell::new(true);
    let before = |step| {
        if step == WriteStep::Replace(files::Step::Rename) && once.replace(false) {
            fs_err::write(place.config(), r#"{"preferences":{}}"#).unwrap();
        }
        Ok(())
    };
    let pointer = Pointer::entry("zoom");
    let written = place.file().set_with(&pointer, &entry(), before).unwrap();
    let Written::Created { original, .. } = written else {
        panic!("{written:?}")
    };
    assert!(matches!(original, Original::ServersAbsent), "{original:?}");
    let made: serde_json::Value = serde_json::from_str(&place.text()).unwrap();
    assert!(made["preferences"].is_object() && made["mcpServers"]["zoom"].is_object());
    assert_eq!(place.beside(), ["claude_desktop_config.json"]);
}

#[test]
fn a_missing_folder_is_named_and_not_made() {
    let place = nothing_there();
    fs_err::remove_dir(place.config().parent().unwrap()).unwrap();
    let error = place
        .file()
        .set(&Pointer::entry("zoom"), &entry())
        .unwrap_err();
    assert!(matches!(error, ConfigError::FolderGone { .. }), "{error}");
    assert!(!place.config().parent().unwrap().exists());
}

#[cfg(unix)]
#[test]
fn it_is_for_this_user_alone_and_made_where_a_link_leads() {
    use std::os::unix::fs::PermissionsExt;
    let place = nothing_there();
    let real = place.data().with_file_name("dotfiles.json");
    fs_err::os::unix::fs::symlink(&real, place.config()).unwrap();
    place.file().set(&Pointer::entry("zoom"), &entry()).unwrap();
    let mode = fs_err::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(
        fs_err::symlink_metadata(place.config())
            .unwrap()
            .is_symlink()
    );
}

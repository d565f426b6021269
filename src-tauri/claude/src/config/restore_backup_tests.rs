//! Backups put back.

use super::tests::{CONFIG, Place, pointer, value};
use super::*;
use secrecy::SecretString;

fn nobody(_: &str) -> Option<SecretString> {
    None
}

/// A place with the backup 1 of `CONFIG`.
fn place() -> Place {
    let place = Place::with(CONFIG);
    place.file().set(&pointer(), &value("new-token")).unwrap();
    place
}

fn done(restored: Restored) -> (Option<PathBuf>, Option<PathBuf>, Vec<String>) {
    match restored {
        Restored::Done {
            backup,
            set_aside,
            unfilled,
        } => (backup, set_aside, unfilled),
        Restored::AlreadySo => panic!("nothing was done"),
    }
}

#[test]
fn all_but_the_secrets_comes_from_the_backup() {
    let place = place();
    let lost = r#"{"mcpServers":{"zoom":{"env":{"ZOOM_ACCESS_TOKEN":"new-token"}}}}"#;
    fs_err::write(place.config(), lost).unwrap();
    let ask = |path: &str| {
        let known = path == "/mcpServers/zoom/env/ZOOM_CLIENT_SECRET";
        known.then(|| SecretString::from("s3cret"))
    };
    let restored = place.file().restore_backup(1, &[], &ask).unwrap();
    let (backup, set_aside, unfilled) = done(restored);
    assert_eq!(place.text(), CONFIG.replace("old-token", "new-token"));
    assert_eq!((set_aside, unfilled), (None, vec![]));
    let kept = fs_err::read_to_string(backup.unwrap()).unwrap();
    assert_eq!(kept, lost.replace("new-token", "<redacted>"));
    let again = place.file().restore_backup(1, &[], &nobody).unwrap();
    assert!(matches!(again, Restored::AlreadySo), "{again:?}");
}

#[test]
fn a_secret_that_nobody_knows_is_named() {
    let place = place();
    fs_err::write(place.config(), "{}").unwrap();
    let restored = place.file().restore_backup(1, &[], &nobody).unwrap();
    let env = "/mcpServers/zoom/env";
    let expected = ["ZOOM_ACCESS_TOKEN", "ZOOM_CLIENT_SECRET"].map(|key| format!("{env}/{key}"));
    assert_eq!(done(restored).2, expected);
}

#[test]
fn a_broken_file_is_set_aside_as_it_was() {
    let place = place();
    let broken = &CONFIG[..40];
    for number in 1..=2 {
        fs_err::write(place.config(), broken).unwrap();
        let restored = place.file().restore_backup(1, &[], &nobody).unwrap();
        let (backup, set_aside, _) = done(restored);
        let name = format!("claude_desktop_config.json.set-aside-{number}");
        let set_aside = set_aside.unwrap();
        assert_eq!(
            (backup, set_aside.file_name().unwrap().to_str()),
            (None, Some(&*name))
        );
        assert_eq!(fs_err::read_to_string(set_aside).unwrap(), broken);
        place.file().read().unwrap();
    }
}

#[test]
fn a_file_that_is_gone_comes_back() {
    let place = place();
    fs_err::remove_file(place.config()).unwrap();
    let restored = place.file().restore_backup(1, &[], &nobody).unwrap();
    assert_eq!(done(restored).0, None);
    place.file().read().unwrap();
}

#[test]
fn a_harmless_name_hides_no_known_secret_in_the_next_backup() {
    let place = place();
    let present = r#"{"mcpServers":{"zoom":{"env":{"Z":"known-one"}}}}"#;
    fs_err::write(place.config(), present).unwrap();
    let known = [SecretString::from("known-one")];
    let restored = place.file().restore_backup(1, &known, &nobody).unwrap();
    let kept = fs_err::read_to_string(done(restored).0.unwrap()).unwrap();
    assert!(!kept.contains("known-one"), "{kept}");
}

#[test]
fn a_number_that_is_not_kept_is_named() {
    let place = place();
    let before = place.text();
    let error = place.file().restore_backup(7, &[], &nobody).unwrap_err();
    assert!(
        matches!(error, ConfigError::NoSuchBackup { number: 7 }),
        "{error}"
    );
    assert_eq!(place.text(), before);
}

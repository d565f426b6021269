use super::writer::ATTEMPTS;
use super::*;
use crate::patch::{NewValue, Pointer};
use crate::watch::ForeignChange;
use secrecy::SecretString;
use std::cell::Cell;
use tempfile::TempDir;

pub(super) const CONFIG: &str = "{\r\n  \"n\": 12345678901234567890,\r\n  \"mcpServers\": {\"zoom\": {\"command\": \"x\", \"env\": {\"ZOOM_ACCESS_TOKEN\": \"old-token\", \"ZOOM_CLIENT_SECRET\": \"s3cret\"}}}\r\n}";

const KEY: &str = "ZOOM_ACCESS_TOKEN";

pub(super) struct Place {
    folder: TempDir,
}

impl Place {
    pub(super) fn with(content: &str) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs_err::create_dir(place.folder.path().join("Claude")).unwrap();
        fs_err::write(place.config(), content).unwrap();
        place
    }

    pub(super) fn config(&self) -> PathBuf {
        self.folder
            .path()
            .join("Claude")
            .join("claude_desktop_config.json")
    }

    pub(super) fn text(&self) -> String {
        fs_err::read_to_string(self.config()).unwrap()
    }

    pub(super) fn file(&self) -> ConfigFile {
        ConfigFile::new(self.config(), &self.data())
    }

    /// Where lock and backups are.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The names beside the config.
    pub(super) fn beside(&self) -> Vec<String> {
        let names = fs_err::read_dir(self.config().parent().unwrap()).unwrap();
        let mut names: Vec<_> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

pub(super) fn pointer() -> Pointer {
    Pointer::env("zoom", KEY)
}

pub(super) fn value(text: &str) -> NewValue {
    NewValue::Variable(SecretString::from(text))
}

/// Sets the variable of the entry `zoom`.
fn set(file: &ConfigFile, text: &str) -> Result<Written, ConfigError> {
    file.set(&pointer(), &value(text))
}

/// An entry as it could be ours.
pub(super) fn entry() -> NewValue {
    let json = serde_json::json!({"command": "/opt/relay", "args": ["relay", "zoom"]});
    NewValue::Entry(json.as_object().unwrap().clone())
}

#[test]
fn a_value_is_set_and_put_back_byte_for_byte() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let Written::Changed { original, .. } = set(&file, "new-token").unwrap() else {
        panic!("not changed");
    };
    assert_eq!(place.text(), CONFIG.replace("old-token", "new-token"));
    let again = set(&file, "new-token").unwrap();
    assert!(matches!(again, Written::AlreadySo { .. }), "{again:?}");
    set(&file, "newer-token").unwrap();
    file.restore(&pointer(), &original, None).unwrap();
    assert_eq!(place.text(), CONFIG);
    assert_eq!(
        place.beside(),
        ["claude_desktop_config.json"],
        "nothing is left beside it"
    );
}

#[test]
fn a_backup_holds_nothing_that_is_known_to_be_secret() {
    let place = Place::with(
        CONFIG
            .replace("old-token", "old-token\", \"ROOM\": \"harmless")
            .as_str(),
    );
    let file = place.file().knowing(vec!["harmless".to_owned().into()]);
    let Written::Changed { backup, .. } = set(&file, "new-token").unwrap() else {
        panic!("not changed");
    };
    let kept = fs_err::read_to_string(backup.unwrap()).unwrap();
    assert!(!kept.contains("harmless"), "{kept}");
    assert!(place.text().contains("harmless"));
}

#[test]
fn a_backup_is_the_file_before_without_its_secrets() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let Written::Changed { backup, .. } = set(&file, "new-token").unwrap() else {
        panic!("not changed");
    };
    let kept = fs_err::read_to_string(backup.unwrap()).unwrap();
    assert_eq!(
        kept,
        CONFIG
            .replace("old-token", "<redacted>")
            .replace("s3cret", "<redacted>")
    );
    set(&file, "newer-token").unwrap();
    for backup in file.backups().unwrap() {
        let kept = fs_err::read_to_string(backup.path).unwrap();
        assert!(
            !kept.contains("-token") && !kept.contains("s3cret"),
            "{kept}"
        );
    }
}

#[test]
fn a_variable_whose_name_sounds_harmless_is_cut_out_of_backups_too() {
    let place = Place::with(r#"{"mcpServers":{"zoom":{"env":{"Z":"old-one"}}}}"#);
    let file = place.file();
    let pointer = Pointer::env("zoom", "Z");
    file.set(&pointer, &value("new-one")).unwrap();
    file.set(&pointer, &value("newer-one")).unwrap();
    for backup in file.backups().unwrap() {
        let kept = fs_err::read_to_string(backup.path).unwrap();
        assert!(!kept.contains("-one"), "{kept}");
    }
}

#[test]
fn a_refused_file_is_not_touched_and_not_backed_up() {
    let table = [
        "{\"mcpServers\": {},}",
        "",
        "\u{feff}{}",
        "{}",
        r#"{"mcpServers":{"other":{}}}"#,
    ];
    for content in table {
        let place = Place::with(content);
        let file = place.file();
        let error = set(&file, "new").unwrap_err();
        assert!(
            matches!(error, ConfigError::Refused { .. }),
            "{content}: {error}"
        );
        assert_eq!(place.text(), content);
        assert!(file.backups().unwrap().is_empty(), "{content}");
    }
}

#[test]
fn a_missing_file_is_not_made_for_a_variable() {
    let place = Place::with("");
    fs_err::remove_file(place.config()).unwrap();
    let error = set(&place.file(), "new").unwrap_err();
    assert!(
        error.to_string().contains("claude_desktop_config.json"),
        "{error}"
    );
    assert!(place.beside().is_empty());
    let error = place.file().read().unwrap_err();
    assert!(matches!(error, ConfigError::Missing { .. }), "{error}");
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let _held = Store::new(&place.data()).lock().unwrap();
    let error = set(&file, "new").unwrap_err();
    assert!(matches!(error, ConfigError::Busy { .. }), "{error}");
    assert!(
        error.to_string().contains(&std::process::id().to_string()),
        "{error}"
    );
    assert_eq!(place.text(), CONFIG);
    assert_eq!(file.recover().unwrap(), Recovered::Busy);
}

#[test]
fn a_change_between_read_and_write_is_taken_in() {
    let place = Place::with(CONFIG);
    let theirs = CONFIG.replace("\"x\"", "\"theirs\"");
    let once = Cell::new(true);
    let before = |step| {
        if step == WriteStep::Check && once.replace(false) {
            fs_err::write(place.config(), &theirs).unwrap();
        }
        Ok(())
    };
    place
        .file()
        .set_with(&pointer(), &value("new"), before)
        .unwrap();
    assert_eq!(place.text(), theirs.replace("old-token", "new"));
    assert_eq!(place.beside(), ["claude_desktop_config.json"]);
}

#[test]
fn a_file_that_never_rests_is_left_alone() {
    let place = Place::with(CONFIG);
    let count = Cell::new(0);
    let before = |step| {
        if step == WriteStep::Check {
            count.set(count.get() + 1);
            let theirs = CONFIG.replace("\"x\"", &format!("\"{}\"", count.get()));
            fs_err::write(place.config(), theirs).unwrap();
        }
        Ok(())
    };
    let error = place
        .file()
        .set_with(&pointer(), &value("new"), before)
        .unwrap_err();
    assert!(
        matches!(error, ConfigError::KeepsChanging { .. }),
        "{error}"
    );
    assert_eq!(count.get(), ATTEMPTS);
    assert!(place.text().contains("old-token"));
    assert_eq!(place.beside(), ["claude_desktop_config.json"]);
}

#[test]
fn what_somebody_writes_right_after_the_rename_is_theirs() {
    let place = Place::with(CONFIG);
    let before = |step| {
        if step == WriteStep::ReadBack {
            fs_err::write(place.config(), CONFIG).unwrap();
        }
        Ok(())
    };
    let error = place
        .file()
        .set_with(&pointer(), &value("new"), before)
        .unwrap_err();
    assert!(matches!(error, ConfigError::Overwritten { .. }), "{error}");
    assert_eq!(place.text(), CONFIG);
}

#[test]
fn somebody_in_the_middle_of_a_write_is_waited_for() {
    let place = Place::with(CONFIG);
    let looks = Cell::new(0);
    // Truncated, then half, then whole.
    let half = &CONFIG[..CONFIG.len() / 2];
    let before = |step| {
        if step == WriteStep::ReadBack {
            let content = [&b""[..], half.as_bytes(), CONFIG.as_bytes()][looks.get()];
            fs_err::write(place.config(), content).unwrap();
            looks.set(looks.get() + 1);
        }
        Ok(())
    };
    let error = place
        .file()
        .set_with(&pointer(), &value("new"), before)
        .unwrap_err();
    assert!(matches!(error, ConfigError::Overwritten { .. }), "{error}");
    assert_eq!(place.text(), CONFIG);
}

#[test]
fn a_foreign_change_is_told_from_our_own_once() {
    let place = Place::with(CONFIG);
    let file = place.file();
    file.expect_present();
    assert_eq!(file.foreign_change(), None);
    set(&file, "new").unwrap();
    assert_eq!(file.foreign_change(), None, "our own");
    fs_err::write(place.config(), CONFIG).unwrap();
    let stale = ForeignChange::Content(Fingerprint::of(CONFIG.as_bytes()));
    assert_eq!(
        file.foreign_change(),
        Some(stale),
        "the copy from before our write"
    );
    assert_eq!(file.foreign_change(), None, "reported once");
    fs_err::remove_file(place.config()).unwrap();
    assert_eq!(file.foreign_change(), Some(ForeignChange::Removed));
}

#[test]
fn what_a_crash_left_is_removed_at_the_next_start_and_before_the_next_write() {
    let place = Place::with(CONFIG);
    let file = place.file();
    assert_eq!(file.recover().unwrap(), Recovered::Removed(0));
    assert!(!place.data().exists(), "a look makes nothing");
    set(&file, "new").unwrap();
    let left = ".claude_desktop_config.json.1-0.zoomtray-new";
    let of_another = place
        .config()
        .with_file_name(".other.json.1-0.zoomtray-new");
    let ring = place
        .data()
        .join("claude-backups/.000002-claude_desktop_config.json.1-0.zoomtray-new");
    let leave = || {
        fs_err::write(place.config().with_file_name(left), "half").unwrap();
        fs_err::write(&ring, "half").unwrap();
    };
    fs_err::write(&of_another, "theirs").unwrap();
    leave();
    assert_eq!(file.recover().unwrap(), Recovered::Removed(2));
    leave();
    set(&file, "newer").unwrap();
    assert!(!ring.exists());
    assert_eq!(
        place.beside(),
        [".other.json.1-0.zoomtray-new", "claude_desktop_config.json"],
        "the folder is Claude's, and others write there"
    );
}

#[test]
fn a_byte_order_mark_is_taken_off_and_nothing_else() {
    let place = Place::with(&format!("\u{feff}{CONFIG}"));
    let file = place.file();
    assert!(matches!(
        set(&file, "new"),
        Err(ConfigError::Refused { .. })
    ));
    let Edited::Changed { backup } = file.strip_bom().unwrap() else {
        panic!("not changed");
    };
    assert_eq!(place.text(), CONFIG);
    let kept = fs_err::read_to_string(backup.unwrap()).unwrap();
    assert!(kept.starts_with('{') && !kept.contains("s3cret"), "{kept}");
    assert!(matches!(file.strip_bom().unwrap(), Edited::AlreadySo));
}

#[cfg(unix)]
#[test]
fn mode_and_link_stay() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(CONFIG);
    let real = place.folder.path().join("dotfiles.json");
    fs_err::rename(place.config(), &real).unwrap();
    fs_err::os::unix::fs::symlink(&real, place.config()).unwrap();
    fs_err::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    set(&place.file(), "new").unwrap();
    assert!(
        fs_err::symlink_metadata(place.config())
            .unwrap()
            .is_symlink()
    );
    assert_eq!(
        fs_err::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(place.text(), CONFIG.replace("old-token", "new"));
}

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

const CONFIG: &str = "{\r\n  \"n\": 12345678901234567890,\r\n  \"mcpServers\": {\"zoom\": {\"command\": \"x\", \"env\": {\"ZOOM_ACCESS_TOKEN\": \"old-token\", \"ZOOM_CLIENT_SECRET\": \"s3cret\"}}}\r\n}";

const KEY: &str = "ZOOM_ACCESS_TOKEN";

struct Place {
    folder: TempDir,
}

impl Place {
    fn with(content: &str) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs_err::create_dir(place.folder.path().join("Claude")).unwrap();
        fs_err::write(place.config(), content).unwrap();
        place
    }

    fn config(&self) -> PathBuf {
        self.folder
            .path()
            .join("Claude")
            .join("claude_desktop_config.json")
    }

    fn text(&self) -> String {
        fs_err::read_to_string(self.config()).unwrap()
    }

    fn file(&self) -> ConfigFile {
        ConfigFile::new(self.config(), &self.folder.path().join("data"))
    }

    /// The names beside the config.
    fn beside(&self) -> Vec<String> {
        let names = fs_err::read_dir(self.config().parent().unwrap()).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

#[test]
fn a_value_is_set_and_put_back_byte_for_byte() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let Written::Changed { original, .. } =
        file.set_env("zoom", KEY, &secret("new-token")).unwrap()
    else {
        panic!("not changed");
    };
    assert_eq!(place.text(), CONFIG.replace("old-token", "new-token"));
    let again = file.set_env("zoom", KEY, &secret("new-token")).unwrap();
    assert!(matches!(again, Written::AlreadySo { .. }), "{again:?}");
    file.set_env("zoom", KEY, &secret("newer-token")).unwrap();
    file.restore_env("zoom", KEY, &original).unwrap();
    assert_eq!(place.text(), CONFIG);
    assert_eq!(
        place.beside(),
        ["claude_desktop_config.json"],
        "nothing is left beside it"
    );
}

#[test]
fn a_backup_is_the_file_before_without_its_secrets() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let Written::Changed { backup, .. } = file.set_env("zoom", KEY, &secret("new-token")).unwrap()
    else {
        panic!("not changed");
    };
    let kept = fs_err::read_to_string(backup).unwrap();
    assert_eq!(
        kept,
        CONFIG
            .replace("old-token", "<redacted>")
            .replace("s3cret", "<redacted>")
    );
    file.set_env("zoom", KEY, &secret("newer-token")).unwrap();
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
    file.set_env("zoom", "Z", &secret("new-one")).unwrap();
    file.set_env("zoom", "Z", &secret("newer-one")).unwrap();
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
        let error = file.set_env("zoom", KEY, &secret("new")).unwrap_err();
        assert!(
            matches!(error, ConfigError::Refused { .. }),
            "{content}: {error}"
        );
        assert_eq!(place.text(), content);
        assert!(file.backups().unwrap().is_empty(), "{content}");
    }
}

#[test]
fn a_missing_file_is_not_made() {
    let place = Place::with("");
    fs_err::remove_file(place.config()).unwrap();
    let error = place
        .file()
        .set_env("zoom", KEY, &secret("new"))
        .unwrap_err();
    assert!(
        error.to_string().contains("claude_desktop_config.json"),
        "{error}"
    );
    assert!(!place.config().exists());
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let data = place.folder.path().join("data");
    let _held = Store::new(&data)
        .lock(place.config().parent().unwrap())
        .unwrap();
    let error = file.set_env("zoom", KEY, &secret("new")).unwrap_err();
    assert!(matches!(error, ConfigError::Busy { .. }), "{error}");
    assert!(
        error.to_string().contains(&std::process::id().to_string()),
        "{error}"
    );
    assert_eq!(place.text(), CONFIG);
}

#[test]
fn a_change_between_read_and_write_is_taken_in() {
    let place = Place::with(CONFIG);
    let file = place.file();
    let theirs = CONFIG.replace("\"x\"", "\"theirs\"");
    let once = AtomicBool::new(true);
    file.write(&secret("new"), |bytes| {
        if once.swap(false, Ordering::SeqCst) {
            fs_err::write(place.config(), &theirs).unwrap();
        }
        let pointer = EnvPointer {
            server: "zoom".to_owned(),
            key: KEY.to_owned(),
        };
        patch(bytes, &pointer, &secret("new"))
    })
    .unwrap();
    assert_eq!(place.text(), theirs.replace("old-token", "new"));
}

#[test]
fn a_file_that_never_rests_is_left_alone() {
    let place = Place::with(CONFIG);
    let count = std::cell::Cell::new(0);
    let error = place
        .file()
        .write(&secret("new"), |bytes| {
            count.set(count.get() + 1);
            let theirs = CONFIG.replace("\"x\"", &format!("\"{}\"", count.get()));
            fs_err::write(place.config(), theirs).unwrap();
            let pointer = EnvPointer {
                server: "zoom".to_owned(),
                key: KEY.to_owned(),
            };
            patch(bytes, &pointer, &secret("new"))
        })
        .unwrap_err();
    assert!(
        matches!(error, ConfigError::KeepsChanging { .. }),
        "{error}"
    );
    assert_eq!(count.get(), ATTEMPTS);
    assert!(place.text().contains("old-token"));
}

#[test]
fn a_foreign_change_is_told_from_our_own_once() {
    let place = Place::with(CONFIG);
    let file = place.file();
    file.expect_present();
    assert_eq!(file.foreign_change(), None);
    file.set_env("zoom", KEY, &secret("new")).unwrap();
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
fn what_a_crash_left_beside_it_is_removed() {
    let place = Place::with(CONFIG);
    let left = ".claude_desktop_config.json.1-0.zoomtray-new";
    fs_err::write(place.config().with_file_name(left), "half").unwrap();
    place.file().set_env("zoom", KEY, &secret("new")).unwrap();
    assert_eq!(place.beside(), ["claude_desktop_config.json"]);
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
    place.file().set_env("zoom", KEY, &secret("new")).unwrap();
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

#[test]
#[cfg_attr(
    windows,
    ignore = "Wine: version 8 refuses a rename over an open file, whatever its sharing"
)]
fn a_reader_in_a_loop_never_sees_a_torn_file() {
    const REWRITES: usize = 300;
    let place = Place::with(CONFIG);
    let (file, path) = (place.file(), place.config());
    let (reads, torn) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for count in 0..REWRITES {
                // Longer and shorter by turns.
                let value = secret(&"token".repeat(1 + 2_000 * (count % 2)));
                file.set_env("zoom", KEY, &value).unwrap();
            }
        });
        let (mut reads, mut torn) = (0, 0);
        // The end of the writer ends the reading, also when the writer fails.
        while !writer.is_finished() {
            // On Windows a reader may meet the moment of the exchange and be told so.
            let Ok(bytes) = fs_err::read(&path) else {
                continue;
            };
            reads += 1;
            let text = String::from_utf8(bytes).unwrap();
            let start = text.starts_with("{\r\n  \"n\": 12345678901234567890,");
            torn += usize::from(!(start && text.ends_with("\"s3cret\"}}}\r\n}")));
        }
        writer.join().unwrap();
        (reads, torn)
    });
    assert!(
        reads > REWRITES,
        "the reader was too slow to see anything: {reads}"
    );
    assert_eq!(torn, 0, "of {reads}");
}

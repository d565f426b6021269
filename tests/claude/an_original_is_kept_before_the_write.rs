use crate::{CONFIG, claude, config, home, refused};
use black_box_tests::{Home, Zoom};
use std::path::PathBuf;

#[test]
fn so_a_vault_that_fails_leaves_the_config_alone() {
    let zoom = Zoom::start();
    for mode in ["connect", "inject"] {
        let place = kept_place(&zoom, mode);
        let home = home(&zoom);
        // A folder where the vault's file belongs.
        fs_err::create_dir_all(home.path().join(&place)).unwrap();
        let why = refused(&home, &[mode, "zoom"]);
        assert!(why.contains("could not be kept"), "{why}");
        assert_eq!(config(&home), CONFIG, "{mode}");
        assert!(claude(&home, &["status"]).contains("zoom: off"));
    }
}

#[test]
fn and_no_longer_once_it_has_failed() {
    let zoom = Zoom::start();
    for mode in ["connect", "inject"] {
        let home = home(&zoom);
        // No backup, no write; the backup comes right before it.
        let backups = home.zoomtray().join("data/claude-backups");
        fs_err::remove_dir_all(&backups).unwrap();
        fs_err::write(&backups, "").unwrap();
        refused(&home, &[mode, "zoom"]);
        assert_eq!(config(&home), CONFIG, "{mode}");
        assert_eq!(home.files_with("original-value"), [home.claude_config()]);
        let newer = CONFIG.replace("original-value", "newer");
        fs_err::write(home.claude_config(), &newer).unwrap();
        claude(&home, &["off", "zoom"]);
        assert_eq!(config(&home), newer, "{mode}");
    }
}

/// Where the vault keeps the secret of the entry, seen in a home where nothing fails.
fn kept_place(zoom: &Zoom, mode: &str) -> PathBuf {
    let home: Home = home(zoom);
    claude(&home, &[mode, "zoom"]);
    // The value's own comes before that of the entry around it.
    let place = home.files_with("original-value").into_iter().min().unwrap();
    place.strip_prefix(home.path()).unwrap().to_owned()
}

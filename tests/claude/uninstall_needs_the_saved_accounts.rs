use crate::{CONFIG, claude, config, home};
use black_box_tests::{Finished, Home, Zoom};
use fake_zoom::App;
use std::path::PathBuf;

#[test]
fn and_does_nothing_while_they_cannot_be_read() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let saved = torn(&home);
    let refused = refused(&home);
    assert!(refused.err.contains("accounts.json"), "{}", refused.err);
    fs_err::write(accounts(&home), saved).unwrap();
    removed(&home, &["uninstall", "--yes"]);
    assert_eq!(home.files_with(&App::default().client_secret).len(), 0);
}

#[test]
fn and_does_nothing_where_the_keeper_could_not_read_them() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let saved = torn(&home);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", "1");
    let mut watch = home.watch(&[]);
    watch.read_until("No account.");
    fs_err::write(accounts(&home), saved).unwrap();
    let refused = refused(&home);
    assert!(refused.err.contains("Quit Zoomtray"), "{}", refused.err);
    watch.interrupt();
    removed(&home, &["uninstall", "--yes"]);
    assert_eq!(home.files_with(&App::default().client_secret).len(), 0);
}

#[test]
fn unless_they_are_kept() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    torn(&home);
    removed(&home, &["uninstall", "--keep-accounts", "--yes"]);
    assert_eq!(config(&home), CONFIG);
    assert_eq!(fs_err::read_to_string(accounts(&home)).unwrap(), "{ torn");
    assert_ne!(home.files_with(&App::default().client_secret).len(), 0);
}

fn accounts(home: &Home) -> PathBuf {
    home.zoomtray().join("data/accounts.json")
}

/// Makes the file of saved accounts unreadable; with what it held.
fn torn(home: &Home) -> String {
    let saved = fs_err::read_to_string(accounts(home)).unwrap();
    fs_err::write(accounts(home), "{ torn").unwrap();
    saved
}

/// An uninstall that fails and leaves the entry and the secret.
fn refused(home: &Home) -> Finished {
    let before = config(home);
    let refused = home.ctl(&["uninstall", "--yes"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert_eq!(config(home), before);
    assert_ne!(home.files_with(&App::default().client_secret).len(), 0);
    refused
}

fn removed(home: &Home, arguments: &[&str]) {
    let removed = home.ctl(arguments);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
}

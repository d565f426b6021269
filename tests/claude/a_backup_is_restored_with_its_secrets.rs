use crate::{CONFIG, claude, config, entry, home, refused};
use black_box_tests::{Home, StandIn, Zoom};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

#[test]
fn from_what_an_entry_held() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let listed = claude(&home, &["restore", "--list"]);
    assert!(listed.trim_start().starts_with("1 "), "{listed}");
    let said = claude(&home, &["restore", "1"]);
    assert!(
        said.contains("Copy 1 is Claude Desktop's config again."),
        "{said}"
    );
    assert!(
        said.contains("Entry zoom holds its own again and is off."),
        "{said}"
    );
    assert_eq!(config(&home), CONFIG);
    assert!(claude(&home, &["status"]).contains("zoom: off"));
    assert_eq!(
        home.files_with("original-value"),
        [home.claude_config()],
        "nothing is kept of an entry that is off"
    );
}

#[test]
fn or_names_those_that_nobody_knows() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    claude(&home, &["off", "zoom", "--as-is"]);
    let said = claude(&home, &["restore", "1"]);
    assert!(
        said.contains("/mcpServers/zoom/env/ZOOM_ACCESS_TOKEN was a secret"),
        "{said}"
    );
    assert_eq!(
        entry(&home, "zoom")["env"]["ZOOM_ACCESS_TOKEN"],
        "<redacted>"
    );
    assert_eq!(entry(&home, "zoom")["env"]["OTHER"], "1");
}

#[test]
fn but_not_while_claude_would_overwrite_it() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let connected = config(&home);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let why = refused(&home, &["restore", "1"]);
    assert!(why.contains("Quit it, then try again"), "{why}");
    assert_eq!(config(&home), connected);
}

#[test]
fn nor_without_a_secret_that_the_vault_keeps_back() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let connected = config(&home);
    // Others may read it, so the vault does not trust it.
    fs_err::set_permissions(secret_of_zoom(&home), PermissionsExt::from_mode(0o644)).unwrap();
    let why = refused(&home, &["restore", "1"]);
    assert!(why.contains("cannot be read"), "{why}");
    assert_eq!(config(&home), connected);
}

#[test]
fn and_a_copy_that_is_not_there_is_named() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let empty = claude(&home, &["restore", "--list"]);
    assert_eq!(empty, "No copy of Claude Desktop's config is kept yet.\n");
    let why = refused(&home, &["restore", "7"]);
    assert!(why.contains("no backup 7"), "{why}");
}

/// The vault's file with what the entry `zoom` held.
fn secret_of_zoom(home: &Home) -> PathBuf {
    home.files_with("original-value").remove(0)
}

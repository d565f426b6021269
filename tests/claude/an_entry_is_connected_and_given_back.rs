use crate::{CONFIG, claude, config, entry, home, relay};
use black_box_tests::{Home, Zoom};
use serde_json::Value;

#[test]
fn byte_for_byte_and_with_no_secret_in_between() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let said = claude(&home, &["connect", "zoom"]);
    assert_eq!(
        said,
        "Entry zoom is connected: Claude Desktop starts Zoomtray's relay in its place.\n"
    );
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    let connected = config(&home);
    assert_eq!(
        around_zoom(&connected),
        around_zoom(CONFIG),
        "no byte outside the entry differs"
    );
    assert!(!config(&home).contains("original-value"));
    assert_eq!(
        claude(&home, &["connect", "zoom"]),
        "Entry zoom needed no change.\n"
    );
    assert_eq!(
        claude(&home, &["off", "zoom"]),
        "Entry zoom holds its own value again.\n"
    );
    assert_eq!(config(&home), CONFIG);
}

#[test]
fn and_its_secret_is_in_the_vault_alone_meanwhile() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    assert_eq!(
        home.files_outside_the_vault_with("original-value"),
        Vec::<std::path::PathBuf>::new()
    );
    let originals = home.zoomtray().join("data/claude-originals.json");
    let text = fs_err::read_to_string(&originals).unwrap();
    let readable: Value = serde_json::from_str(&text).unwrap();
    let held = &readable["entries"]["zoom"]["entry"];
    assert_eq!(held["command"], "node");
    assert_eq!(held["env"]["ZOOM_ACCESS_TOKEN"], "<secret 1>");
    claude(&home, &["off", "zoom"]);
    assert!(!originals.exists());
    assert_eq!(
        home.files_with("original-value"),
        [home.claude_config()],
        "not in the vault either"
    );
}

#[test]
fn also_where_there_was_no_entry() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "new"]);
    assert_eq!(entry(&home, "new"), relay(&home, "new"));
    claude(&home, &["off", "new"]);
    assert_eq!(config(&home), CONFIG);
}

#[test]
fn also_where_there_was_nothing_at_all() {
    let zoom = Zoom::start();
    for nothing in ["", " \n", "{}", "{\n}\n", "{\"preferences\": {}}"] {
        let home = Home::new(&zoom);
        fs_err::write(home.claude_config(), nothing).unwrap();
        claude(&home, &["connect", "zoom"]);
        assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"), "{nothing:?}");
        claude(&home, &["off", "zoom"]);
        assert_eq!(config(&home), nothing);
    }
}

#[test]
fn without_an_account_and_without_asking_zoom() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    fs_err::write(home.claude_config(), CONFIG).unwrap();
    claude(&home, &["connect", "zoom"]);
    claude(&home, &["off", "zoom"]);
    assert_eq!(zoom.token_requests(), 0);
}

#[test]
fn and_another_keeper_knows_of_it() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    assert!(claude(&home, &["status"]).contains("   zoom: relay\n"));
    claude(&home, &["off", "zoom"]);
    watch.interrupt();
    assert_eq!(config(&home), CONFIG);
}

/// What stands before and behind the entry `zoom`.
fn around_zoom(text: &str) -> (&str, &str) {
    let (before, rest) = text.split_once("\"zoom\": ").unwrap();
    let (_, behind) = rest.split_once(",\n\"else\"").unwrap();
    (before, behind)
}

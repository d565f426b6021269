use crate::{CONFIG, claude, config, home};
use black_box_tests::{Finished, Home, StandIn, Zoom};
use std::path::Path;

#[test]
fn while_claude_runs() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let refused = unchanged_by(&home, &["uninstall", "--yes"]);
    assert!(
        refused.err.contains("Quit it, then try again"),
        "{}",
        refused.err
    );
    stand_in.quit();
    assert_eq!(home.ctl(&["uninstall", "--yes"]).code, Some(0));
}

#[test]
fn while_an_entry_was_changed() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "else"]);
    claude(&home, &["connect", "zoom"]);
    let edited = config(&home).replace("\"relay\", \"zoom\"", "\"other\"");
    fs_err::write(home.claude_config(), edited).unwrap();
    let refused = unchanged_by(&home, &["uninstall", "--yes"]);
    assert!(
        refused.err.contains("was changed since Zoomtray wrote it"),
        "{}",
        refused.err
    );
    claude(&home, &["off", "zoom", "--as-is"]);
    assert_eq!(home.ctl(&["uninstall", "--yes"]).code, Some(0));
    assert!(config(&home).contains("\"else\":{\"command\": \"y\"}"));
}

#[test]
fn while_a_secret_of_an_entry_is_missing() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "else"]);
    claude(&home, &["connect", "zoom"]);
    for kept in home.files_with("original-value") {
        fs_err::remove_file(kept).unwrap();
    }
    let refused = unchanged_by(&home, &["uninstall", "--yes"]);
    assert!(
        refused.err.contains("claude-originals.json"),
        "{}",
        refused.err
    );
}

#[test]
fn while_it_is_not_known_what_entries_held() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let journal = home.zoomtray().join("data/claude-journal.json");
    fs_err::write(&journal, "{ cut").unwrap();
    let refused = unchanged_by(&home, &["uninstall", "--yes"]);
    assert!(
        refused.err.contains("claude-journal.json"),
        "{}",
        refused.err
    );
    assert_eq!(fs_err::read_to_string(journal).unwrap(), "{ cut");
    assert_eq!(home.files_with("original-value").len(), 1, "in the vault");
}

#[test]
fn and_what_was_given_back_until_then_stays_so() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "else"]);
    let other = home.path().join("other.json");
    fs_err::write(&other, CONFIG).unwrap();
    home.set_path("CLAUDE_CONFIG_FILE", "other.json");
    claude(&home, &["connect", "zoom"]);
    set_read_only(&other, true);
    let refused = home.ctl(&["uninstall", "--yes"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    home.set_path("CLAUDE_CONFIG_FILE", "claude_desktop_config.json");
    set_read_only(&other, false);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    assert!(!claude(&home, &["status"]).contains("else: relay"));
    watch.interrupt();
    assert_eq!(config(&home), CONFIG, "it is not connected again");
    assert_eq!(home.ctl(&["uninstall", "--yes"]).code, Some(0));
    assert_eq!(fs_err::read_to_string(&other).unwrap(), CONFIG);
}

#[test]
fn nor_unasked() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let asked = home.ctl(&["uninstall"]);
    assert_eq!(asked.code, Some(2), "nobody can be asked here");
    assert_eq!(home.ctl(&["token"]).code, Some(0));
}

/// Runs a command that fails and leaves config, entries and accounts as they were.
fn unchanged_by(home: &Home, arguments: &[&str]) -> Finished {
    let before = (config(home), home.ctl(&["accounts", "list"]).out);
    let finished = home.ctl(arguments);
    assert_eq!(finished.code, Some(1), "{}", finished.out);
    let after = (config(home), home.ctl(&["accounts", "list"]).out);
    assert_eq!(after, before);
    finished
}

fn set_read_only(path: &Path, read_only: bool) {
    let mut permissions = fs_err::metadata(path).unwrap().permissions();
    permissions.set_readonly(read_only);
    fs_err::set_permissions(path, permissions).unwrap();
}

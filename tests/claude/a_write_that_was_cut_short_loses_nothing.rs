use crate::{CONFIG, claude, config, config_with, expire_token, home, refused};
use black_box_tests::{Home, Zoom};
use serde_json::{Value, json};
use std::path::PathBuf;

#[test]
fn by_the_next_keeper() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    as_if_killed_before_the_end(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    claude(&home, &["off", "zoom"]);
    watch.interrupt();
    assert_eq!(config(&home), CONFIG);
}

#[test]
fn by_asking_again() {
    let zoom = Zoom::start();
    for mode in ["connect", "inject"] {
        let home = home(&zoom);
        claude(&home, &[mode, "zoom"]);
        as_if_killed_before_the_end(&home);
        claude(&home, &[mode, "zoom"]);
        claude(&home, &["off", "zoom"]);
        assert_eq!(config(&home), CONFIG, "{mode}");
    }
}

#[test]
fn nor_what_the_user_wrote_since() {
    let zoom = Zoom::start();
    for mode in ["connect", "inject"] {
        let home = home(&zoom);
        claude(&home, &[mode, "zoom"]);
        as_if_killed_before_the_end(&home);
        let by_user = CONFIG.replace("original-value", "by-user");
        fs_err::write(home.claude_config(), &by_user).unwrap();
        let why = refused(&home, &["off", "zoom"]);
        assert!(
            why.contains("was changed since Zoomtray wrote it"),
            "{mode}: {why}"
        );
        assert_eq!(config(&home), by_user, "{mode}");
    }
}

#[test]
fn when_it_had_not_begun() {
    let zoom = Zoom::start();
    for mode in ["connect", "inject"] {
        let home = home(&zoom);
        claude(&home, &[mode, "zoom"]);
        as_if_killed_before_the_end(&home);
        fs_err::write(home.claude_config(), CONFIG).unwrap();
        claude(&home, &["off", "zoom"]);
        assert_eq!(config(&home), CONFIG, "{mode}");
        assert_eq!(home.files_with("original-value"), [home.claude_config()]);
    }
}

#[test]
fn when_the_token_before_is_still_there() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    change_journal(&home, |writes| {
        *writes = json!({
            "state": "again",
            "wrote": writes["wrote"],
            "writing": {"kind": "token", "mark": "of-a-token-that-was-never-written"},
        });
    });
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("config   done");
    watch.interrupt();
    let token = home.ctl(&["token"]).out;
    assert_eq!(config(&home), config_with(&token));
    claude(&home, &["off", "zoom"]);
    assert_eq!(config(&home), CONFIG);
}

/// The file is written; that this is so is not noted.
fn as_if_killed_before_the_end(home: &Home) {
    change_journal(home, |writes| {
        *writes = json!({"state": "first", "writing": writes["wrote"]});
    });
}

fn change_journal(home: &Home, change: impl FnOnce(&mut Value)) {
    let path: PathBuf = home.zoomtray().join("data/claude-journal.json");
    let text = fs_err::read_to_string(&path).unwrap();
    let mut journal: Value = serde_json::from_str(&text).unwrap();
    change(&mut journal["zoom"]["writes"]);
    fs_err::write(path, journal.to_string()).unwrap();
}

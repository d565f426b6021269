use crate::scene::{Scene, running, until};
use black_box_tests::Zoom;
use serde_json::json;

#[test]
fn whatever_it_complains_of() {
    let secret = "planted-secret-of-the-entry";
    let said = format!("it says {secret} and a word");
    let own = json!({"CLIENT_SECRET": secret});
    let running = Scene::with(Zoom::start(), &["--stderr", &said], &own).run();
    let _relay = running.open();
    let log = running.home.zoomtray().join("logs/server-stand-in.log");
    let text = || fs_err::read_to_string(&log).unwrap_or_default();
    until("it is logged", || text().contains("a word"));
    assert_eq!(text(), "it says <redacted> and a word\n");
}

#[test]
fn and_no_log_holds_the_token() {
    let running = running(&[]);
    let mut relay = running.open();
    let token = relay.text("token", &json!({}));
    let found = running.home.files_outside_the_vault_with(&token);
    assert_eq!(found, [running.file("stand-in.log")], "the stand-in's own");
}
